"""A text -> street addresses, post boxes and postal codes, written or spoken.

"forty two oak avenue apartment three b", "12 Rue de la Paix", "Koskikatu 25", "PO box 12".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.digit_runs import Run, digit_runs
from medscribe.privacy.digit_words import number_words
from medscribe.privacy.finding import CONTEXT, FORM, LIKELY, LISTED, SURE, Finding, matches
from medscribe.privacy.states import STATE_CODE, state_names
from medscribe.privacy.word_list import Flag, flags

_STREETS = (
    r"streets?|avenues?|ave|road|lane|boulevard|blvd|parkway|pkwy|highway|hwy|terrace|crescent|"
    r"route|turnpike|expressway|freeway"
)
_STREETS_OR_WORDS = (
    r"drive|court|circle|place|way|square|trail|close|st|rd|dr|ln|ct|pl|cir|ter|row|loop|alley|"
    r"walk|run|path|pike|point|plaza|cove|bend|ridge|crossing|mews|gardens|grove|heights|hill"
)
_FIRST = (
    r"Rue|Calle|Via|Viale|Vicolo|Piazza|Corso|Largo|Avenida|Av\.|Avda\.?|Rua|Travessa|Chemin|Plaza|"
    r"Paseo|Camino|Carrer|Carretera|All[ée]e|Quai|Impasse|Place|Avenue|Boulevard|Cours|Route|"
    r"Ulica|ul\.|Ul\.|Strada|Jalan|C/|P\.za|Praça|Rond-point|Ruelle|Esplanade|Faubourg|Passeig"
)
"""Street types that come before the name."""

_LAST = (
    r"stra(?:ß|ss)e|str\.|gasse|weg|allee|platz|damm|ufer|ring|gatan|gata|v[äa]gen|v[äa]g|gr[äa]nd|"
    r"vejen|vej|gade|vangen|parken|veien|vei|gaten|gate|katu|tie|kuja|polku|straat|laan|plein|"
    r"gracht|dijk|kade|singel|utca|ulice|t[ée]r|n[áa]m[ěe]st[íi]|all[ée]|torg|stien|bakken|braut|"
    r"brekka|skógur|staðir|mýri|hólar|l[æa]kur"
)
"""Endings of one-word street names."""

_NO_NAME = (
    r"(?:of|the|in|on|at|and|for|to|a|an|my|our|your|his|her|its|their|this|that|these|those|times|"
    r"years?|days?|weeks?|hours?|minutes?|months?|blocks?|miles?|milligrams?|mg|more|other|same|"
    r"next|or|is|was|with|by|down|up|off|side|wrong|right|busy|bumpy|another|any|some|every|what|"
    r"which|across|along|main\s+(?=road)|back|dirt|gravel|country|long|open|public|private|"
    r"rocky|single|percent|wide|whole|new|old|local|quiet|residential|dead|no|one|two|three|"
    r"crossing|into|from|hit)"
)
_WORD = rf"(?!{_NO_NAME}\b)[^\W_][\w'’.-]{{0,30}}"
_APART = r"(?:\.?\s+(?:number\s+|no\.?\s+)?(?:\#\s?)?|\.|\#|(?=\d))"
_UNIT = rf"(?:(?:apartment|apt|suite|ste|unit|flat|floor|fl|building|bldg|lot|room){_APART}|\#\s?)"


def find_streets(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Addresses and postal codes of `text`; `asked` are turns before it that may ask for one."""
    found: list[Finding] = []
    for score, pattern in _patterns():
        found += matches(pattern, text, PiiKind.LOCATION, score, "id")
    found += _lower_case_ways(text)
    streets = [_with_tail(text, finding) for finding in found]
    return [*streets, *_zip_codes(text, asked)]


def _lower_case_ways(text: str) -> Iterator[Finding]:
    """ "forty two oak drive", but "twenty minute drive" and "one good way"."""
    for match in _number_and_way().finditer(text):
        if not any(Flag.FREQUENT in flags(word) for word in match.group("name").split()):
            yield Finding(*match.span("id"), PiiKind.LOCATION, SURE)


def _with_tail(text: str, street: Finding) -> Finding:
    """A street with the unit, town lines and postal code behind it."""
    tail = _tail().match(text, street.end)
    return street._replace(end=tail.end()) if tail and tail.group().strip() else street


def with_zip(text: str, place: Finding) -> Finding:
    """A place with the five digits said right behind it: "seattle nine eight one oh one"."""
    gap = _short_gap().match(text, place.end)
    run = next(digit_runs(text[gap.end() : gap.end() + 60], commas=True), None) if gap else None
    if gap and run and run.start == 0 and run.digits in (5, 9) and len(run.pieces) >= 4:
        return place._replace(end=gap.end() + run.end)
    return place


