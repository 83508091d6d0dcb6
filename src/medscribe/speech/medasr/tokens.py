"""Recognised pieces with their frames -> words with times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word
from medscribe.speech.medasr.windows import FRAME_SECONDS


@dataclass(frozen=True)
class Token:
    """One recognised piece of a word over the frames [start, end).

    `piece` begins with "▁" (or a space) where a word begins. `probability` is the mean of its
    frames, None where the runtime gives none.
    """

    piece: str
    start: int
    end: int
    probability: float | None = None


def is_special(piece: str) -> bool:
    """Whether a piece is no text: `<epsilon>`, `</s>`, `<unk>`, `<extra_id_0>`."""
    return piece.startswith("<") and piece.endswith(">")


def words_of(tokens: Iterable[Token], duration: float) -> list[Word]:
    """Words in order of time, none of them past `duration` seconds; special pieces are left out."""
    words: list[list[Token]] = []
    for token in tokens:
        if is_special(token.piece):
            continue
        if token.piece[:1] in ("▁", " ") or not words:
            words.append([])
        words[-1].append(token)
    return [_word(parts, duration) for parts in words if _text(parts)]


def _text(parts: Sequence[Token]) -> str:
    return "".join(part.piece for part in parts).replace("▁", " ").strip()


def _word(parts: Sequence[Token], duration: float) -> Word:
    start = min(parts[0].start * FRAME_SECONDS, duration)
    end = max(start, min(parts[-1].end * FRAME_SECONDS, duration))
    return Word(
        text=_text(parts), span=TimeSpan(start=start, end=end), probability=_probability(parts)
    )


def _probability(parts: Sequence[Token]) -> float | None:
    """The mean over all frames of the word; None unless every piece has one."""
    known = [part.probability for part in parts if part.probability is not None]
    if len(known) < len(parts):
        return None
    frames = [part.end - part.start for part in parts]
    mean = sum(p * n for p, n in zip(known, frames, strict=True)) / sum(frames)
    return min(1.0, max(0.0, mean))
