"""Chance -> an identifier of a label, as people say it and recognisers write it."""

from collections.abc import Callable
from random import Random

from medscribe.evaluation.deidentification.injection import draws
from medscribe.evaluation.deidentification.injection.identifier import Identifier
from medscribe.evaluation.deidentification.injection.name_lists import entries
from medscribe.evaluation.deidentification.injection.spoken_numbers import (
    ONES,
    below_hundred,
    cardinal,
    digit_words,
    groups_said,
    house_number,
    joint,
    ordinal,
    year,
)

_SIGNS = {".": "dot", "_": "underscore", "-": "dash", "/": "slash"}


def spoken(label: str, chance: Random) -> Identifier:
    """A spoken identifier of a label of `identifier.KINDS`."""
    make = _SPOKEN.get(label)
    return make(chance) if make else _code(label, chance)


def _name(chance: Random) -> Identifier:
    return Identifier(draws.person(chance))


def _date(chance: Random, day: draws.Day, *, with_year: bool) -> Identifier:
    month, ending = draws.MONTHS[day.month - 1], year(day.year, chance)
    plain_year = str(day.year)
    manner = chance.choice(("words", "words", "words", "of", "of", "mixed", "mixed", "numbers"))
    if manner == "numbers":
        return _numeric_date(chance, day)
    if manner == "words":
        number = chance.choice((ordinal(day.day), ordinal(day.day), below_hundred(day.day)))
        front = f"{month} {number}"
    elif manner == "of":
        front = f"the {ordinal(day.day)} of {month}"
    else:
        front, ending = f"{month} {_numeral(day.day, chance)}", plain_year
    if not with_year:
        return Identifier((front,))
    if chance.random() < 0.08:
        front = f"{month} {ordinal(day.day % 28 + 1)} no sorry {front}"
    return Identifier((front, ending), chance.choice((" ", " ", " ", ", ")))


def _numeric_date(chance: Random, day: draws.Day) -> Identifier:
    """3 14 72, "three fourteen seventy two", "oh three fourteen seventy two" or 3/14/1972."""
    if chance.random() < 0.4:
        text = f"{day.month}/{day.day}", chance.choice((str(day.year), f"{day.year % 100:02}"))
        return Identifier(text, "/")
    month, number = below_hundred(day.month), below_hundred(day.day)
    if chance.random() < 0.4:
        month = f"oh {month}" if day.month < 10 else month
        number = f"oh {number}" if day.day < 10 else number
    rest = day.year % 100
    short = below_hundred(rest) if rest > 9 else f"oh {ONES[rest]}"
    return Identifier((f"{month} {number}", chance.choice((short, short, year(day.year, chance)))))


def _numeral(day: int, chance: Random) -> str:
    """14, or 14th."""
    if chance.random() < 0.5:
        return str(day)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in (11, 12, 13) else "th"
    return f"{day}{ending}"


def _birthday(chance: Random) -> Identifier:
    return _date(chance, draws.birthday(chance), with_year=True)


def _recent(chance: Random) -> Identifier:
    return _date(chance, draws.recent_day(chance), with_year=chance.random() < 0.5)


def _age(chance: Random) -> Identifier:
    age = chance.choice((*range(90, 100), *range(90, 100), 100, 101, 102, 104))
    if age > 99:
        words = cardinal(age).replace("one hundred", chance.choice(("a hundred", "one hundred")))
        return Identifier((words.replace("hundred ", chance.choice(("hundred ", "hundred and "))),))
    words = below_hundred(age)
    return Identifier((chance.choice((words, words, words.replace(" ", "-"), str(age))),))


def _address(chance: Random) -> Identifier:
    place = draws.address(chance)
    text = f"{house_number(place.number, chance)} {place.street} {place.ending}"
    if place.unit:
        unit = place.unit if chance.random() < 0.4 else _unit_said(place.unit)
        text += f" {chance.choice(('apartment', 'apartment', 'unit', 'apt'))} {unit}"
    return Identifier((text,))


def _unit_said(unit: str) -> str:
    """12 -> "twelve", 3B -> "three b"."""
    number = unit.rstrip("B")
    return below_hundred(int(number)) + (" b" if unit != number else "")


def _town(chance: Random) -> Identifier:
    return Identifier((chance.choice(entries("towns")),))


