"""A text -> geography smaller than a state: streets, ZIP codes, towns, counties, hospitals.

States and countries stay, as Safe Harbor lets them, but for a state behind a town.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import (
    CONTEXT,
    LIKELY,
    LISTED,
    SURE,
    Finding,
    matches,
)
from medscribe.privacy.rules.places.home_towns import HOME, find_home_towns
from medscribe.privacy.rules.places.institutions import find_institutions
from medscribe.privacy.rules.places.postal_codes import with_zip
from medscribe.privacy.rules.places.states import STATE_CODE, state_names
from medscribe.privacy.rules.places.streets import find_streets
from medscribe.privacy.rules.word_list import Flag, flags, is_name, is_ordinary, places

_PLACE_CUE = (
    r"in|at|in\s+the|(?:resident|native|city|town|outskirts)\s+of|from|near|around|outside|outside\s+of|downtown|moved\s+(?:back\s+)?to|visiting|went\s+to|"
    r"over\s+in|out\s+in|drove\s+to|flew\s+to|back\s+to|trip\s+to|up\s+in|our|the"
)
_HOUSE_AFTER_TOWN = (
    r"(?:(?:downtown|neurology|orthop\w+|cardiology|main|medical|health|children['’]?s|women['’]?s|"
    r"general|family|community|regional|memorial|va|north|south|east|west|uptown|midtown)\s+){0,2}"
    r"(?:clinics?|hospital|office|campus|branch|practice|cent(?:er|re)|school|university|college|"
    r"general|va|gen|memorial|medical|health|area|location|facility|site|high|elementary|"
    r"(?:fire|police)\s+department|pd|church)"
)


def find_places(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Places of `text` smaller than a state; `asked` are turns before it that may ask for one."""
    found = [
        *find_streets(text, asked),
        *_towns(text),
        *find_institutions(text),
        *_counties(text),
        *_unlisted_towns(text),
        *find_home_towns(text, asked),
    ]
    found = [_with_state(text, finding) for finding in found]
    return [*found, *_joined(text, found)]


def _towns(text: str) -> Iterator[Finding]:
    """Listed towns; one that is also a word or a name needs a word such as "from" before it."""
    words = list(_word().finditer(text))
    for at, word in enumerate(words):
        lower = word.group().lower()
        lengths = _town_lengths()
        for length in lengths.get(lower if lower in lengths else lower.rstrip("."), ()):
            end = words[min(at + length, len(words)) - 1].end()
            town = text[word.start() : end]
            if town.endswith(".") and town.lower() not in places():
                town, end = town[:-1], end - 1
            if " ".join(town.lower().split()) not in places():
                continue
            score = _town_score(town, text, word.start(), end)
            if score:
                house = _house_after().match(text, end)
                yield Finding(word.start(), house.end() if house else end, PiiKind.LOCATION, score)
            break


def _town_score(town: str, text: str, start: int, end: int) -> float:
    if _method_after().match(text, end):
        return 0
    marks = flags(town)
    other = is_ordinary(marks) or Flag.POPULAR in marks or Flag.EPONYM in marks
    if " " in town or not other or _state_after().match(text, end):
        return LISTED
    if Flag.USED in marks and town.islower() and _more_said().match(text, end):
        return 0
    before = text[max(0, start - 20) : start]
    if _home().search(text[max(0, start - 45) : start]):
        return CONTEXT
    clear = town[0].isupper() or (Flag.FREQUENT not in marks and Flag.USED not in marks)
    return CONTEXT if clear and _cue().search(before) else 0


def _counties(text: str) -> Iterator[Finding]:
    yield from matches(_county(), text, PiiKind.LOCATION, CONTEXT, "id")
    for match in _spoken_county().finditer(text):
        marks = flags(match.group("name"))
        if Flag.NEVER not in marks and (Flag.FREQUENT not in marks or is_name(marks)):
            yield Finding(*match.span("id"), PiiKind.LOCATION, LISTED)


def _unlisted_towns(text: str) -> Iterator[Finding]:
    """Capitalised unknown words after "in" or "from", or before a state: "Whitby, Ontario"."""
    for match in _capitals_after_cue().finditer(text):
        marks = flags(match.group("id").split()[0])
        known = {Flag.CLINICAL, Flag.NOT_NAME, Flag.EPONYM, Flag.NEVER, Flag.REGION}
        if not known & set(marks) and not is_ordinary(marks):
            yield Finding(match.start("id"), match.end("id"), PiiKind.LOCATION, LIKELY)
    for match in _before_state().finditer(text):
        marks = flags(match.group("id").split()[-1])
        if Flag.FREQUENT not in marks and Flag.REGION not in marks:
            yield Finding(match.start("id"), match.end("id"), PiiKind.LOCATION, SURE)


