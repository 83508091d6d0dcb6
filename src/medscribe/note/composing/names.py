"""Statements of a note that grows -> ids: what says the same as before keeps its id."""

from collections.abc import Sequence

Place = tuple[str, int]
"""Where in the talk a statement rests first: id of the utterance, first character there."""


class StatementNames:
    """Ids of the statements of one note, held against those of the note `before` it.

    "s1", "s2" ... in order where there is none before; an id is never given again. A statement of
    a section whose text was there keeps its id; of those left over, one that rests on the same
    words of the talk takes the id of the statement that did.
    """

    def __init__(self, before: "StatementNames | None" = None) -> None:
        self._count: int = before._count if before else 0
        self._before = before._given if before else {}
        self._given: dict[str, list[tuple[str, Place | None, str]]] = {}

    def __call__(self, section: str, said: Sequence[tuple[str, Place | None]]) -> list[str]:
        """An id for each text of a section and the place that it rests on; asked once for each
        section."""
        ids: list[str | None] = [None] * len(said)
        free = {id_: (text, place) for text, place, id_ in self._before.get(section, ())}
        for which in (0, 1):
            known: dict[str | Place | None, list[str]] = {}
            for id_, each in free.items():
                known.setdefault(each[which], []).append(id_)
            for at, each in enumerate(said):
                found = known.get(each[which]) if each[which] is not None else None
                if ids[at] is None and found:
                    ids[at] = found.pop(0)
                    del free[ids[at] or ""]
        given = [id_ or self._new() for id_ in ids]
        self._given[section] = [
            (text, place, id_) for (text, place), id_ in zip(said, given, strict=True)
        ]
        return given

    def _new(self) -> str:
        self._count += 1
        return f"s{self._count}"
