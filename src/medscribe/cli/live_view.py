"""A visit while it is listened to, on the terminal: status, what is said, the note, the orders."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from medscribe.cli import console
from medscribe.dialogue.corrections import with_roles
from medscribe.domain.live import LiveStatus, Partial
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, Speaker, Utterance
from medscribe.export.documents import order_line
from medscribe.note.render import note_text

_MOST_TALK = 100
"""Turns kept; more fit on no screen."""


class LiveView(Protocol):
    """Takes what happens in a live visit."""

    def said(self, utterances: Sequence[Utterance]) -> None: ...

    def saying(self, partial: Partial) -> None: ...

    def cast(self, speakers: Sequence[Speaker]) -> None: ...

    def drafted(self, results: EncounterResults) -> None: ...

    def close(self) -> None: ...


class LinesView:
    """For pipes, logs and tests: finals as lines on standard output, nothing that changes."""

    def said(self, utterances: Sequence[Utterance]) -> None:
        try:
            for utterance in utterances:
                console.output.print(_line(utterance), markup=False)
        except (OSError, SystemExit):
            # Whoever read our lines (head, say) has gone: no reason to end a recording. Rich asks
            # to exit then, and prints no more.
            console.output.quiet = True

    def saying(self, partial: Partial) -> None:
        """A line that is written cannot change."""

    def cast(self, speakers: Sequence[Speaker]) -> None:
        """Nor can the role in it."""

    def drafted(self, results: EncounterResults) -> None:
        """Orders are in the file that is saved as the visit goes on."""

    def close(self) -> None:
        """Nothing is open."""


class ScreenView:
    """For a person at a terminal: the last lines of the talk, of the note, and all orders.

    Drawn by a thread of its own: whether we record must be true at every moment, also while the
    recogniser is at work.
    """

    def __init__(
        self, keys: bool, state: Callable[[], str], status: Callable[[], LiveStatus]
    ) -> None:
        self._keys = keys
        self._state = state
        self._status = status
        self._talk: list[Utterance] = []
        self._saying = Text()
        self._results: EncounterResults | None = None
        self._live = Live(
            console=console.output,
            refresh_per_second=5,
            transient=True,
            get_renderable=self._render,
        )
        self._live.start()

    def said(self, utterances: Sequence[Utterance]) -> None:
        self._talk = [*self._talk, *utterances][-_MOST_TALK:]
        self._saying = Text()

    def saying(self, partial: Partial) -> None:
        self._saying = Text.assemble(
            (f"... {partial.committed} ", "bold"), (partial.tentative, "dim italic")
        )

    def cast(self, speakers: Sequence[Speaker]) -> None:
        """Who is who by now: lines that were said before show it, too."""
        self._talk = with_roles(self._talk, speakers)

    def drafted(self, results: EncounterResults) -> None:
        self._results = results
        self.cast(results.speakers or ())

    def close(self) -> None:
        self._live.stop()

    def _render(self) -> RenderableType:
        """As much as the window is high, always with the newest: Rich would cut the end off."""
        parts: list[RenderableType] = [_header(self._state(), self._status(), self._keys)]
        orders, note = self._drafts()
        room = console.output.height - 2
        shown_orders, shown_note = _newest(orders, room // 4), _newest(note, room // 4)
        used = sum(len(lines) + border for lines, border in ((shown_note, 2), (shown_orders, 1)))
        talk = _newest([*map(_marked, self._talk), self._saying], max(room - used - 2, 1))
        parts.append(Panel(Group(*talk), title="What is said"))
        if note:
            parts.append(Panel(Group(*shown_note), title="Note so far (draft)"))
        if orders:
            parts += [Rule("Orders heard so far"), *shown_orders]
        return Group(*parts)

    def _drafts(self) -> tuple[list[Text], list[Text]]:
        """Orders and note of the last draft, line by line."""
        results = self._results
        orders: list[Text] = []
        note: list[Text] = []
        if results is not None and results.prescription is not None:
            orders = [Text(f"  {order_line(order)}") for order in results.prescription.orders]
        if results is not None and results.note is not None and results.note.statements:
            note = [Text(line) for line in note_text(results.note).splitlines()]
        return orders, note


def _newest(texts: Sequence[Text], lines: int) -> list[Text]:
    """The last so many lines of the window that the texts fill; none is cut within."""
    width = max(console.output.width - 4, 1)
    wrapped = [line for text in texts[-lines:] for line in text.wrap(console.output, width)]
    return wrapped[-lines:]


def open_view(
    *, quiet: bool, keys: bool, state: Callable[[], str], status: Callable[[], LiveStatus]
) -> LiveView:
    """A screen on a terminal, lines elsewhere or where `quiet` is asked for.

    `state()`: listening, only recording, paused, lost, broken off or finishing; asked for, as
    `status()` is, at every moment.
    """
    return (
        ScreenView(keys, state, status) if console.output.is_terminal and not quiet else LinesView()
    )


_LOUD = {
    "listening": ("● LISTENING", "bold white on red"),
    "only recording": ("● RECORDING ONLY - recognition failed, q ends it", "bold white on red"),
    "paused": ("‖ PAUSED - NOT RECORDING", "bold black on yellow"),
    "lost": ("✕ MICROPHONE LOST - NOT RECORDING", "bold white on red blink"),
    "broken off": ("✕ RECORDING BROKE OFF - NOT RECORDING", "bold white on red blink"),
    "finishing": ("… finishing the transcript", "bold"),
}


def _header(state: str, status: LiveStatus, keys: bool) -> Text:
    label, style = _LOUD[state]
    minutes, seconds = divmod(int(status.heard_seconds), 60)
    line = Text.assemble((f" {label} ", style), f"  {minutes:02}:{seconds:02}")
    if status.lag_seconds >= 1:
        line.append(f"  {status.lag_seconds:.0f} s behind", "yellow")
    if status.dropped_seconds:
        line.append(f"  {status.dropped_seconds:.0f} s left out", "bold red")
    if keys and state in ("listening", "paused"):
        line.append("   p: pause or go on   x: exchange clinician and patient   q: stop", "dim")
    return line


def _line(utterance: Utterance) -> str:
    start = int(utterance.span.start) if utterance.span else 0
    role = "" if utterance.role is Role.UNKNOWN else f" {utterance.relation or utterance.role}"
    return f"[{start // 60:02}:{start % 60:02}] {utterance.speaker}{role}: {utterance.text}"


def _marked(utterance: Utterance) -> Text:
    """The line with the words underlined that the engine itself doubts."""
    line = Text(_line(utterance).removesuffix(utterance.text))
    for word in utterance.words:
        line.append(word.text, "underline yellow" if word.low_confidence else "").append(" ")
    return line