def _zip(chance: Random) -> Identifier:
    code = f"{chance.randrange(1001, 99950):05}"
    manner = chance.random()
    if manner < 0.25:
        return Identifier((code,))
    if manner < 0.35:
        # Two and three digits are a common way to say it: "nine eight, one oh four".
        return Identifier((digit_words(code[:2], chance), digit_words(code[2:], chance)), ", ")
    return Identifier(groups_said((code,), chance))


def _phone(chance: Random) -> Identifier:
    parts = draws.phone_parts(chance)
    manner = chance.random()
    if manner < 0.12:
        return Identifier(parts, "-")
    if manner < 0.2:
        hundreds = f"{below_hundred(chance.randrange(11, 99))} hundred"
        return Identifier((*(digit_words(part, chance) for part in parts[:2]), hundreds))
    return Identifier(groups_said(parts, chance), joint(chance))


def _social(chance: Random) -> Identifier:
    parts = draws.social_parts(chance)
    if chance.random() < 0.15:
        return Identifier(parts, "-")
    return Identifier(groups_said(parts, chance), joint(chance))


def _email(chance: Random) -> Identifier:
    given, family = (word.lower() for word in draws.person(chance))
    tail = str(chance.randrange(10, 99)) if chance.random() < 0.4 else ""
    said_tail = f" {below_hundred(int(tail))}" if tail else ""
    local = chance.choice(
        (
            f"{given} dot {family}{said_tail}",
            f"{given} {family}{said_tail}",
            f"{given[0]} {family}{said_tail}",
            f"{given} underscore {family}{said_tail}",
            f"{given}{said_tail}",
            f"{' '.join(family)}{said_tail}",
            f"{given}.{family}{tail}",
        )
    )
    domain = chance.choice(entries("domains"))
    at = f"at {domain}" if chance.random() < 0.3 else f"at {domain.replace('.', ' dot ')}"
    if "." in local and chance.random() < 0.6:
        return Identifier((f"{local}@{domain}",))
    return Identifier((local, at))


def _code(label: str, chance: Random) -> Identifier:
    said = groups_said(draws.code_parts(chance, label), chance)
    in_digits = not any(" " in part for part in said)
    return Identifier(said, chance.choice(("-", "-", " ")) if in_digits else joint(chance))


def _url(chance: Random) -> Identifier:
    given, family = (word.lower() for word in draws.person(chance))
    site, ending = chance.choice(entries("sites")), chance.choice(entries("site_ends"))
    address = chance.choice(
        (f"{given}{family}.{ending}", f"{site}.{ending}/{given}", f"{site}.{ending}/{family}")
    )
    www = chance.choice(("", "", "www.", "w w w dot "))
    if chance.random() < 0.3:
        return Identifier((f"{www.replace('w w w dot ', 'www.')}{address}",))
    for sign, said in _SIGNS.items():
        address = address.replace(sign, f" {said} ")
    return Identifier((f"{www.replace('www.', 'www dot ')}{address}",))


def _ip(chance: Random) -> Identifier:
    octets = draws.octets(chance)
    manner = chance.choice(("digits", "words", "words", "spelled"))
    if manner == "digits":
        return Identifier(octets, chance.choice((".", " dot ")))
    if manner == "spelled":
        return Identifier(tuple(digit_words(octet, chance) for octet in octets), " dot ")
    return Identifier(tuple(_octet_said(int(octet)) for octet in octets), " dot ")


def _octet_said(number: int) -> str:
    """192 -> "one ninety two", 168 -> "one sixty eight", 7 -> "seven"."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(number)
    if rest > 9:
        return f"{ONES[hundreds]} {below_hundred(rest)}"
    return f"{ONES[hundreds]} oh {ONES[rest]}" if rest else f"{ONES[hundreds]} hundred"


_SPOKEN: dict[str, Callable[[Random], Identifier]] = {
    "patient_name": _name,
    "relative_name": _name,
    "clinician_name": _name,
    "employer_contact": _name,
    "birth_date": _birthday,
    "visit_date": _recent,
    "admission_date": _recent,
    "age_over_89": _age,
    "street_address": _address,
    "town": _town,
    "zip": _zip,
    "phone": _phone,
    "fax": _phone,
    "email": _email,
    "ssn": _social,
    "url": _url,
    "ip": _ip,
}
