"""A text -> geography smaller than a state: streets, ZIP codes, towns, hospitals.

States and countries stay, as Safe Harbor lets them.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.digit_runs import digit_runs, number_words
from medscribe.privacy.finding import CONTEXT, FORM, LIKELY, LISTED, SURE, Finding, matches
from medscribe.privacy.word_list import (
    Flag,
    flags,
    house_adjectives,
    is_name,
    is_ordinary,
    places,
    regions,
)

_STREETS = (
    r"street|avenue|ave|road|lane|boulevard|blvd|parkway|pkwy|highway|hwy|terrace|crescent|route"
)
_STREETS_OR_WORDS = r"drive|court|circle|place|way|square|trail|close|st|rd|dr|ln|ct|pl|row|loop"
_HOUSES = (
    r"hospital|medical\s+cent(?:er|re)|health\s+cent(?:er|re)|clinic|infirmary|health\s+system|"
    r"nursing\s+home|hospice|general\s+hospital|cancer\s+cent(?:er|re)|memorial|surgery\s+cent(?:er|re)|"
    r"healthcare|medical\s+group|elementary(?:\s+school)?|high\s+school|middle\s+school|university"
)
_SAINTS = frozenset(["st", "saint", "mount", "mt", "sacred", "holy"])
_PLACE_CUE = r"in|from|near|around|outside|outside\s+of|downtown|moved\s+to|visiting|went\s+to"


def find_places(text: str, previous: str = "") -> list[Finding]:
    """Places of `text` smaller than a state; `previous` is the utterance before."""
    return [
        *matches(_street(), text, PiiKind.LOCATION, CONTEXT, "id"),
        *matches(_small_street(), text, PiiKind.LOCATION, CONTEXT, "id"),
        *matches(_unit(), text, PiiKind.LOCATION, CONTEXT),
        *_zip_codes(text, previous),
        *_towns(text),
        *_houses(text),
        *_capital_houses(text),
        *matches(_saint(), text, PiiKind.LOCATION, SURE, "id"),
        *matches(_county(), text, PiiKind.LOCATION, CONTEXT, "id"),
        *_unlisted_towns(text),
    ]


def _zip_codes(text: str, previous: str) -> Iterator[Finding]:
    for match in _written_zip().finditer(text):
        if "-" in match.group() or _ends_with_state().search(text[: match.start()][-25:]):
            yield Finding(*match.span(), PiiKind.LOCATION, FORM)
    yield from matches(_postcode(), text, PiiKind.LOCATION, LISTED)
    starts = [match.end() for match in _zip_word().finditer(text)]
    if _zip_question().search(previous):
        starts.append(0)
    for start in starts:
        for run in digit_runs(text[start : start + 60], commas=True):
            if run.start <= 15 and run.digits in (5, 9):
                yield Finding(start + run.start, start + run.end, PiiKind.LOCATION, CONTEXT)
            break


def _towns(text: str) -> Iterator[Finding]:
    """Listed towns; one that is also a word or a name needs a word such as "from" before it."""
    words = list(_word().finditer(text))
    for at, word in enumerate(words):
        for length in _town_lengths().get(word.group().lower(), ()):
            end = words[min(at + length, len(words)) - 1].end()
            town = text[word.start() : end]
            if " ".join(town.lower().split()) not in places():
                continue
            score = _town_score(town, text[max(0, word.start() - 15) : word.start()])
            if score:
                yield Finding(word.start(), end, PiiKind.LOCATION, score)
            break


def _town_score(town: str, before: str) -> float:
    marks = flags(town)
    other = is_ordinary(marks) or Flag.POPULAR in marks or Flag.EPONYM in marks
    if " " in town or not other:
        return LISTED
    clear = town[0].isupper() or (Flag.FREQUENT not in marks and Flag.USED not in marks)
    return CONTEXT if clear and _cue().search(before) else 0


def _houses(text: str) -> Iterator[Finding]:
    """Named hospitals, clinics and schools: "mercy hospital", not "the local hospital"."""
    for house in _house_pattern().finditer(text):
        before = text[max(0, house.start() - 60) : house.start()]
        named = len(before)
        for word in reversed(list(_word().finditer(before))):
            if before[word.end() : named].strip(" .") or not _names_house(word.group()):
                break
            named = word.start()
        if named < len(before):
            start = house.start() - len(before) + named
            yield Finding(start, house.end(), PiiKind.LOCATION, LISTED)


def _capital_houses(text: str) -> Iterator[Finding]:
    """Capitalised names with what belongs to them: "Children's Hospital of Saint Paul"."""
    for match in _capital_house().finditer(text):
        words = [word.group() for word in _word().finditer(match.group("name"))]
        if any(map(_tells_house, words)):
            yield Finding(*match.span("id"), PiiKind.LOCATION, LISTED)


def _names_house(word: str) -> bool:
    """Whether `word` before "hospital" tells which one."""
    lower = word.lower().rstrip(".")
    marks = flags(lower)
    if lower in _SAINTS or Flag.PLACE in marks:
        return True
    if Flag.NEVER in marks or "-" in word or lower in house_adjectives():
        return False
    if (Flag.CLINICAL in marks and is_ordinary(marks)) or (word.isupper() and len(word) > 1):
        return False
    if word[0].isupper():
        return Flag.FREQUENT not in marks
    return Flag.FREQUENT not in marks and (is_name(marks) or not is_ordinary(marks))


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


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def _tells_house(word: str) -> bool:
    """Whether a capitalised word before "Hospital" tells which one: "Elm", not "Primary"."""
    lower = word.lower().rstrip(".")
    marks = flags(lower)
    if Flag.NEVER in marks or lower in house_adjectives():
        return False
    return is_name(marks) or Flag.PLACE in marks or Flag.CLINICAL not in marks


@cache
def _street() -> re.Pattern[str]:
    number = rf"(?:\d{{1,6}}[A-Za-z]?|(?:(?:{'|'.join(number_words())}|hundred|and)[\s-]+){{1,5}})"
    word = r"(?!(?:of|the|in|on|at|and|for|to|a|my|times|years|days|weeks|blocks|miles)\b)[\w'’.]+"
    return re.compile(
        rf"(?<![\w.])(?P<id>{number}\s*,?\s*(?:{word}\s+){{1,3}}(?:{_STREETS})\b\.?)", re.IGNORECASE
    )


@cache
def _small_street() -> re.Pattern[str]:
    """Endings that are also words need capitals: "12 Oak Drive"; or a town line after them."""
    return re.compile(
        rf"(?<![\w.])(?P<id>\d{{1,6}}[A-Za-z]?\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'’.]+\s+){{1,3}}"
        rf"(?:{'|'.join(word.capitalize() for word in _STREETS_OR_WORDS.split('|'))})\b\.?)"
    )


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:apartment|apt|suite|ste|room|unit|p\.?\s?o\.?\s+box)\.?\s*#?\s*"
        r"(?:\d+[A-Za-z]?|[A-Za-z]-?\d+)\b",
        re.IGNORECASE,
    )


@cache
def _written_zip() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,-])\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)")


@cache
def _ends_with_state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_STATE_CODES}|(?i:{_alternatives(regions())}))[\s,]+$")


_STATE_CODES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    "T[NX]|UT|V[AT]|W[AIVY]"
)


@cache
def _postcode() -> re.Pattern[str]:
    """British and Canadian postal codes."""
    return re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?!\w)")


@cache
def _zip_word() -> re.Pattern[str]:
    return re.compile(r"\b(?:zip|postal)(?:\s*code)?\b(?:\s+(?:is|it's|of))?", re.IGNORECASE)


@cache
def _zip_question() -> re.Pattern[str]:
    return re.compile(r"\b(?:zip|postal\s*code)\b[^.?!]{0,20}[\s.?!]*$", re.IGNORECASE)


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
    return re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?")


@cache
def _house_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_HOUSES})\b", re.IGNORECASE)


@cache
def _capital_house() -> re.Pattern[str]:
    houses = (
        r"Hosp(?:ital|\.)?|Clinic|(?:Med(?:ical|\.)?|Health|Cancer|Heart|Surgery)\s(?:Cent(?:er|re)|Ctr)|"
        r"Infirmary|Health(?:care)?|Institute|Memorial|Practice|Pharmacy|General|Med(?:ical)?|Hospice|"
        r"University|College|School|Church"
    )
    word = r"[A-Z][\w'’.-]*\w\.?"
    return re.compile(
        rf"(?<![\w'’])(?P<id>(?P<name>{word}(?:\s(?:(?:and|of|&)\s)?{word}){{0,4}}?)\s(?:{houses})"
        rf"(?:\s(?:{houses}))?(?!\w)(?P<town>(?:,?\s(?:of|at|in)\s|\s){word}(?:\s{word})?)?)"
    )


@cache
def _saint() -> re.Pattern[str]:
    return re.compile(r"\b(?:at|to|from|in)\s(?P<id>(?:St\.?|Saint)\s[A-Z][a-z]+(?:['’]s)?)")


@cache
def _county() -> re.Pattern[str]:
    return re.compile(r"\b(?P<id>(?:[A-Z][a-z]+\s){1,2}(?:County|Township|Parish))\b")


@cache
def _capitals_after_cue() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:live[sd]?\s+in|living\s+in|moved\s+(?:to|from)|from|born\s+in|in|near|visiting|"
        r"went\s+to|downtown)\s+(?P<id>[A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,}){0,2})\b"
    )


@cache
def _before_state() -> re.Pattern[str]:
    """A code that is also a word or a degree ("OK", "PA", "MD") tells no state here."""
    codes = rf"(?!(?:OK|IN|OR|ME|HI|PA|MD|MA|MS|DC|CO)\b)(?:{_STATE_CODES})"
    return re.compile(
        rf"(?P<id>(?:[A-Z][a-z'’.]+\s){{0,2}}[A-Z][a-z]+),\s"
        rf"(?:{codes}|(?i:{_alternatives(regions())}))(?!\w)"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_PLACE_CUE})\s+$", re.IGNORECASE)
