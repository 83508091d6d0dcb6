"""What before or after a word makes it a name, or the name of a disease or sign."""

import re
from enum import Enum, auto
from functools import cache

from medscribe.privacy.tokens import Token
from medscribe.privacy.word_list import Flag

TITLES = frozenset(["dr", "mr", "mrs", "ms", "mister", "missus", "prof", "professor"])
WORD_TITLES = frozenset(["doctor", "doc", "miss", "nurse", "reverend", "pastor", "rabbi", "sister"])
"""Titles that are also said alone: "the doctor told me"."""

_RELATIVES = (
    "husband|wife|spouse|partner|son|daughter|brother|sister|friend|boyfriend|girlfriend|mother|"
    "father|mom|mum|dad|uncle|aunt|auntie|cousin|nephew|niece|neighbou?r|boss|colleague|fiancee?|"
    "grandson|granddaughter|grandmother|grandfather|roommate|caregiver|carer|coach|teacher"
)
_EPONYM_NOUNS = (
    "sign|test|testing|disease|syndrome|manoeuvre|maneuver|reflex|palsy|lymphoma|catheter|"
    "fracture|score|scale|criteria|tube|monitor|contracture|node|cyst|sarcoma|chorea|thyroiditis|"
    "stain|phenomenon|reaction|boot|brace|esophagus|oesophagus|deformity|lesion|tumor|tumour|"
    "neuroma|spot|law|point|ligament|tendon|canal|hernia|pouch|procedure|incision|position|"
    "exercise|ulcer|rash|purpura|arthritis|dementia|deficiency|anomaly|malformation|nephritis|"
    "vasculitis|encephalopathy|respiration|duct|gland|ophthalmopathy|orbitopathy|paralysis|infarct|"
    "thrombus|cell|body|bodies|crisis|regimen|formula|apple|cream|dressing|vest|histology|resolution"
)


class Cue(Enum):
    """How surely a name follows. Strong: "my name is"; weak: "hi", "this is", "my husband"."""

    STRONG = auto()
    WEAK = auto()


def title_length(tokens: list[Token], at: int) -> int:
    """How many words from `at` on are titles that a word follows: 0, or more."""
    length = 0
    while at + length + 1 < len(tokens) and length < 2:
        lower, between = tokens[at + length].lower, tokens[at + length + 1].before
        short = lower in TITLES and between.strip() in ("", ".")
        if not short and not (lower in WORD_TITLES and not between.strip()):
            break
        length += 1
    return length


def cue_before(text: str, token: Token) -> Cue | None:
    """What kind of introduction stands right before `token`, if any."""
    before = text[max(0, token.start - 40) : token.start]
    if _strong().search(before):
        return Cue.STRONG
    closed = _closing().match(text, token.end, token.end + 3)
    if closed and _greeting().search(before):
        return Cue.STRONG
    # "so , mark , how are you": somebody is addressed.
    addressed = closed and before.rstrip().endswith(",")
    return Cue.WEAK if addressed or _weak().search(before) else None


def is_eponym_use(text: str, token: Token) -> bool:
    """Whether `token` names a disease, sign, test or device here: "Murphy's sign", "Foley"."""
    after = text[token.end : token.end + 40]
    before = text[max(0, token.start - 8) : token.start]
    return bool(_eponym_noun().match(after) or _fixed_phrase().search(before))


def is_place_use(text: str, tokens: list[Token], at: int) -> bool:
    """Whether word `at`, a name and a place, is a place here: "from Jordan", "dallas, georgia"."""
    marks = tokens[at].flags
    if Flag.PLACE not in marks and Flag.REGION not in marks:
        return False
    if at and Flag.REGION in marks and Flag.PLACE in tokens[at - 1].flags:
        return True
    start = tokens[at].start
    return bool(_place_cue().search(text[max(0, start - 20) : start]))


def is_cut_off(text: str, token: Token) -> bool:
    """Whether the speaker broke off: "mon- , i monitor it"."""
    after = text[token.end : token.end + 2]
    return after[:1] == "-" and not after[1:].isalnum()


@cache
def _place_cue() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:in|from|to|near|at|of|outside|around|visit(?:ing|ed)?|through|for)\s+$",
        re.IGNORECASE,
    )


@cache
def _fixed_phrase() -> re.Pattern[str]:
    return re.compile(r"\b(?:x|cat|new|labor|labour|adam['’]s)[\s-]*$", re.IGNORECASE)


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:my|your|his|her|their|first|last|full|middle|maiden|family|patient|patient's|"
        r"wife's|husband's|son's|daughter's|doctor's|preferred)\s+name(?:'s|\s+is|\s+was|\s*:)|"
        r"(?:^|[.!?])\s*name(?:'s|\s+is|\s*:)|\bcall\s+me|\bgoes\s+by|\bnicknamed)"
        r"[\s,]*(?:(?:uh|um|er)[\s,]+)*$",
        re.IGNORECASE,
    )


@cache
def _weak() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:hi|hello|hey|hiya|welcome|thanks|thank\s+you|good\s+(?:morning|afternoon|evening)|"
        r"goodbye|bye|this\s+is|named|patient|colleague|pt)[\s,]+|"
        rf"\b(?:my|your|his|her|our|their)\s+(?:{_RELATIVES})[\s,]+|"
        r"\b(?:speaking\s+(?:to|with)|talk(?:ed|ing)?\s+(?:to|with)|spoke\s+(?:to|with)|here\s+with|"
        r"name|signed|regards|sincerely|attn|contact|i\s+am|i'm)[\s,:]+)$",
        re.IGNORECASE,
    )


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:hi|hello|hey|hiya|welcome(?:\s+back)?|good\s+(?:morning|afternoon|evening)|goodbye|"
        r"bye|nice\s+to\s+(?:meet|see)\s+you)(?:\s+there)?[\s,]*$",
        re.IGNORECASE,
    )


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[,.?!]|$)")


@cache
def _eponym_noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s?)?(?:[\s-]+[^\W\d_]+){{0,1}}[\s-]+(?:{_EPONYM_NOUNS})(?:s|es)?\b", re.I
    )
