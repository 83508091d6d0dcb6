"""A talk -> for each of its units the division it belongs to; of a talk that goes on, cheaply.

What a unit's own words and those around it are worth stays; where in the talk it stands, and the
phases of the visit, are worked out anew each time.
"""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.transcript import Role
from medscribe.note.reading.classifier import CLASSES, DivisionModel, Sorted
from medscribe.note.reading.features import (
    AROUND,
    POSITIONS,
    POSITIONS_BY_ROLE,
    Announced,
    last_passage,
    unit_features,
)
from medscribe.note.reading.talk import Talk

_ROLES = tuple(Role)


class TalkSorter:
    """Sorts the units of one visit, each time that it has gone on."""

    def __init__(self, model: DivisionModel) -> None:
        self._model = model
        self._announced = Announced()
        self._scores: list[NDArray[np.float32]] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        self._roles: list[int] = []
        self._by_place = np.stack([model.score([f"at {at}"]) for at in range(POSITIONS)])
        self._by_role = np.stack(
            [
                np.stack(
                    [model.score([f"role-at {role.value} {at}"]) for at in range(POSITIONS_BY_ROLE)]
                )
                for role in _ROLES
            ]
        )
        self.scored = 0
        """Units whose words were weighed, for those who count the work."""

    def sort(self, talk: Talk) -> list[Sorted]:
        """One answer per unit of the talk, in order. `talk` goes on from the one given before."""
        self._announced.read(talk.passages, talk.kept_passages)
        kept = talk.kept_units
        while kept and self._ends[kept - 1] + AROUND >= talk.kept_passages:
            kept -= 1
        for values in (self._scores, self._ends, self._before, self._roles):
            del values[kept:]
        for unit in talk.units[kept:]:
            names = unit_features(unit, talk.passages, self._announced)
            self._scores.append(self._model.score(names))
            self._ends.append(last_passage(unit))
            self._before.append(unit.passages[0].before)
            self._roles.append(_ROLES.index(unit.role))
            self.scored += 1
        if not self._scores:
            return []
        return self._model.sort_scores(self._with_places(talk.characters))

    def _with_places(self, characters: int) -> NDArray[np.float32]:
        """(units, classes)"""
        position = np.array(self._before) / characters
        scores = np.array(self._scores, dtype=np.float32).reshape(-1, len(CLASSES))
        scores += self._by_place[(position * POSITIONS).astype(int)]
        scores += self._by_role[self._roles, (position * POSITIONS_BY_ROLE).astype(int)]
        return scores