def _zip_codes(text: str, asked: Sequence[str]) -> Iterator[Finding]:
    for match in _written_zip().finditer(text):
        if "-" in match.group() or _ends_with_state().search(
            text, max(0, match.start() - 25), match.start()
        ):
            yield Finding(*match.span(), PiiKind.LOCATION, FORM)
    yield from matches(_postcode(), text, PiiKind.LOCATION, LISTED)
    yield from matches(_spoken_postcode(), text, PiiKind.LOCATION, LISTED)
    starts = [match.end() for match in _zip_word().finditer(text)]
    starts += [0] if any(_zip_question().search(question) for question in asked) else []
    for start in starts:
        yield from _zip_from(text, start)
    for match in _spoken_state().finditer(text):
        run = next(digit_runs(text[match.end() : match.end() + 60]), None)
        if run and run.start == 0 and run.digits in (5, 9) and len(run.pieces) >= 3:
            start = match.end()
            yield Finding(start, start + run.end, PiiKind.LOCATION, LISTED)
    yield from matches(_zip_before(), text, PiiKind.LOCATION, LISTED, "id")


def _zip_from(text: str, start: int) -> Iterator[Finding]:
    """The five or nine digits that begin soon after `start`; what is dictated after them is not."""
    run = next(digit_runs(text[start : start + 120], commas=True), None)
    if run is None or run.start > 45:
        return
    for length in (9, 5):
        for last in range(1, len(run.pieces) + 1):
            part = Run(run.pieces[:last])
            if part.digits == length and (length == 5 or last == len(run.pieces)):
                yield Finding(start + run.start, start + part.end, PiiKind.LOCATION, CONTEXT)
                return


def spoken_number(most: int) -> str:
    """Pattern of figures, or of up to `most` number words."""
    words = "|".join(sorted(number_words(), key=len, reverse=True))
    return (
        rf"(?:\d{{1,6}}[A-Za-z]?|(?:(?:{words})(?:[\s-]+(?:and\s+)?(?:{words})){{0,{most - 1}}}))"
    )


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    number, any_case = spoken_number(6), re.IGNORECASE
    way = r"(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]{1,2}\.?)"
    nth = (
        r"(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-])?"
        r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
        r"\w{3,6}teenth|\w{3,5}tieth))"
    )
    capital = r"[A-ZÀ-Þ\d][\w'’.-]{0,30}"
    particles = r"(?:(?:de|del|della|di|da|do|dos|das|la|le|las|los|der|den|van)\s){0,2}"
    capitals = rf"[A-ZÀ-Þ][\w'’.-]{{0,30}}(?:\s{particles}{capital}){{0,4}}"
    inner = r"(?:(?:de|des|du|del|della|dei|di|da|do|dos|das|la|le|les|las|los|l'|d'|el)\s?){0,3}"
    return (
        (
            CONTEXT,
            re.compile(
                rf"(?<![\w.])(?P<id>{number}\s*,?\s+(?:{way}\s+)?(?:{_WORD}\s+){{1,3}}(?:{_STREETS})\b\.?"
                rf"(?:\s+{way}\b)?)",
                any_case,
            ),
        ),
        (
            CONTEXT,
            re.compile(
                rf"(?<![\w.])(?P<id>\d{{1,6}}[A-Za-z]?,?\s+(?:[NSEW]{{1,2}}\.?\s+)?(?:[A-Z\d][\w'’.-]{{0,30}}\s+){{1,3}}"
                rf"(?:{'|'.join(word.capitalize() for word in _STREETS_OR_WORDS.split('|'))})\b\.?)"
            ),
        ),
        # "on maple street", "near fifth and main"
        (
            LISTED,
            re.compile(
                r"\b(?:on|at|off|off\s+of|from|near|down|along|of|live\s+(?:at|over\s+on)|address\s+is)\s+"
                rf"(?P<id>(?:{way}\s+)?(?:{nth}|{_WORD}(?:\s+{_WORD})?)\s+(?:street|avenue|ave|boulevard|blvd|"
                r"lane|parkway|terrace|st\b(?=\.?\s*(?:,|$|\.)))\b)",
                any_case,
            ),
        ),
        (
            LISTED,
            re.compile(
                r"(?P<id>(?:[A-Z][\w'’-]{1,30}\s){1,2}(?:Street|Avenue|Ave|Road|Lane|Boulevard|Blvd|Parkway)\b)"
            ),
        ),
        (
            CONTEXT,
            re.compile(
                rf"(?<!\w)(?P<id>(?:\d{{1,5}}[A-Za-z]?(?:,\s?|\s))?(?:{_FIRST})\s{inner}{capitals}(?:,?\s\d{{1,5}}\b)?)"
            ),
        ),
        (
            CONTEXT,
            re.compile(
                rf"(?<![\w.])(?P<id>(?:\d{{1,5}}\s)?(?:[A-ZÀ-Þ][\w-]{{1,20}}\s)?[A-ZÀ-Þ][\w-]{{1,25}}(?:{_LAST})\s\d{{1,5}}(?:\s?[a-zA-Z](?!\w))?)"
            ),
        ),
        (
            CONTEXT,
            re.compile(
                rf"(?<![\w.])(?P<id>\w{{2,25}}(?:stra(?:ß|ss)e|straat|gatan|vejen|gasse|katu)(?:\s{number})?)(?!\w)",
                any_case,
            ),
        ),
        # "8274 Norra Esplanaden Apt. 2"
        (
            LISTED,
            re.compile(
                rf"(?<![\w.])(?P<id>\d{{1,6}}\s{capitals}(?:\s\d{{1,5}})?,?\s(?:Apt\.?|Suite|Unit|Apartment|Ste\.?)\s\#?\w{{1,6}})"
            ),
        ),
        (
            CONTEXT,
            re.compile(
                rf"\b(?P<id>(?:p\.?\s?o\.?\s+box|post\s+office\s+box)\s*\#?\s*(?:number\s+)?{number})\b",
                any_case,
            ),
        ),
        (
            LISTED,
            re.compile(
                rf"\b(?P<id>(?:apartment|apt|suite|ste|flat){_APART}"
                rf"(?:\d{{1,5}}\s?[A-Za-z]?|[A-Za-z]-?\d{{1,4}}|{number}(?:\s[a-z])?|[b-hj-np-z]))(?!\w)",
                any_case,
            ),
        ),
        (
            LIKELY,
            re.compile(
                rf"\b(?P<id>(?:highway|route|interstate|county\s+road|rural\s+route|state\s+road)\s+{number})\b",
                any_case,
            ),
        ),
    )


