"""Spoken-order cases (TOML) -> talk and the orders that a reader finds in it."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

from pydantic import ValidationError

from medscribe.domain.medication import OrderAction
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.record import Record
from medscribe.domain.transcript import Role
from medscribe.errors import InputError

_LINE = re.compile(r"(?P<who>[A-Z]+):\s*(?P<said>.+)", re.DOTALL)
_AMOUNT = re.compile(
    r"(?P<low>[\d.]+)(?:\s*-\s*(?P<high>[\d.]+))?(?:/[\d./]+)?\s*(?P<unit>[a-zA-Z%][\w%/ ]*)?\Z"
)
_FREQUENCY = re.compile(
    r"(?:(?P<count>\d+)?(?:-(?P<count_max>\d+))?)/(?P<period>[\d.]+)(?:-(?P<period_max>[\d.]+))?"
    r"(?P<unit>h|d|wk|mo|a|min)\Z"
)


class GoldOrder(Record):
    """What one order must be; a field left out must not be in the order.

    `drug`: ingredients joined by " / "; `strength` and `dose`: "10 mg", "1-2 tablet"; `frequency`:
    `count[-countmax]/period[-periodmax]unit`, "1/4-6h"; `when`: FHIR event codes.
    """

    drug: str
    action: OrderAction
    strength: str | None = None
    dose: str | None = None
    frequency: str | None = None
    when: tuple[str, ...] = ()
    as_needed: bool | None = None
    duration: str | None = None
    route: str | None = None


class SpokenCase(Record):
    """A short talk, lines "CLINICIAN: ...", with its orders; the category is the id's prefix."""

    id: str
    talk: tuple[str, ...]
    orders: tuple[GoldOrder, ...] = ()

    @property
    def category(self) -> str:
        return self.id.rpartition("-")[0] or self.id

    def utterances(self) -> tuple[MaskedUtterance, ...]:
        """One utterance per line. Raises `InputError` for a line without a known speaker."""
        return tuple(self._utterance(number, line) for number, line in enumerate(self.talk, 1))

    def _utterance(self, number: int, line: str) -> MaskedUtterance:
        found = _LINE.match(line)
        if found is None or found["who"].lower() not in set(Role):
            raise InputError(f"Start line {number} of case {self.id} with CLINICIAN: or PATIENT:.")
        role = Role(found["who"].lower())
        return MaskedUtterance(id=f"u{number}", speaker=found["who"], role=role, text=found["said"])


class GoldAmount(NamedTuple):
    """ "1-2 tablet" -> 1, 2, "tablet"; `unit` is "" for a bare count."""

    low: float
    high: float | None
    unit: str


class GoldFrequency(NamedTuple):
    """ "1/4-6h" -> times 1, period 4, period_max 6, unit "h"."""

    times: int | None
    times_max: int | None
    period: float
    period_max: float | None
    unit: str


def spoken_cases(folder: str = "spoken_orders") -> list[SpokenCase]:
    """All cases of one of the project's own sets (`spoken_orders`, `spoken_orders_second`,
    `spoken_orders_third`), file by file. Raises `InputError` for a wrong one."""
    return list(_cases(folder))


def _cases(name: str) -> Iterator[SpokenCase]:
    folder = files("medscribe.evaluation.medications") / name
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    for table in tables:
        for row in tomllib.loads(table.read_text(encoding="utf-8")).get("case", []):
            try:
                yield SpokenCase.model_validate(row)
            except ValidationError as error:
                raise InputError(
                    f"Correct case {row.get('id', '?')} of {table.name}: "
                    f"{error.error_count()} fields do not fit."
                ) from error


def amount_of(text: str) -> GoldAmount:
    """The amount written as "10 mg" or "1-2 tablet". Raises `InputError` where it is none."""
    found = _AMOUNT.match(text.strip())
    if found is None:
        raise InputError("Write an amount as a number and a unit, such as 10 mg or 1-2 tablet.")
    high = found["high"]
    unit = (found["unit"] or "").strip()
    return GoldAmount(float(found["low"]), float(high) if high else None, unit)


def frequency_of(text: str) -> GoldFrequency:
    """The frequency written as "2/1d". Raises `InputError` where it is none."""
    found = _FREQUENCY.match(text.strip())
    if found is None:
        raise InputError("Write a frequency as count/period and unit, such as 2/1d or 1/4-6h.")
    count, count_max, period_max = found["count"], found["count_max"], found["period_max"]
    return GoldFrequency(
        int(count) if count else None,
        int(count_max) if count_max else None,
        float(found["period"]),
        float(period_max) if period_max else None,
        found["unit"],
    )
