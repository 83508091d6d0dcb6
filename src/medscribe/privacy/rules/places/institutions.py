"""A text -> named hospitals, clinics, schools, churches and other houses that tell a place.

"mercy hospital", "Children's Hospital of Saint Paul", "lincoln elementary"; not "the local clinic".
"""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import LIKELY, LISTED, SURE, Finding, matches
from medscribe.privacy.rules.places.states import state_names
from medscribe.privacy.rules.word_list import Flag, flags, house_adjectives, is_name, is_ordinary

_HOUSES = (
    r"hospital|medical\s+cent(?:er|re)|health\s+cent(?:er|re)|clinic|infirmary|health\s+system|"
    r"nursing\s+home|hospice|cancer\s+cent(?:er|re)|memorial|surgery\s+cent(?:er|re)|"
    r"healthcare|medical\s+group|elementary(?:\s+school)?|high\s+school|middle\s+school|university|"
    r"senior\s+cent(?:er|re)|assisted\s+living|retirement\s+(?:community|village|home)|"
    r"rehab(?:ilitation)?\s+cent(?:er|re)|community\s+college|academy|family\s+practice|"
    r"urgent\s+care|church|synagogue|mosque|manor|general\s+hospital|high(?=\s*[.,;?!]|$)|"
    r"(?:fire|police)\s+department|air\s+force\s+base|campground|library|middle(?=\s*[.,;?!]|$)"
)
_CAPITAL_HOUSES = (
    r"Hosp(?:ital|\.)?|Clinic|(?:Med(?:ical|\.)?|Health|Cancer|Heart|Surgery|Neurology|Senior|Care|"
    r"Community|Wellness|Women['’]s|Children['’]s|Rehab(?:ilitation)?|Specialty|Treatment|Imaging|"
    r"Orthop(?:a)?edic|Cardiology|Trauma|Pediatric|Dialysis|Eye|Spine|Pain|Sleep|Recovery|"
    r"Diagnostic|Dental)\s(?:Cent(?:er|re)|Ctr|Clinic|Institute)|Infirmary|Health(?:care)?|"
    r"Institute|Memorial|Practice|Pharmacy|General|Med(?:ical)?|Hospice|University|College|"
    r"School|Church|Cathedral|Academy|Elementary|Manor|Gen\.?(?=\s(?:on|in|for|with|last)\b|[.,)])|VA"
    r"(?!\s\d)|"
    r"(?:Fire|Police)\sDepartment|Library|Rehab|Campus|Cent(?:er|re)"
)
_SAINTED = frozenset(["st", "saint", "mount", "mt", "sacred", "holy"])
_TREES = frozenset(["elm", "oak", "maple", "cedar", "pine", "walnut", "willow", "birch", "aspen"])
"""Clinical as allergens, but the name of many a house."""


def find_institutions(text: str) -> list[Finding]:
    """Houses of `text` whose name tells which one."""
    return [
        *_houses(text),
        *_capital_houses(text),
        *matches(_saint(), text, PiiKind.LOCATION, SURE, "id"),
        *matches(_university_of(), text, PiiKind.LOCATION, LISTED, "id"),
        *matches(_plain_capitals(), text, PiiKind.LOCATION, SURE, "id"),
        *matches(_acronym(), text, PiiKind.LOCATION, LIKELY, "id"),
        *matches(_firm(), text, PiiKind.OTHER_ID, LISTED, "id"),
    ]


def _houses(text: str) -> Iterator[Finding]:
    """Names in any case before a kind of house: the words back to one that tells nothing."""
    for house in _house_pattern().finditer(text):
        low = max(0, house.start() - 60)
        before = text[low : house.start()]
        named = len(before)
        for word in reversed(list(_word().finditer(before))):
            if before[word.end() : named].strip(" .") or not _names_house(word.group()):
                break
            named = word.start()
        if named < len(before):
            yield Finding(low + named, house.end(), PiiKind.LOCATION, LISTED)


