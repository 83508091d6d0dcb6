"""A text -> geography smaller than a state: streets, ZIP codes, towns, counties, hospitals.

States and countries stay, as Safe Harbor lets them, but for a state behind a town.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.finding import (
    CONTEXT,
    LIKELY,
    LISTED,
    SURE,
    Finding,
    matches,
)
from medscribe.privacy.institutions import find_institutions
from medscribe.privacy.states import STATE_CODE, state_names
from medscribe.privacy.streets import find_streets, with_zip
from medscribe.privacy.word_list import Flag, flags, is_name, is_ordinary, places, regions

_PLACE_CUE = (
    r"in|at|in\s+the|from|near|around|outside|outside\s+of|downtown|moved\s+(?:back\s+)?to|visiting|went\s+to|"
    r"over\s+in|out\s+in|drove\s+to|flew\s+to|back\s+to|trip\s+to|up\s+in|our|the"
)
_HOME = (
    r"(?:live[sd]?|living|resid(?:e[sd]?|ing)|moved|relocated|grew\s+up|raised|born|stay(?:s|ing|ed)|"
    r"hometown\s+is|house|apartment|place|farm|family|folks|home|came|come|comes|coming|drove|drives|"
    r"all\s+the\s+way|am|i'm|he's|she's|originally|commut\w+)"
)
_DIRECTIONS = frozenset(
    [
        *("northern", "southern", "eastern", "western", "central", "upstate", "downstate"),
        *("north", "south", "east", "west", "mid", "coastal", "northeast", "northwest", "rural"),
    ]
)
_TOWN_ENDS = (
    r"park|falls|springs|city|heights|hills|lakes?|beach|grove|valley|creek|rapids|bluffs?|junction|"
    r"harbor|point|village|station|ridge|view|island|bay|ferry|mills|rock|forks?|prairie|gardens|"
    r"estates|district|acres|river|oaks|pines|township|county|landing|crossing|corners?|bend"
)
_TOWN_STARTS = (
    r"new|north|south|east|west|fort|port|mount|mt|lake|saint|st|san|santa|los|las|el|la|des|grand|"
    r"glen|palm|cape|point|upper|lower|little|cedar|oak|maple|pine|elm|rock|round|council|eau|du|"
    r"sioux|silver|coral|boca|baton|terre|white|red|blue|green|spring|sun|mission|college"
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
        *_homes(text, asked),
    ]
    found = [_with_state(text, finding) for finding in found]
    return [*found, *_joined(text, found)]


def _towns(text: str) -> Iterator[Finding]:
    """Listed towns; one that is also a word or a name needs a word such as "from" before it."""
    words = list(_word().finditer(text))
    for at, word in enumerate(words):
        for length in _town_lengths().get(word.group().lower(), ()):
            end = words[min(at + length, len(words)) - 1].end()
            town = text[word.start() : end]
            if " ".join(town.lower().split()) not in places():
                continue
            score = _town_score(town, text, word.start(), end)
            if score:
                house = _house_after().match(text, end)
                yield Finding(word.start(), house.end() if house else end, PiiKind.LOCATION, score)
            break


def _town_score(town: str, text: str, start: int, end: int) -> float:
    marks = flags(town)
    other = is_ordinary(marks) or Flag.POPULAR in marks or Flag.EPONYM in marks
    if " " in town or not other or _state_after().match(text, end):
        return LISTED
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


def _homes(text: str, asked: Sequence[str]) -> Iterator[Finding]:
    """Towns that are in no list, in any case: after "live in", before a state, by their form."""
    for match in _home_town().finditer(text):
        if _is_town(match.group("id")):
            yield Finding(*match.span("id"), PiiKind.LOCATION, LISTED)
    for match in _formed_town().finditer(text):
        if match["first"] is None or Flag.FREQUENT not in flags(match["first"]):
            yield Finding(*match.span("id"), PiiKind.LOCATION, SURE)
    for match in _before_spoken_state().finditer(text):
        if _names_town(match.group("id")):
            yield Finding(*match.span("id"), PiiKind.LOCATION, LISTED)
    if any(_home_question().search(question) for question in asked[:2]):
        answer = _bare_answer().match(text)
        if answer and _is_town(answer.group("id")):
            yield Finding(*answer.span("id"), PiiKind.LOCATION, SURE)


def _is_town(name: str) -> bool:
    """Whether the word after "live in" is no English word, state or function word."""
    marks = flags(name)
    known = {Flag.NEVER, Flag.REGION, Flag.CONTRACTION, Flag.CLINICAL, Flag.FREQUENT, Flag.NOT_NAME}
    return not known & set(marks) and not is_ordinary(marks) and name.lower() not in regions()


def _names_town(words: str) -> bool:
    """Whether the words before a state can be a town: "ames iowa", not "northern iowa"."""
    if words.lower() in regions():
        return False
    parts = words.lower().split()
    marks = [flags(part) for part in parts]
    if parts[-1] in _DIRECTIONS or (parts[0] in _DIRECTIONS and len(parts) == 1):
        return False
    return not any(Flag.NEVER in mark or Flag.REGION in mark for mark in marks) and not all(
        Flag.FREQUENT in mark for mark in marks
    )


def _unlisted_towns(text: str) -> Iterator[Finding]:
    """Capitalised unknown words after "in" or "from", or before a state: "Whitby, Ontario"."""
    for match in _capitals_after_cue().finditer(text):
        marks = flags(match.group("id").split()[0])
        known = {Flag.CLINICAL, Flag.NOT_NAME, Flag.EPONYM, Flag.NEVER, Flag.REGION}
        if not known & set(marks) and not is_ordinary(marks):
            yield Finding(match.start("id"), match.end("id"), PiiKind.LOCATION, LIKELY)
    for match in _home_capitals().finditer(text):
        marks = flags(match.group("id").split()[0])
        if not {Flag.REGION, Flag.NEVER, Flag.CLINICAL, Flag.FREQUENT} & set(marks):
            yield Finding(*match.span("id"), PiiKind.LOCATION, SURE)
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
def _house_after() -> re.Pattern[str]:
    return re.compile(rf"\s+{_HOUSE_AFTER_TOWN}(?!\w)", re.IGNORECASE)


@cache
def _state_after() -> re.Pattern[str]:
    """A state right behind a place; a code needs capitals, and a comma where it is also a word."""
    word = r"(?:OK|IN|OR|ME|HI|PA|MD|MA|MS|DC|CO|AL|LA|CT|ID|MO)"
    code = rf"(?:\s?,\s?{STATE_CODE}|\s(?!{word}\b){STATE_CODE})(?!['’\w])"
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
def _home_capitals() -> re.Pattern[str]:
    """Any capitals after "live in": "lives in Independence", "moved to Coeur d'Alene"."""
    word = r"(?:St\.|Ft\.|Mt\.|(?:d['’])?[A-Z][a-z'’]{1,20})"
    return re.compile(
        rf"\b(?i:{_HOME})\s+(?:(?:over|out|up|down|back|here)\s+)?(?:in|to|near|from|outside(?:\sof)?)\s"
        rf"(?P<id>{word}(?:[\s-](?:(?:de|du|des|la)\s)?{word}){{0,2}})(?!\w)"
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
def _before_spoken_state() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|from|near|to|of|at|outside)\s+(?P<id>[^\W\d_]{3,20}(?:\s+[^\W\d_]{3,20})?),?\s+"
        rf"(?:{state_names()})(?!\w)(?!\s+(?:state|university))",
        re.IGNORECASE,
    )


@cache
def _home() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now|and\s+raised)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?|around|by|at)\s+(?:downtown\s+)?$",
        re.IGNORECASE,
    )


@cache
def _home_town() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now|and\s+raised)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?)\s+(?:downtown\s+)?(?P<id>[^\W\d_]{4,25})(?![\w'’-])",
        re.IGNORECASE,
    )


@cache
def _formed_town() -> re.Pattern[str]:
    """ "in oak park", "near cedar falls", "from west bend": two words built as towns are."""
    return re.compile(
        rf"\b{_HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?)\s+"
        rf"(?P<id>(?P<first>[^\W\d_]{{3,15}})\s+(?:{_TOWN_ENDS})|(?P<start>{_TOWN_STARTS})\s+[^\W\d_]{{4,15}})"
        r"(?![\w'’-])",
        re.IGNORECASE,
    )


@cache
def _home_question() -> re.Pattern[str]:
    return re.compile(
        r"\bwhere\s+(?:\w{1,8}\s+){0,3}(?:live|living|from|born|reside|stay)\b|\bwhat\s+(?:city|town|"
        r"county)\b|\b(?:home\s?town|your\s+address)\b",
        re.IGNORECASE,
    )


@cache
def _bare_answer() -> re.Pattern[str]:
    return re.compile(
        r"^\W*(?:(?:uh|um|oh|well|in|over|out|i'm|from|just|near|outside|of|it's|we're|i|live)\W+){0,5}"
        r"(?P<id>[^\W\d_]{4,25})(?=\W*(?:$|,|\.|\band\b|\bnow\b))",
        re.IGNORECASE,
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_PLACE_CUE})\s+$", re.IGNORECASE)
