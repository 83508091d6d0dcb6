"""Turns as an engine gives them, overlapping and unordered -> one voice at a time, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn

# Ends that lie closer than this are the same: rounding of 32-bit seconds.
_SAME_MOMENT_SECONDS = 0.001


@dataclass(frozen=True)
class Heard:
    """From `start` to `end`, seconds, the engine heard `voice`, a name of its own."""

    voice: str
    start: float
    end: float


def exclusive_turns(heard: Iterable[Heard], *, duration_seconds: float) -> list[SpeakerTurn]:
    """Turns in order that do not overlap, inside [0, duration]; "S1", "S2" by first appearance.

    Where voices overlap, the one that began last has the floor (of several that begin together the
    longest), and the other goes on when it ends: a "yes" inside a long answer stays a turn, as
    words are attributed elsewhere. Turns of one voice that touch are joined.
    """
    inside = [
        Heard(item.voice, max(item.start, 0.0), min(item.end, duration_seconds)) for item in heard
    ]
    inside = [item for item in inside if item.end - item.start > _SAME_MOMENT_SECONDS]
    return _named(_joined(_floor(sorted(inside, key=lambda item: (item.start, item.end)))))


def _floor(heard: list[Heard]) -> list[Heard]:
    """Who has the floor between each two moments at which a voice begins or ends."""
    moments = sorted({moment for item in heard for moment in (item.start, item.end)})
    pieces: list[Heard] = []
    open_turns: list[Heard] = []
    waiting = iter(heard)
    following = next(waiting, None)
    for start, end in pairwise(moments):
        open_turns = [item for item in open_turns if item.end > start]
        while following is not None and following.start <= start:
            open_turns.append(following)
            following = next(waiting, None)
        if open_turns:
            pieces.append(Heard(open_turns[-1].voice, start, end))
    return pieces


def _joined(pieces: Iterable[Heard]) -> list[Heard]:
    """Pieces of one voice that touch become one; what is too short for a moment is left out."""
    turns: list[Heard] = []
    for piece in pieces:
        before = turns[-1] if turns else None
        touches = before is not None and piece.start - before.end <= _SAME_MOMENT_SECONDS
        if before is not None and touches and before.voice == piece.voice:
            turns[-1] = Heard(before.voice, before.start, piece.end)
        elif piece.end - piece.start > _SAME_MOMENT_SECONDS:
            turns.append(piece)
    return turns


def _named(turns: Iterable[Heard]) -> list[SpeakerTurn]:
    names: dict[str, str] = {}
    return [
        SpeakerTurn(
            label=names.setdefault(turn.voice, f"S{len(names) + 1}"),
            span=TimeSpan(start=turn.start, end=turn.end),
        )
        for turn in turns
    ]
