"""Tables of carrier sentences -> turns with slots for identifiers; sentences without any."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from medscribe.domain.transcript import Role

FORMS = ("written", "spoken")
_SPEAKERS = {"D": Role.CLINICIAN, "P": Role.PATIENT}


class CarrierTurn(NamedTuple):
    """What one speaker says; `template` holds slots such as "{}"."""

    role: Role
    template: str


Carrier = tuple[CarrierTurn, ...]


@cache
def carriers(form: str, label: str) -> tuple[Carrier, ...]:
    """The carriers of a label in a form of `FORMS`.

    "D: what's your zip? / P: uh, {}." is two turns; a written one is a turn of the clinician.
    """
    rows = _table(f"{form}_carriers.toml")[label]
    return tuple(
        _turns(row) if form == "spoken" else (CarrierTurn(Role.CLINICIAN, row),) for row in rows
    )


def negatives(form: str) -> tuple[str, ...]:
    """Sentences of a form that identify nobody: doses, values, eponyms, ages below 90."""
    return _table("negatives.toml")[form]


def _turns(row: str) -> Carrier:
    turns = (turn.split(": ", 1) for turn in row.split(" / "))
    return tuple(CarrierTurn(_SPEAKERS[speaker], template) for speaker, template in turns)


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads((files(__package__) / name).read_text("utf-8"))
    return {str(key): tuple(map(str, sentences)) for key, sentences in rows.items()}