@cache
def _short_gap() -> re.Pattern[str]:
    return re.compile(r"[\s,.]{1,3}(?:(?:uh|um|and)[\s,]{1,2})?")


@cache
def _number_and_way() -> re.Pattern[str]:
    ways = r"drive|court|circle|place|way|square|trail|close|loop|alley|road|lane|cove|terrace"
    return re.compile(
        rf"(?<![\w.])(?P<id>{spoken_number(6)}\s+(?P<name>{_WORD}(?:\s+{_WORD})?)\s+(?:{ways}))\b",
        re.IGNORECASE,
    )


@cache
def _tail() -> re.Pattern[str]:
    """Unit, town and state lines, postal code and what else an address has, as far as they go."""
    number = spoken_number(4)
    capitals = r"[A-ZÀ-Þ][\w'’.-]{1,30}(?:[\s-](?:de\s|del\s|la\s)?[A-ZÀ-Þ][\w'’.-]{1,30}){0,3}"
    figures = r"[A-Z]{0,2}-?\d{4,6}(?:-\d{3,4})?(?!\d)"
    state = rf"(?:{STATE_CODE}\b|(?i:{state_names()})\b)"
    return re.compile(
        rf"(?:[\s,]{{1,3}}(?i:{_UNIT})(?:(?i:{number})(?:\s?[A-Za-z])?|[A-Za-z])(?!\w))?"
        rf"(?:[\s,]{{1,3}}{figures}[\s,]{{1,3}}{capitals}"
        rf"|,?\s{capitals}(?:,?\s|\n,\s){state}(?:,?\s{figures})?"
        rf"|\n{{1,2}},?\s?{capitals}"
        rf"|,\s{capitals}(?=,?\s{figures}))?"
        rf"(?:[\s,]{{1,4}}{state})?(?:[\s,]{{1,4}}{figures})?(?:\n\s?{capitals}(?:\s{figures})?)?"
    )


@cache
def _written_zip() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,-])\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)")


@cache
def _ends_with_state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{STATE_CODE}|(?i:{state_names()}))[\s,]{{1,3}}$")


@cache
def _spoken_state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{state_names()})[\s,]{{1,3}}", re.IGNORECASE)


@cache
def _postcode() -> re.Pattern[str]:
    """British and Canadian postal codes."""
    return re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?!\w)")


@cache
def _spoken_postcode() -> re.Pattern[str]:
    """ "SW sixteen six JT", "s w sixteen six j t"."""
    number = spoken_number(2)
    return re.compile(
        rf"(?<![\w'])(?:[A-Z]{{1,2}}\s{number}[\s,]{{1,2}}(?i:{number})\s[A-Z]\s?[A-Z]|"
        rf"[a-z](?:\s[a-z])?\s{number}\s{number}\s[a-z]\s[a-z])(?![\w'])"
    )


@cache
def _zip_word() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:zip|postal|post)(?:\s*code)\b|\bzip\b(?:\s+(?:is|it's|of))?", re.IGNORECASE
    )


@cache
def _zip_question() -> re.Pattern[str]:
    return re.compile(r"\b(?:zip|postal\s*code|postcode)\b[^.?!]{0,60}[\s.?!]*$", re.IGNORECASE)


@cache
def _zip_before() -> re.Pattern[str]:
    """ "02139 is my zip code"."""
    return re.compile(
        rf"(?<!\w)(?P<id>{spoken_number(5)})\s+(?:is|was|that's|as)\s+(?:my|our|the|his|her)\s+zip",
        re.IGNORECASE,
    )
