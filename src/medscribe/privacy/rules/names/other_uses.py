"""A word that is also a name -> whether it stands for something else here.

"Murphy's sign", "Foley", "from Jordan", "Clark level 4", "mon- , i monitor it".
"""

import re
from functools import cache

from medscribe.privacy.rules.tokens import Token
from medscribe.privacy.rules.word_list import Flag, is_given

_EPONYM_NOUNS = (
    "sign|test|testing|disease|syndrome|manoeuvre|maneuver|reflex|palsy|lymphoma|catheter|"
    "fracture|score|scale|criteria|tube|monitor|contracture|node|cyst|sarcoma|chorea|thyroiditis|"
    "stain|phenomenon|reaction|boot|brace|esophagus|oesophagus|deformity|lesion|tumor|tumour|"
    "neuroma|spot|law|point|ligament|tendon|canal|hernia|pouch|procedure|incision|position|"
    "exercise|ulcer|rash|purpura|arthritis|dementia|deficiency|anomaly|malformation|nephritis|"
    "vasculitis|encephalopathy|respiration|duct|gland|ophthalmopathy|orbitopathy|paralysis|infarct|"
    "thrombus|cell|body|bodies|crisis|regimen|formula|apple|cream|dressing|vest|histology|resolution|"
    "level|stage|grade|class|classification|thickness|birth\\s+control|nodule|aneurysm|splint|bone|"
    "fever|murmur|nerve|artery|muscle|space"
)
_PLAIN_NOUNS = (
    "sign|test|disease|syndrome|manoeuvre|maneuver|reflex|palsy|lymphoma|catheter|fracture|score|"
    "scale|criteria|classification|tube|contracture|cyst|sarcoma|chorea|thyroiditis|stain|"
    "phenomenon|[eo]?esophagus|deformity|neuroma|ligament|hernia|pouch|procedure|purpura|duct|"
    "gland|level|thickness|birth\\s+control"
)
"""What names a disease or sign after any name; the others do after an eponym of the list."""


def is_eponym_use(text: str, token: Token) -> bool:
    """Whether `token` names a disease, sign, test or device here: "Murphy's sign", "Graves eye
    disease", "Thomas test"; not "karen's test", nor "karen has arthritis".
    """
    if _fixed_phrase().search(text[max(0, token.start - 9) : token.start]):
        return True
    after = text[token.end : token.end + 40]
    if Flag.EPONYM in token.flags:
        return bool(_eponym_noun_later().match(after))
    if after[:1] in ("'", "’") and is_given(token.flags):
        return bool(_named_disease().match(after))
    return bool(_eponym_noun().match(after))


def is_place_use(text: str, tokens: list[Token], at: int) -> bool:
    """Whether word `at`, a name and a place, is a place here: "from Jordan", "dallas, georgia"."""
    marks = tokens[at].flags
    if Flag.PLACE not in marks and Flag.REGION not in marks:
        return False
    if at and Flag.REGION in marks and Flag.PLACE in tokens[at - 1].flags:
        return True
    start = tokens[at].start
    return bool(_place_cue().search(text[max(0, start - 30) : start]))


def is_cut_off(text: str, token: Token) -> bool:
    """Whether the speaker broke off: "mon- , i monitor it"."""
    after = text[token.end : token.end + 2]
    return after[:1] == "-" and not after[1:].isalnum()


@cache
def _place_cue() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|from|near|outside|around|visit(?:ing|ed)?|through|(?:city|state|town|university|"
        r"north|south|east|west)\s+of|(?:go|goes|going|went|gone|move[ds]?|moving|drove|driving|fl[ey]w?|"
        r"flying|trips?|travel\w*|back|over|down|up|out|get|got)\s+to)\s+$",
        re.IGNORECASE,
    )


@cache
def _fixed_phrase() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:x|cat|new|blue|red|charcot|labor|labour|adam['’]s)[\s-]*$", re.IGNORECASE
    )


@cache
def _named_disease() -> re.Pattern[str]:
    return re.compile(
        r"['’]s?\s+(?:disease|syndrome|palsy|lymphoma|chorea|contracture|thyroiditis|sarcoma|cyst|"
        r"neuromas?|apple|law|esophagus|oesophagus|sign)\b",
        re.I,
    )


@cache
def _eponym_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:['’]s?)?[\s-]+(?:{_PLAIN_NOUNS})s?\b", re.I)


@cache
def _eponym_noun_later() -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s?)?(?:[\s-]+[^\W\d_]+){{0,1}}[\s-]+(?:{_EPONYM_NOUNS})(?:s|es)?\b", re.I
    )