def _with_state(text: str, place: Finding) -> Finding:
    """A place with the state that is said with it: "Dallas, Texas"."""
    if place.score < SURE or place.kind is not PiiKind.LOCATION:
        return place
    state = _state_after().match(text, place.end)
    return with_zip(text, place._replace(end=state.end()) if state else place)


def _joined(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """Places next to each other as one: "Mayo Clinic in Rochester, MN"."""
    inside = sorted(one for one in found if one.kind is PiiKind.LOCATION and one.score >= SURE)
    for before, after in pairwise(inside):
        if before.end < after.start and _between().fullmatch(text, before.end, after.start):
            score = min(before.score, after.score)
            yield Finding(before.start, after.end, PiiKind.LOCATION, score)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s?,?\s{1,2}|,?\s(?:in|of|at)\s|\s&\s", re.IGNORECASE)


@cache
def _town_lengths() -> dict[str, list[int]]:
    """First word of a listed town -> how many words such towns have, the longest first."""
    lengths: dict[str, set[int]] = {}
    for place in places():
        words = _word().findall(place)
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: sorted(found, reverse=True) for word, found in lengths.items()}


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w'’-]{0,40}\w)?\.?")


@cache
def _method_after() -> re.Pattern[str]:
    """What makes a town part of a term: "Glasgow coma scale", "New York Heart Association"."""
    between = (
        r"(?:(?!(?:with|and|who|was|is|has|had|the|a|for|on|in|at|to|of)\b)[\w-]{2,20}\s+){0,3}?"
    )
    term = (
        r"(?:scores?|scale|criteria|criterion|classification|rules?|index|risk|system|grad(?:e|ing)|"
        r"brace|collar|questionnaire|chromosome|virus|association|coma|definition|guidelines|study|"
        r"stag(?:e|ing)|equation|consensus|assessment|model|syndrome|disease|encephalitis|inventory|"
        r"type\s+[ab]|stand|j\b|cognitive|naming|triage|consensus|nomogram|calculator|formula|"
        r"protocol|c\d{1,2}\s?m\d{1,2})"
    )
    return re.compile(rf"\s+{between}{term}(?!\w)", re.IGNORECASE)


@cache
def _more_said() -> re.Pattern[str]:
    """What shows that a town's name is a verb or adjective: "from reading too much"."""
    return re.compile(
        r"\s+(?:too|about|the|a|an|my|your|his|her|their|books?|it|glasses|much|up)\b", re.I
    )


@cache
def _house_after() -> re.Pattern[str]:
    return re.compile(rf"\s+{_HOUSE_AFTER_TOWN}(?!\w)", re.IGNORECASE)


@cache
def _state_after() -> re.Pattern[str]:
    """A state right behind a place; a code needs capitals, and a comma where it is also a word."""
    word = r"(?:OK|IN|OR|ME|HI|PA|MD|MA|MS|DC|CO|AL|LA|CT|ID|MO)"
    before_zip = rf"\s{STATE_CODE}(?=,?\s\d{{5}}\b)"
    code = rf"(?:\s?,\s?{STATE_CODE}|{before_zip}|\s(?!{word}\b){STATE_CODE})(?!['’\w])"
    return re.compile(rf"(?:{code}|\s?,?\s(?i:{state_names()}|d\.?c\.?)(?!['’\w]))")


@cache
def _county() -> re.Pattern[str]:
    return re.compile(r"\b(?P<id>(?:[A-Z][a-z]+\s){1,2}(?:County|Township|Parish|Borough))\b")


@cache
def _spoken_county() -> re.Pattern[str]:
    return re.compile(r"\b(?P<id>(?P<name>(?-i:[a-z]{3,15}))\s+county)\b", re.IGNORECASE)


@cache
def _capitals_after_cue() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:live[sd]?\s+in|living\s+in|moved\s+(?:to|from)|from|born\s+in|in|near|visiting|"
        r"went\s+to|downtown)\s+(?P<id>[A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,}){0,2})\b"
    )


@cache
def _before_state() -> re.Pattern[str]:
    """A code that is also a word or a degree ("OK", "PA", "MD") tells no state here."""
    codes = rf"(?!(?:OK|IN|OR|ME|HI|PA|MD|MA|MS|DC|CO)\b){STATE_CODE}"
    return re.compile(
        r"(?P<id>(?:[A-Z][a-z'’.]{1,30}\s){0,2}[A-Z][a-z]{1,30}),\s"
        rf"(?:{codes}|(?i:{state_names()}))(?!\w)"
    )


@cache
def _home() -> re.Pattern[str]:
    return re.compile(
        rf"\b{HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now|in|and\s+raised)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?|around|by|at)\s+(?:downtown\s+)?$",
        re.IGNORECASE,
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?:{_PLACE_CUE})\s{{1,3}}|(?:city|town|hometown|address)\s?:\s?)$", re.IGNORECASE
    )
