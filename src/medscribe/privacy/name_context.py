"""What before or after a word makes it a name, or the name of a disease or sign."""

import re
from enum import Enum, auto
from functools import cache

from medscribe.privacy.tokens import Token
from medscribe.privacy.word_list import Flag

TITLES = frozenset(["dr", "mr", "mrs", "ms", "mister", "missus", "prof", "professor"])
WORD_TITLES = frozenset(["doctor", "doc", "miss", "nurse", "reverend", "pastor", "rabbi", "sister"])
"""Titles that are also said alone: "the doctor told me"."""

NEVER_NAMES = frozenset(
    """
    a am an and are as at be but by can could did do does for from had has have he her him his how
    i if in is it its me my no not of on or our she so than that the their them then there these
    they this to too us very was we were what when where which who why will with would you your
    yes yeah okay ok oh uh um hmm mm mhm uhhuh uh-huh ah hey hi hello bye please thanks sorry
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving halloween
    dr mr mrs ms doctor doc miss nurse mister missus sir maam madam buddy honey sweetie sweetheart
    darling dear hon love dude man guys folks everyone everybody mom mommy mum dad daddy grandma
    grandpa mama papa auntie god lord jesus christ dax dragon siri alexa
    """.split()
)

_RELATIVES = (
    "husband|wife|spouse|partner|son|daughter|brother|sister|friend|boyfriend|girlfriend|mother|"
    "father|mom|mum|dad|uncle|aunt|auntie|cousin|nephew|niece|neighbou?r|boss|colleague|fiancee?|"
    "grandson|granddaughter|grandmother|grandfather|roommate|caregiver|carer|coach|teacher"
)
_EPONYM_NOUNS = (
    "signs?|tests?|testing|diseases?|syndromes?|manoeuvres?|maneuvers?|reflex|palsy|lymphoma|"
    "catheters?|fractures?|scores?|scale|criteria|tube|monitors?|contractures?|nodes?|cysts?|"
    "sarcoma|chorea|thyroiditis|stain|phenomenon|reaction|boot|brace|esophagus|oesophagus|"
    "deformity|lesions?|tumou?rs?|neuroma|neuroma|spots?|law|point|ligaments?|tendon|canal|hernia|"
    "pouch|procedure|incision|position|exercises?|ulcers?|rash|purpura|arthritis|dementia|"
    "deficiency|anomaly|malformation|nephritis|vasculitis|encephalopathy|respirations?|duct|gland|"
    "ophthalmopathy|orbitopathy|paralysis|infarcts?|thrombus|cells?|bodies|crisis|regimen|formula"
)


class Cue(Enum):
    """How surely a name follows. Strong: "my name is"; weak: "hi", "this is", "my husband"."""

    STRONG = auto()
    WEAK = auto()


def title_length(tokens: list[Token], at: int) -> int:
    """How many words from `at` on are titles that a word follows: 0, 1 ("Dr."), 2 ("Nurse Ms.")."""
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
    if _weak().search(before):
        return Cue.WEAK
    after = text[token.end : token.end + 3]
    if before.rstrip().endswith(",") and _closing().match(after):
        return Cue.WEAK  # addressed: "so , mark , how are you"
    if _greeting().search(before) and _closing().match(after):
        return Cue.STRONG
    return None


def is_eponym_use(text: str, token: Token) -> bool:
    """Whether `token` names a disease, sign, test or device here: "Murphy's sign", "Foley"."""
    after = text[token.end : token.end + 40]
    return bool(_eponym_noun().match(after))


def is_eponym(token: Token) -> bool:
    return Flag.EPONYM in token.flags


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
    return re.compile(rf"(?:['’]s?)?(?:[\s-]+[^\W\d_]+){{0,1}}[\s-]+(?:{_EPONYM_NOUNS})\b", re.I)
