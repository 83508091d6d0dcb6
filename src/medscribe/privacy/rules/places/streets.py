"""A text -> street addresses, post boxes and postal codes, written or spoken.

"forty two oak avenue apartment three b", "12 Rue de la Paix", "Koskikatu 25", "PO box 12".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, LIKELY, LISTED, SURE, Finding, matches
from medscribe.privacy.rules.numbers.digit_words import spoken_number
from medscribe.privacy.rules.places.address_lines import APART, with_address_lines
from medscribe.privacy.rules.places.postal_codes import find_postal_codes
from medscribe.privacy.rules.word_list import Flag, flags

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
_NO_WORD = (
    r"(?:of|the|in|on|at|and|for|to|a|an|my|this|that|times|years?|days?|weeks?|hours?|minutes?|"
    r"months?|blocks?|miles?|milligrams?|mg|more|or|is|was|with|by|down|up|percent|from|into)"
)
_WAY = r"(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]{1,2}\.?)"
_NTH = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-])?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w{3,6}teenth|\w{3,5}tieth))"
)
_PARTICLES = r"(?:(?:de|del|della|di|da|do|dos|das|la|le|las|los|der|den|van)\s){0,2}"
_CAPITALS = rf"[A-ZÀ-Þ][\w'’.-]{{0,30}}(?:\s{_PARTICLES}[A-ZÀ-Þ\d][\w'’.-]{{0,30}}){{0,4}}"
_WORD = rf"(?!{_NO_NAME}\b)[^\W_][\w'’.-]{{0,30}}"


def find_streets(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Addresses and postal codes of `text`; `asked` are turns before it that may ask for one."""
    found: list[Finding] = []
    for score, pattern in _patterns():
        found += matches(pattern, text, PiiKind.LOCATION, score, "id")
    found += _lower_case_ways(text)
    streets = [with_address_lines(text, finding) for finding in found]
    return [*streets, *find_postal_codes(text, asked)]


def _lower_case_ways(text: str) -> Iterator[Finding]:
    """ "forty two oak drive", but "twenty minute drive" and "one good way"."""
    for match in _number_and_way().finditer(text):
        if not all(Flag.FREQUENT in flags(word) for word in match.group("name").split()):
            yield Finding(*match.span("id"), PiiKind.LOCATION, SURE)


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    rules = (*_american_rules(), *_foreign_rules(), *_other_rules())
    return tuple((score, re.compile(rule)) for score, rule in rules)


def _american_rules() -> tuple[tuple[float, str], ...]:
    """Number, name, kind of street: "12 Oak Drive", "forty two maple avenue"; "on maple street"."""
    kinds = "|".join(word.capitalize() for word in _STREETS_OR_WORDS.split("|"))
    words = rf"(?:(?!{_NO_WORD}\b)[^\W_][\w'’.-]{{0,30}}\s+){{1,3}}"
    capitals = r"(?:[A-Z\d][\w'’.-]{0,30}\s+){1,3}"
    cue = r"on|at|off|off\s+of|from|near|down|along|of|live\s+(?:at|over\s+on)|address\s+is"
    clear = r"street|avenue|ave|boulevard|blvd|lane|parkway|terrace|st\b(?=\.?\s*(?:,|$|\.))"
    return (
        (
            CONTEXT,
            rf"(?i)(?<![\w.])(?P<id>{spoken_number(6)}\s?,?\s{{1,3}}(?:{_WAY}\s+)?{words}(?:{_STREETS})\b\.?"
            rf"(?:\s+{_WAY}\b)?)",
        ),
        (
            CONTEXT,
            rf"(?<![\w.])(?P<id>\d{{1,6}}[A-Za-z]?,?\s+(?:[NSEW]{{1,2}}\.?\s+)?{capitals}(?:{kinds})\b\.?)",
        ),
        (
            LISTED,
            rf"(?i)\b(?:{cue})\s+"
            rf"(?P<id>(?:{_WAY}\s+)?(?:{_NTH}|{_WORD}(?:\s+{_WORD})?)\s+(?:{clear})\b)",
        ),
        (
            LISTED,
            r"(?P<id>(?:[A-Z][\w'’-]{1,30}\s){1,2}(?:Street|Avenue|Ave|Road|Lane|Boulevard|Blvd|Parkway)\b)",
        ),
    )


