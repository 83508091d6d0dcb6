"""A visit that grows and is corrected -> what a model has been told of it, and what is unread."""

from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.domain.privacy import MaskedUtterance
from medscribe.llm.visit import visit_lines

_FEW_CORRECTIONS = 8
_MOST_CORRECTED = 0.25


@dataclass(frozen=True)
class Unread:
    """Ids whose lines no good answer has covered: `new` ones, those that read otherwise than they
    did (`corrected`), and those that the visit no longer has (`gone`)."""

    new: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.corrected or self.gone)

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids whose quotes must be looked up anew."""
        return self.corrected + self.gone


class Reading:
    """Two records of one visit.

    Told: lines in the order in which they were first put into a prompt. They only grow: a line
    that changed is followed by a correction, so that prompts keep their beginning. Read: the lines
    that an answer has covered; what a failed call was told stays unread.
    """

    def __init__(self) -> None:
        self._told: list[str] = []
        self._told_line: dict[str, str] = {}
        self._read_line: dict[str, str] = {}

    def unread(self, utterances: Sequence[MaskedUtterance]) -> Unread:
        """What has to be covered by the next answers."""
        now = _lines_by_id(utterances)
        known = self._read_line
        return Unread(
            new=tuple(id_ for id_ in now if id_ not in known),
            corrected=tuple(id_ for id_, line in now.items() if known.get(id_, line) != line),
            gone=tuple(id_ for id_ in known if id_ not in now),
        )

    def told_with(self, utterances: Sequence[MaskedUtterance]) -> tuple[str, ...]:
        """What the prompt would hold if all of the visit were told; nothing is noted down."""
        return (*self._told, *_additions(self._told_line, _lines_by_id(utterances)))

    def tell(self, utterances: Sequence[MaskedUtterance], part: Unread) -> tuple[str, ...]:
        """All lines told, those of `part` included. Where very much was corrected, as after
        speakers were told apart anew, the record starts afresh."""
        visit = _lines_by_id(utterances)
        changed = sum(visit.get(id_) != line for id_, line in self._told_line.items())
        if changed > max(_FEW_CORRECTIONS, _MOST_CORRECTED * len(self._told_line)):
            self._told, self._told_line = [], {}
        wanted = self._told_line.keys() | self._read_line.keys() | set(part.new)
        now = {id_: line for id_, line in visit.items() if id_ in wanted}
        self._told += _additions(self._told_line, now)
        self._told_line = now
        return tuple(self._told)

    def window(
        self, utterances: Sequence[MaskedUtterance], part: Unread, overlap: int
    ) -> tuple[str, ...]:
        """Lines of `part` only, after `overlap` lines that lead to them."""
        now = _lines_by_id(utterances)
        ids = list(now)
        first = ids.index(part.new[0]) if part.new else 0
        before = [now[id_] for id_ in ids[max(0, first - overlap) : first]]
        corrections = [_correction(id_, now.get(id_)) for id_ in part.changed]
        return (*before, *corrections, *(now[id_] for id_ in part.new))

    def cover(self, utterances: Sequence[MaskedUtterance], part: Unread) -> None:
        """Note down that an answer has covered `part`."""
        now = _lines_by_id(utterances)
        self._read_line.update((id_, now[id_]) for id_ in (*part.new, *part.corrected))
        for id_ in part.gone:
            self._read_line.pop(id_, None)


def _additions(told: dict[str, str], now: dict[str, str]) -> list[str]:
    gone = [_correction(id_, None) for id_ in told if id_ not in now]
    added = []
    for id_, line in now.items():
        if id_ not in told:
            added.append(line)
        elif told[id_] != line:
            added.append(_correction(id_, line))
    return gone + added


def _correction(id_: str, line: str | None) -> str:
    return f"correction {line}" if line is not None else f"correction [{id_}] was not said"


def _lines_by_id(utterances: Sequence[MaskedUtterance]) -> dict[str, str]:
    lines = visit_lines(utterances)
    return {each.id: line for each, line in zip(utterances, lines, strict=True)}
