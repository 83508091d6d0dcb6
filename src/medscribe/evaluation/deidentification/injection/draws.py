"""Chance -> the facts behind an identifier: a date, an address, a number, before it is worded."""

from random import Random
from typing import NamedTuple

from medscribe.evaluation.deidentification.injection.name_lists import (
    entries,
    family_names,
    given_names,
)

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Day(NamedTuple):
    year: int
    month: int
    day: int


class Address(NamedTuple):
    """`unit` is empty or the number of an apartment."""

    number: int
    street: str
    ending: str
    unit: str


def digits(chance: Random, count: int) -> str:
    """So many digits, the first not zero."""
    return str(chance.randrange(10 ** (count - 1), 10**count))


def letters(chance: Random, count: int) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(count))


def person(chance: Random) -> tuple[str, str]:
    """Given and family name."""
    return chance.choice(given_names()), chance.choice(family_names())


def birthday(chance: Random) -> Day:
    return Day(chance.randrange(1936, 2007), chance.randrange(1, 13), chance.randrange(1, 29))


def recent_day(chance: Random) -> Day:
    return Day(chance.randrange(2009, 2026), chance.randrange(1, 13), chance.randrange(1, 29))


def address(chance: Random) -> Address:
    unit = chance.choice(("", "", "", f"{chance.randrange(1, 30)}", f"{chance.randrange(1, 9)}B"))
    return Address(
        number=chance.choice((chance.randrange(10, 99), chance.randrange(101, 9990))),
        street=chance.choice(entries("streets")),
        ending=chance.choice(entries("street_ends")),
        unit=unit,
    )


def phone_parts(chance: Random) -> tuple[str, str, str]:
    """Area, exchange and line; half of the exchanges are 555, where nobody is called."""
    exchange = "555" if chance.random() < 0.5 else digits(chance, 3)
    return str(chance.randrange(201, 989)), exchange, f"{chance.randrange(0, 10_000):04}"


def social_parts(chance: Random) -> tuple[str, str, str]:
    area = f"{chance.randrange(1, 773):03}"
    return area, f"{chance.randrange(1, 99):02}", f"{chance.randrange(1, 10_000):04}"


def octets(chance: Random) -> tuple[str, ...]:
    front = chance.choice((("192", "168"), ("10", "0"), ("172", "16"), ("203", "0"), ("84", "17")))
    return (*front, str(chance.randrange(0, 256)), str(chance.randrange(1, 255)))


def code_parts(chance: Random, label: str) -> tuple[str, ...]:
    """Letters and digits of a number that some office gave, in the shapes its label has."""
    shapes = _SHAPES[label]
    shape = chance.choice(shapes).split("-")
    return tuple(
        letters(chance, len(part)) if part.startswith("A") else digits(chance, len(part))
        for part in shape
    )


_SHAPES: dict[str, tuple[str, ...]] = {
    # A stands for a letter, 9 for a digit.
    "mrn": ("9999999", "999999", "99999999", "AA-999999", "A-9999999", "999-99-999", "AAA-99999"),
    "health_plan": ("AAA-999999999", "A-99999999", "AAA-999-999-999", "999999999", "AA-9999999"),
    "account": ("9999999999", "99999999", "9999-9999", "9999-9999-9999-9999", "AA-9999999"),
    "license": ("A-9999999", "A-999-9999-9999", "9-AAA-999", "AAA-9999", "99999999", "AA-99999"),
    "device": ("AAA-999999", "99999999", "9999-AA-99", "AA-9999-9999", "A-99999999", "AAA-9999-A"),
    "other_code": ("AA-9999-99", "99999999", "AAA-9999", "99-999999", "A-999999", "9999-9999"),
}