def _names_house(word: str) -> bool:
    """Whether `word` before "hospital" tells which one."""
    lower = word.lower().rstrip(".")
    marks = flags(lower)
    if lower in _SAINTED or Flag.PLACE in marks:
        return True
    if Flag.NEVER in marks or "-" in word or lower in house_adjectives():
        return False
    if (Flag.CLINICAL in marks and is_ordinary(marks)) or (word.isupper() and len(word) > 1):
        return False
    if word[0].isupper():
        return Flag.FREQUENT not in marks
    return Flag.FREQUENT not in marks and (is_name(marks) or not is_ordinary(marks))


def _capital_houses(text: str) -> Iterator[Finding]:
    """Capitalised names with what belongs to them: "Children's Hospital of Saint Paul"."""
    for match in _capital_house().finditer(text):
        words = [word.group() for word in _word().finditer(match.group("name"))]
        if any(map(_tells_house, words)) or match.group("town"):
            yield Finding(*match.span("id"), PiiKind.LOCATION, LISTED)


def _tells_house(word: str) -> bool:
    """Whether a capitalised word before "Hospital" tells which one: "Elm", not "Primary"."""
    lower = word.lower().rstrip(".")
    marks = flags(lower)
    if Flag.NEVER in marks or lower in house_adjectives():
        return False
    known = is_name(marks) or Flag.PLACE in marks or lower in _TREES
    return known or Flag.CLINICAL not in marks


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?:[\w'’-]{0,40}\w)?\.?")


@cache
def _house_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_HOUSES})\b", re.IGNORECASE)


@cache
def _capital_house() -> re.Pattern[str]:
    word = r"[A-Z][\w'’-]{0,30}\w\.?"
    own = rf"(?P<name>{word}(?:\s(?:(?:and|of|&)\s)?{word}){{0,4}}?)"
    town = rf"(?:,?\s(?:of|at|in)\s|\s){word}(?:\s{word})?"
    return re.compile(
        rf"(?<![\w'’])(?P<id>{own}\s(?:{_CAPITAL_HOUSES})"
        rf"(?:\s(?:{_CAPITAL_HOUSES}))?(?!\w)(?P<town>{town})?)"
    )


@cache
def _saint() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:at|to|from|in)\s(?P<id>(?:St\.?|Saint|Mt\.?|Mount)\s[A-Z][a-z]+(?:['’]s)?)"
    )


@cache
def _university_of() -> re.Pattern[str]:
    """ "university of iowa", "Children's Hospital Boston", "Bank of Ohio"."""
    capitals = r"(?-i:[A-Z][\w'’.-]{1,30}(?:\s[A-Z][\w'’.-]{1,30}){0,2})"
    return re.compile(
        rf"\b(?P<id>(?:university|college)\s+of\s+(?:{capitals}|{state_names()})(?:\s+(?:hospital|medical\s+center|"
        rf"clinics?|health))?|(?:(?:children|women)['’]?s\s+)?(?:hospital|clinic|cancer\s+center|medical\s+center)"
        rf"\s+(?:of\s+|in\s+)?{capitals})",
        re.IGNORECASE,
    )


@cache
def _plain_capitals() -> re.Pattern[str]:
    """ "General Hospital" written as a name; "the general hospital" is none."""
    plain = (
        r"(?:General|City|County|Central|Regional|University|Community|Memorial|National|State|"
        r"Municipal|District|Veterans['’]?|Mercy|Metropolitan|Metro|Valley|Lakeside|Riverside)"
    )
    house = r"(?:Hospital|General|Health|Medical\sCent(?:er|re)|Clinic|Med\sCenter)"
    return re.compile(rf"\b(?:at|to|from|in|by|of|the|our)\s(?P<id>{plain}\s{house})(?!\w)")


@cache
def _acronym() -> re.Pattern[str]:
    """Hospitals by their letters: "UWMC", "MGH", not "ICU"."""
    return re.compile(r"\b(?:at|to|from|in)\s(?P<id>[A-Z]{1,4}(?:MC|GH))(?![\w-])")


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<id>(?:[A-Z][\w'’&-]{1,30},?\s(?:(?:and|&)\s)?){1,3}(?:Inc|LLC|Ltd|Corp|GmbH|Corporation)\b\.?)"
    )