def _foreign_rules() -> tuple[tuple[float, str], ...]:
    """Kind of street first, or as the ending of its name: "Rue de la Paix 2", "Hauptstraße 12"."""
    inner = r"(?:(?:de|des|du|del|della|dei|di|da|do|dos|das|la|le|les|las|los|l'|d'|el)\s?){0,3}"
    name = rf"(?:[A-ZÀ-Þ][\w-]{{1,20}}\s)?[A-ZÀ-Þ][\w-]{{1,25}}(?:{_LAST})"
    return (
        (
            CONTEXT,
            rf"(?<!\w)(?P<id>(?:\d{{1,5}}[A-Za-z]?(?:,\s?|\s))?(?:{_FIRST})\s{inner}{_CAPITALS}(?:,?\s\d{{1,5}}\b)?)",
        ),
        (
            LISTED,
            r"(?i)(?<!\w)(?P<id>\d{1,4},?\s(?:rue|calle|via|avenida|ulica|rua|chemin|viale|piazza)\s"
            r"(?:(?:de|des|du|del|della|la|le|las|los|da|do)\s){0,2}[^\W\d_]{3,20})",
        ),
        (
            CONTEXT,
            rf"(?<![\w.])(?P<id>(?:\d{{1,5}}\s)?{name}\s\d{{1,5}}(?:\s?[a-zA-Z](?!\w))?)",
        ),
        (
            CONTEXT,
            r"(?i)(?<![\w.])(?P<id>\w{2,25}(?:stra(?:ß|ss)e|straat|gatan|vejen|gasse|katu)"
            rf"(?:\s{spoken_number(6)})?)(?!\w)",
        ),
    )


def _other_rules() -> tuple[tuple[float, str], ...]:
    """Lines before "Apt. 2", military addresses, post boxes, units, numbered roads."""
    unit = r"(?:Apt\.?|Suite|Unit|Apartment|Ste\.?)\s\#?\w{1,6}"
    number = spoken_number(6)
    roads = r"highway|route|interstate|county\s+road|rural\s+route|state\s+road"
    return (
        (LISTED, rf"(?<![\w.])(?P<id>\d{{1,6}}\s{_CAPITALS}(?:\s\d{{1,5}})?,?\s{unit})"),
        (
            LISTED,
            rf"(?<![\w.])(?P<id>(?:\d{{1,6}}\s)?{_CAPITALS}(?:\s\d{{1,5}})?(?:\s{_CAPITALS})?\s?[\n,]\s?{unit})",
        ),
        (
            CONTEXT,
            r"\b(?P<id>(?:(?:PSC|Unit|CMR|US[A-Z]{1,4})\s\w{1,20},?\s(?:Box\s\d{1,6}[\s,]{1,3})?)"
            r"(?:APO|FPO|DPO)[\s,]{1,2}A[AEP]\s\d{5})\b",
        ),
        (
            CONTEXT,
            r"(?i)\b(?P<id>(?:p\.?\s?o\.?\s+box|post\s+office\s+box)\s*\#?\s*(?:number\s+)?"
            rf"{number})\b",
        ),
        (
            LISTED,
            rf"(?i)\b(?P<id>(?:apartment|apt|suite|ste|flat){APART}"
            rf"(?:\d{{1,5}}\s?[A-Za-z]?|[A-Za-z]-?\d{{1,4}}|{number}(?:\s[a-z])?|[b-hj-np-z]))(?!\w)",
        ),
        (
            CONTEXT,
            rf"(?i)(?<![\w.])(?P<id>{number}\s{{1,3}}(?:{_WAY}\s+)?(?:{roads}|farm(?:\s+to\s+market)?\s+road|"
            rf"(?-i:FM)|(?:us|state|ranch)\s+(?:highway|route|road))\s+{number})\b",
        ),
        (LIKELY, rf"(?i)\b(?P<id>(?:{roads})\s+{number})\b"),
    )


@cache
def _number_and_way() -> re.Pattern[str]:
    word = rf"(?!{_NO_WORD}\b)[^\W\d_][\w'’.-]{{0,30}}"
    ways = r"drive|court|circle|place|way|square|trail|close|loop|alley|road|lane|cove|terrace"
    return re.compile(
        rf"(?<![\w.])(?P<id>{spoken_number(6)}(?:\s?,?\s(?:uh|um)\s?,)?\s+(?:{_WAY}\s+)?"
        rf"(?P<name>{word}(?:\s+{word}){{0,2}})\s+(?:{ways}))\b",
        re.IGNORECASE,
    )
