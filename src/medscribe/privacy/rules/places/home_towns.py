"""A text -> towns that are in no list, by what is said before them: "i live in", "from"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import LISTED, SURE, Finding
from medscribe.privacy.rules.places.states import state_names
from medscribe.privacy.rules.word_list import Flag, flags, is_ordinary, places, regions

HOME = (
    r"(?:live[sd]?|living|resid(?:e[sd]?|ing)|moved|relocated|grew\s+up|raised|born|stay(?:s|ing|ed)|"
    r"hometown\s+is|house|apartment|place|farm|family|folks|home|came|come|comes|coming|drove|drives|"
    r"all\s+the\s+way|am|i'm|he's|she's|originally|commut\w+|fl[eiy]\w{1,4}|travel\w*|transferred|airlifted|camping|airport|plant|mill|factory|"
    r"warehouse)"
)
"""Words before "in" or "from" that tell where somebody lives."""

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


def find_home_towns(text: str, asked: Sequence[str] = ()) -> Iterator[Finding]:
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
    yield from _told(text, asked)


def _told(text: str, asked: Sequence[str]) -> Iterator[Finding]:
    """Capitals after "lives in", and what answers "where do you live?"."""
    if any(_home_question().search(question) for question in asked[:2]):
        answer = _bare_answer().match(text)
        listed = answer and " in " in f" {answer.group().lower()}" and _is_listed(answer["id"])
        if answer and (listed or _is_town(answer["id"])):
            yield Finding(*answer.span("id"), PiiKind.LOCATION, SURE)
    for match in _home_capitals().finditer(text):
        marks = flags(match.group("id").split()[0])
        if not {Flag.REGION, Flag.NEVER, Flag.CLINICAL, Flag.FREQUENT} & set(marks):
            yield Finding(*match.span("id"), PiiKind.LOCATION, SURE)


def _is_town(name: str) -> bool:
    """Whether the word after "live in" is no English word, state or function word."""
    marks = flags(name)
    known = {Flag.NEVER, Flag.REGION, Flag.CONTRACTION, Flag.CLINICAL, Flag.FREQUENT, Flag.NOT_NAME}
    return not known & set(marks) and not is_ordinary(marks) and name.lower() not in regions()


def _is_listed(name: str) -> bool:
    return name.lower() in places()


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


@cache
def _before_spoken_state() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|from|near|to|of|at|outside)\s+(?P<id>[^\W\d_]{3,20}(?:\s+[^\W\d_]{3,20})?),?\s+"
        rf"(?:{state_names()})(?!\w)(?!\s+(?:state|university))",
        re.IGNORECASE,
    )


@cache
def _home_town() -> re.Pattern[str]:
    return re.compile(
        rf"\b{HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now|and\s+raised)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?)\s+(?:downtown\s+)?(?P<id>[^\W\d_]{4,25})(?![\w'’-])",
        re.IGNORECASE,
    )


@cache
def _formed_town() -> re.Pattern[str]:
    """ "in oak park", "near cedar falls", "from west bend": two words built as towns are."""
    return re.compile(
        rf"\b{HOME}\s+(?:(?:over|out|up|down|back|here|right|there|now)\s+){{0,2}}"
        r"(?:in|to|near|from|outside(?:\s+of)?)\s+"
        rf"(?P<id>(?P<first>[^\W\d_]{{3,15}})\s+(?:{_TOWN_ENDS})|(?P<start>{_TOWN_STARTS})\s+[^\W\d_]{{4,15}})"
        r"(?![\w'’-])",
        re.IGNORECASE,
    )


@cache
def _home_question() -> re.Pattern[str]:
    return re.compile(
        r"\bwhere\s+(?:\w{1,8}\s+){0,3}(?:live|living|from|born|reside|stay)\b|\bwhat\s+(?:city|town|"
        r"county)\b|\b(?:he|she|they|you)\s+lives?\b|\b(?:home\s?town|your\s+address)\b",
        re.IGNORECASE,
    )


@cache
def _bare_answer() -> re.Pattern[str]:
    return re.compile(
        r"^\W*(?:(?:uh|um|oh|well|yeah|yes|yep|right|in|over|out|i'm|from|just|near|outside|of|it's|we're|i|live)\W+){0,5}"
        r"(?P<id>[^\W\d_]{4,25})(?=\W*(?:$|,|\.|\band\b|\bnow\b))",
        re.IGNORECASE,
    )


@cache
def _home_capitals() -> re.Pattern[str]:
    """Any capitals after "live in": "lives in Independence", "moved to Coeur d'Alene"."""
    word = r"(?:St\.|Ft\.|Mt\.|(?:d['’])?[A-Z][a-z'’]{1,20})"
    return re.compile(
        rf"\b(?i:{HOME})\s+(?:(?:over|out|up|down|back|here)\s+)?(?:in|to|near|from|outside(?:\sof)?)\s"
        rf"(?P<id>{word}(?:[\s-](?:(?:de|du|des|la)\s)?{word}){{0,2}})(?!\w)"
    )
