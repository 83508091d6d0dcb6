"""Chance -> an identifier of a label, as it stands in a chart, a letter or a message."""

from collections.abc import Callable
from random import Random

from medscribe.evaluation.deidentification.injection import draws
from medscribe.evaluation.deidentification.injection.identifier import Identifier
from medscribe.evaluation.deidentification.injection.name_lists import entries

_SHORT_ENDS = {"Street": "St.", "Avenue": "Ave", "Road": "Rd", "Drive": "Dr.", "Boulevard": "Blvd"}


def written(label: str, chance: Random) -> Identifier:
    """A written identifier of a label of `identifier.KINDS`."""
    make = _WRITTEN.get(label)
    return make(chance) if make else _code(label, chance)


def _name(chance: Random) -> Identifier:
    given, family = draws.person(chance)
    if chance.random() < 0.2:
        given = f"{given} {draws.letters(chance, 1)}."
    return Identifier((given, family))


def _date(chance: Random, day: draws.Day, *, with_year: bool) -> Identifier:
    month = draws.MONTHS[day.month - 1]
    short = month[:3]
    if not with_year:
        dayless = (f"{month} {day.day}", f"{day.month}/{day.day}", f"{short} {day.day}")
        return Identifier((chance.choice(dayless),))
    forms = (
        f"{day.month:02}/{day.day:02}/{day.year}",
        f"{day.month}/{day.day}/{day.year % 100:02}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.month:02}-{day.day:02}-{day.year}",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{short} {day.day}, {day.year}",
        f"{short}{'' if short == month else '.'} {day.day}, {day.year}",
        f"{day.day:02}-{short}-{day.year}",
        f"{day.month}.{day.day}.{day.year}",
        f"{day.day}th of {month}, {day.year}"
        if 3 < day.day < 20
        else f"{month} {day.day} {day.year}",
    )
    return Identifier((chance.choice(forms),))


def _birthday(chance: Random) -> Identifier:
    return _date(chance, draws.birthday(chance), with_year=True)


def _recent(chance: Random) -> Identifier:
    return _date(chance, draws.recent_day(chance), with_year=chance.random() < 0.8)


def _age(chance: Random) -> Identifier:
    return Identifier((str(chance.choice((*range(90, 100), 101, 103))),))


def _address(chance: Random) -> Identifier:
    place = draws.address(chance)
    ending = place.ending
    if chance.random() < 0.5:
        ending = _SHORT_ENDS.get(ending, ending)
    unit = f", {chance.choice(('Apt', 'Apt.', 'Unit', '#'))} {place.unit}" if place.unit else ""
    return Identifier((f"{place.number} {place.street} {ending}{unit}".replace("# ", "#"),))


def _town(chance: Random) -> Identifier:
    return Identifier((chance.choice(entries("towns")),))


def _zip(chance: Random) -> Identifier:
    code = f"{chance.randrange(1001, 99950):05}"
    return Identifier((code if chance.random() < 0.75 else f"{code}-{draws.digits(chance, 4)}",))


def _phone(chance: Random) -> Identifier:
    area, exchange, line = draws.phone_parts(chance)
    forms = (
        f"({area}) {exchange}-{line}",
        f"{area}-{exchange}-{line}",
        f"{area}.{exchange}.{line}",
        f"{area} {exchange} {line}",
        f"{area}{exchange}{line}",
        f"+1 {area}-{exchange}-{line}",
        f"1-{area}-{exchange}-{line}",
        f"({area}){exchange}-{line}",
    )
    extension = f" ext. {draws.digits(chance, 3)}" if chance.random() < 0.08 else ""
    return Identifier((chance.choice(forms) + extension,))


def _social(chance: Random) -> Identifier:
    return Identifier(draws.social_parts(chance), chance.choice(("-", "-", "-", " ", "")))


def _email(chance: Random) -> Identifier:
    given, family = (word.lower() for word in draws.person(chance))
    tail = str(chance.randrange(10, 99)) if chance.random() < 0.4 else ""
    local = chance.choice(
        (
            f"{given}.{family}{tail}",
            f"{given[0]}{family}{tail}",
            f"{given}_{family}",
            f"{given}{tail}",
        )
    )
    return Identifier((f"{local}@{chance.choice(entries('domains'))}",))


def _code(label: str, chance: Random) -> Identifier:
    return Identifier(draws.code_parts(chance, label), chance.choice(("-", "-", "", "", " ")))


def _url(chance: Random) -> Identifier:
    given, family = (word.lower() for word in draws.person(chance))
    site, ending = chance.choice(entries("sites")), chance.choice(entries("site_ends"))
    address = chance.choice(
        (
            f"{given}{family}.{ending}",
            f"{site}.{ending}/{given}-{family}",
            f"{site}.{ending}/p/{draws.digits(chance, 6)}",
        )
    )
    return Identifier((chance.choice(("https://", "http://", "www.", "https://www.")) + address,))


def _ip(chance: Random) -> Identifier:
    if chance.random() < 0.15:
        return Identifier(tuple(f"{chance.randrange(4096, 65536):x}" for _ in range(8)), ":")
    return Identifier(draws.octets(chance), ".")


_WRITTEN: dict[str, Callable[[Random], Identifier]] = {
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
