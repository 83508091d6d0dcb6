"""Pieces of a recognition, as they come -> OpenAI's server-sent events."""

import json
from collections.abc import AsyncIterator, Iterator

import structlog

from medscribe.api.background import Production
from medscribe.api.errors import UNFORESEEN, Answer, ClientGoneError, answer_to
from medscribe.api.transcriptions.formats import Json, logprobs, spoken_segments, text_of, usage_of
from medscribe.api.transcriptions.parameters import Wanted
from medscribe.api.transcriptions.recognition import Piece, Started
from medscribe.domain.transcript import Word
from medscribe.errors import MedScribeError, place_of

KEEP_ALIVE_SECONDS = 10.0
"""Silence on the wire after which a comment is sent: proxies cut connections after 60 s or 30 s."""

Item = Started | Piece

log = structlog.get_logger()


async def event_stream(
    first: Item | None,
    production: Production[Item],
    wanted: Wanted,
    keep_alive_seconds: float = KEEP_ALIVE_SECONDS,
) -> AsyncIterator[bytes]:
    """The body of a streamed answer; `first`: the item that was waited for already, if it came.

    An error ends the stream as an event that OpenAI's clients raise as `APIError`.
    """
    teller = _Teller(wanted)
    try:
        item: Item | None = first
        waiting = first is None
        while waiting or item is not None:
            if item is not None:
                for event in teller.events(item):
                    yield _data(event)
            try:
                item = await production.next(keep_alive_seconds)
                waiting = False
            except TimeoutError:
                item, waiting = None, True
                yield b": keep-alive\n\n"
        yield _data(teller.done())
        yield b"data: [DONE]\n\n"
    except ClientGoneError:
        return
    except MedScribeError as error:
        yield _failed(answer_to(error))
    except Exception as error:  # noqa: BLE001 - the status is sent, so this is the outermost place
        log.error("request failed", error=type(error).__name__, place=place_of(error))
        yield _failed(UNFORESEEN)
    finally:
        production.stop()


class _Teller:
    """Keeps what the last event needs of those before it."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._started = Started(seconds=0.0, language="")
        self._texts: list[str] = []
        self._words: list[Word] = []
        self._spoken = 0

    def events(self, item: Item) -> Iterator[Json]:
        if isinstance(item, Started):
            self._started = item
        elif self._wanted.diarize:
            for segment in spoken_segments([item], first=self._spoken):
                self._spoken += 1
                yield self._delta(str(segment["text"])) | {"segment_id": segment["id"]}
                yield segment
        elif text := text_of(item.segments):
            words = [word for segment in item.segments for word in segment.words]
            self._words += words
            delta = self._delta(text)
            yield delta | {"logprobs": logprobs(words)} if self._wanted.logprobs else delta

    def done(self) -> Json:
        """The whole text, which is all deltas joined."""
        done: Json = {
            "type": "transcript.text.done",
            "text": " ".join(self._texts),
            "usage": usage_of(self._started),
        }
        return done | {"logprobs": logprobs(self._words)} if self._wanted.logprobs else done

    def _delta(self, text: str) -> Json:
        space = " " if self._texts else ""
        self._texts.append(text)
        return {"type": "transcript.text.delta", "delta": space + text}


def _data(event: Json) -> bytes:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _failed(answer: Answer) -> bytes:
    return b"event: error\n" + _data(dict(answer.body))
