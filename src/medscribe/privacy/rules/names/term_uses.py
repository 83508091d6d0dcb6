"""A word with a capital in written text -> whether it is a term there rather than a person.

"Risser 2", "Kelly clamp", "5-0 Prolene", "Neer and Hawkins positive", "by Simpson's", "ROS1".
"""

import re
from functools import cache

from medscribe.privacy.rules.tokens import Token

TELEGRAPHIC_SHARE = 0.4
"""Sentences with a smaller share of small words are notes, in which capitals mean little."""

SENTENCE_LETTERS = 150
"""So far a sentence is read to either side."""

_SMALL_WORDS_TEXT = (
    "i you he she we they it my your his her our their me him them us the a an is are was were be "
    "been am do did does have has had will would can could should that this these who what when "
    "where how if so but or to for of in on at with from by not as because about after before"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_NOUNS = (
    "sign|test|angina|clamps?|drain|stage|staging|classification|criteria|scale|score|rule|rules|protocol|"
    "index|grade|class|type|forceps|retractor|scissors|needle|holder|catheter|tube|tubing|cannula|"
    "stent|graft|mesh|patch|valve|filter|port|line|sheath|wire|guidewire|balloon|suture|sutures|"
    "staples|stapler|dressing|wrap|bandage|splint|brace|cast|boot|sling|collar|frame|pins?|nail|plate|"
    "screw|screws|rod|rods|implant|prosthesis|approach|incision|procedure|repair|technique|method|"
    "maneuver|manoeuvre|position|view|views|projection|angle|line|triangle|space|fossa|fascia|"
    "ligament|node|nodes|nodule|nodules|body|bodies|cells?|stain|agar|assay|criterion|formula|"
    "equation|nomogram|questionnaire|inventory|screen|screening|checklist|algorithm|guidelines?|"
    "regimen|traction|diet|exercises?|reflex|syndrome|disease|palsy|fracture|deformity|contracture|cyst|"
    "hernia|pouch|ulcer|tumou?r|sarcoma|lymphoma|anemia|anaemia|dystrophy|ataxia|chorea|dementia|"
    "esophagus|oesophagus|thyroiditis|arthritis|purpura|phenomenon|murmur|gallop|fever|rash|spots?|"
    "wave|waves|block|rhythm|pattern|lines|rings?|crowe|respirations|breathing|monitor|pump|mask|"
    "electrode|cautery|blade|scope|speculum|swab|trap|bag|boots|stockings|follow-up|paralysis"
)

_SENTENCE_WORDS_TEXT = (
    "i you he she we they my your his her our their me him us is are was were has have had do did "
    "does will would can could should said says told asked please thanks thank hello hi"
)
_SENTENCE_WORDS = frozenset(_SENTENCE_WORDS_TEXT.split())
"""Verbs and pronouns of whole sentences, which notes leave out."""


def is_term_use(text: str, token: Token) -> bool:
    """Whether signs, figures or nouns around the capitalised `token` make it a term."""
    before = text[max(0, token.start - 24) : token.start]
    after = text[token.end : token.end + 60]
    if _sized().search(before) or _measured().match(after):
        return True
    if _term_noun().match(after) or _found().match(after):
        return True
    return bool(_by().search(before) and _possessive_end().match(after))


def touches_figure(text: str, token: Token) -> bool:
    """Whether the word is a part of a symbol: "ROS1", "CHA2DS2", "E/A"."""
    around = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
    if any(sign.isdigit() or sign == "_" for sign in around):
        return True
    return len(token.text) == 1 and "/" in around


def is_telegraphic(text: str, token: Token) -> bool:
    """Whether the word stands in a note: a stretch with hardly any small words."""
    before = text[max(0, token.start - SENTENCE_LETTERS) : token.start]
    after = text[token.start : token.end + SENTENCE_LETTERS]
    sentence = _sentence_end().split(before)[-1] + _sentence_end().split(after)[0]
    words = _word().findall(sentence.lower())
    if not _SENTENCE_WORDS.isdisjoint(words):
        return False
    small = sum(word in _SMALL_WORDS for word in words)
    return small < TELEGRAPHIC_SHARE * len(words)


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.;\n!?]")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _sized() -> re.Pattern[str]:
    """A size or a count before an instrument or a suture: "5-0 Prolene", "#15 Blake"."""
    return re.compile(r"(?:\b\d{1,2}-0|#\s?\d+|\b\d+\s?(?:Fr|French|F|G|gauge|mm|cm))\s+$")


@cache
def _measured() -> re.Pattern[str]:
    """What a score gives after it, but no age: "Morse 47", "Risser 2", "Epworth: 10/24"."""
    figure = r"(?:[<>=~]?\s?\d[\d.,/+]*|(?:II+|IV|VI+|IX)\b)"
    return re.compile(
        rf"['’]?s?(?:\s+(?:is|was|of))?\s?[:=]?\s{{0,2}}{figure}"
        r"(?!\s*-?\s*(?:yo|y/o|y\.o|yrs?|years?|months?|[MF]\b|/\d))(?![\d/-]*[/-]\d{2,4})"
    )


@cache
def _term_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s?)?[\s-]+(?:[a-z]+\s+)?(?:{_NOUNS})\b(?!['’])")


@cache
def _found() -> re.Pattern[str]:
    """ "Neer and Hawkins positive": tests and their result; instruments and what became of them."""
    other = r"\s*(?:,|/|\band\b|\bor\b|&|\+)\s*(?:and\s+)?[A-Z][\w'’-]+"
    return re.compile(
        rf"(?:['’]s?)?(?:{other}(?:['’]s?)?){{0,4}}\s+(?:tests?\s+|signs?\s+)?(?:were\s+|was\s+|is\s+|are\s+)?"
        r"(?:positive|negative|pos|neg|absent|present\b(?!s)|equivocal|normal|abnormal|applied|used|placed|"
        r"removed|inserted|deployed|injected|infused|pred(?:icted)?)\b"
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(r"\b(?:by|per|using|modified|biplane|via|the)\s+$", re.IGNORECASE)


@cache
def _possessive_end() -> re.Pattern[str]:
    return re.compile(r"['’]s\s*(?:[.;,)]|$)")
