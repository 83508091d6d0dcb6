"""What live recognition tells -> the events of OpenAI's realtime protocol, item by item.

With server VAD each stretch of speech is an item; else all that was said until the client commits.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from medscribe.domain.live import Final, LiveEvent, Partial, SpeechStarted, SpeechStopped

ServerEvent = dict[str, Any]

TENTATIVE = "medscribe.input_audio_transcription.tentative"
"""Our own event: words after the last delta that may still change."""

_TRANSCRIPTION = "conversation.item.input_audio_transcription"


def event(kind: str, **fields: Any) -> ServerEvent:
    """A server event with an id of its own."""
    return {"event_id": f"event_{uuid.uuid4().hex}", "type": kind, **fields}


@dataclass
class Item:
    """One item. `open`: its stretches without a final; `words`: finals by stretch."""

    id: str = field(default_factory=lambda: f"item_{uuid.uuid4().hex}")
    open: set[int] = field(default_factory=set)
    words: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0
    committed: bool = False
    failed: bool = False
    sent: str = ""

    @property
    def text(self) -> str:
        return " ".join(text for _, text in sorted(self.words.items()) if text)

    @property
    def is_complete(self) -> bool:
        return self.committed and not self.open

    def shown(self) -> dict[str, Any]:
        """As a client reads it; its sound is not kept."""
        done = self.is_complete and not self.failed
        content = {"type": "input_audio", "transcript": self.text if done else None}
        unfinished = "incomplete" if self.failed else "in_progress"
        return {
            "id": self.id,
            "object": "realtime.item",
            "type": "message",
            "status": "completed" if done else unfinished,
            "role": "user",
            "content": [content],
        }


class Items:
    """The items of one session, in order of time.

    `by_voice`: the server ends items. Times of live events count from `since` seconds after the
    session's first sound.
    """

    def __init__(self, *, by_voice: bool) -> None:
        self.by_voice = by_voice
        self.since = 0.0
        self._of_stretch: dict[int, Item] = {}
        self._current = Item()
        self._previous_id: str | None = None

    @property
    def owes_words(self) -> bool:
        """Whether an item that is committed still waits for words."""
        return any(item.committed for item in self._of_stretch.values())

    def told(self, live: LiveEvent) -> Iterator[ServerEvent]:
        """The events for clients that follow from one of live recognition."""
        if isinstance(live, SpeechStarted):
            yield from self._started(live)
        elif isinstance(live, SpeechStopped):
            yield from self._stopped(live)
        elif isinstance(live, Partial):
            yield from self._partial(live)
        else:
            yield from self._final(live)

    def commit(self) -> Iterator[ServerEvent]:
        """The client ends the item that is going on."""
        item = self._current
        yield from self._committed(item)
        if item.text:
            yield from self._delta(item, item.text)
        if item.is_complete:
            yield from self._completed(item)

    def failed(self, stretch: int, message: str) -> Iterator[ServerEvent]:
        """The words of a stretch cannot be had: its item fails, once."""
        item = self._of_stretch.pop(stretch, None)
        if item is None:
            return
        item.open.discard(stretch)
        if item.failed:
            return
        item.failed = True
        error = {"type": "server_error", "code": None, "message": message, "param": None}
        yield event(f"{_TRANSCRIPTION}.failed", item_id=item.id, content_index=0, error=error)
        yield event("conversation.item.done", item=item.shown())

    def forget_open(self) -> None:
        """The client takes back what is not committed; stretch numbers begin anew."""
        self._of_stretch.clear()
        self._current = Item()

    def _started(self, live: SpeechStarted) -> Iterator[ServerEvent]:
        item = self._item_of(live.stretch)
        if self.by_voice:
            yield event(
                "input_audio_buffer.speech_started",
                audio_start_ms=self._milliseconds(live.at),
                item_id=item.id,
            )

    def _stopped(self, live: SpeechStopped) -> Iterator[ServerEvent]:
        item = self._item_of(live.stretch)
        item.seconds += live.span.duration
        if self.by_voice:
            yield event(
                "input_audio_buffer.speech_stopped",
                audio_end_ms=self._milliseconds(live.span.end),
                item_id=item.id,
            )
            yield from self._committed(item)

    def _partial(self, live: Partial) -> Iterator[ServerEvent]:
        item = self._item_of(live.stretch)
        yield from self._delta(item, live.committed)
        yield event(TENTATIVE, item_id=item.id, content_index=0, text=live.tentative)

    def _final(self, live: Final) -> Iterator[ServerEvent]:
        item = self._of_stretch.pop(live.stretch, None)
        if item is None:
            return
        item.open.discard(live.stretch)
        item.words[live.stretch] = " ".join(segment.text for segment in live.segments)
        if item.committed:
            yield from self._delta(item, item.text)
        if item.is_complete:
            yield from self._completed(item)

    def _item_of(self, stretch: int) -> Item:
        item = self._of_stretch.get(stretch)
        if item is None:
            item = self._of_stretch[stretch] = self._current
            item.open.add(stretch)
        return item

    def _committed(self, item: Item) -> Iterator[ServerEvent]:
        item.committed = True
        before, self._previous_id = self._previous_id, item.id
        self._current = Item()
        yield event("input_audio_buffer.committed", item_id=item.id, previous_item_id=before)
        for kind in ("conversation.item.added", "conversation.item.created"):
            yield event(kind, previous_item_id=before, item=item.shown())

    def _delta(self, item: Item, text: str) -> Iterator[ServerEvent]:
        """What is new in `text`; nothing where it takes back what was sent: `completed` counts."""
        if len(text) > len(item.sent) and text.startswith(item.sent):
            delta, item.sent = text[len(item.sent) :], text
            yield event(f"{_TRANSCRIPTION}.delta", item_id=item.id, content_index=0, delta=delta)

    def _completed(self, item: Item) -> Iterator[ServerEvent]:
        if item.failed:
            return
        yield event(
            f"{_TRANSCRIPTION}.completed",
            item_id=item.id,
            content_index=0,
            transcript=item.text,
            usage={"type": "duration", "seconds": round(item.seconds, 3)},
        )
        yield event("conversation.item.done", item=item.shown())

    def _milliseconds(self, seconds: float) -> int:
        return round((self.since + seconds) * 1000)
