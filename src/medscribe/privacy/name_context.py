"""What stands before or after a word and makes it a name: titles, introductions, greetings."""

import re
from enum import IntEnum
from functools import cache

from medscribe.privacy.tokens import Token

_TITLES_TEXT = "dr mr mrs ms mx mister missus prof professor drs señora"
TITLES = frozenset(_TITLES_TEXT.split())
_WORD_TITLES_TEXT = (
    "doctor doc doctors miss nurse reverend pastor rabbi imam sister deacon sergeant officer "
    "captain judge father aunt auntie uncle cousin grandma grandpa coach"
)
WORD_TITLES = frozenset(_WORD_TITLES_TEXT.split())
"""Titles that are also said alone: "the doctor told me"."""

CIVIL_TITLES = frozenset(["mr", "mrs", "ms", "mx", "mister", "missus"])
"""Nothing but a name follows these; "Doctor Cardiology" may be a slip."""

_HELLOS_TEXT = "hi hello hey hiya howdy morning afternoon evening bye goodbye"
_HELLOS = frozenset(_HELLOS_TEXT.split())
_REPLIES_TEXT = (
    "good fine great well nice okay ok not pretty doing very long all team again back today "
    "ladies gentlemen new patient just real quick first look listen right sure"
)
_REPLIES = frozenset(_REPLIES_TEXT.split())
"""What follows a greeting and is no name: "hey good how are you"."""

_RELATIVES = (
    "husband|wife|spouse|partner|son|daughter|brother|sister|friend|buddy|boyfriend|girlfriend|"
    "mother|father|mom|mum|dad|uncle|aunt|auntie|cousin|nephew|niece|neighbou?r|boss|colleague|"
    "fianc[eé]e?|grandson|granddaughter|grandmother|grandfather|grandma|grandpa|grandchild|twin|"
    "roommate|caregiver|carer|coach|teacher|supervisor|sponsor|baby|boy|girl|kid|stepson|"
    "stepdaughter|stepfather|stepmother|(?:mother|father|brother|sister|son|daughter)[\\s-]in[\\s-]law"
)
_OWNERS = "my|your|his|her|our|their|the|a|'s|’s"
_FILLERS = r"(?:(?:uh|um|er|uhm|actually|just|well)[\s,]+)*"
_GREETINGS = (
    r"(?:hi|hello|hey|hiya|howdy|welcome(?:\s+back)?|(?:good\s+)?(?:morning|afternoon|evening)|"
    r"good\s*bye|bye|bye\s+bye|nice\s+to\s+(?:meet|see)\s+you|"
    r"(?:good|great)\s+(?:to\s+see|seeing)\s+you|thanks|thank\s+you|take\s+care|"
    r"how\s+are\s+you(?:\s+doing)?(?:\s+today)?)(?:\s+(?:there|again|today))?"
)
_TURNS = (
    r"(?:so|okay|ok|alright|all\s+right|well|now|then|yes|no|yeah|yep|right|sorry|please|great|"
    r"perfect|listen|what\s+does\s+(?:all\s+of\s+)?that\s+mean)"
)
_ADDRESSES = (
    r"(?:how|(?:good|nice|great|lovely)\s+(?:to|seeing|meeting)|it['’]?s\s+(?:good|nice|great|so\s+good)|"
    r"it\s+is\s+(?:good|nice)|what['’]s|what\s+brings|i['’]m\s+(?:doctor|dr|here)|my\s+name|"
    r"thanks?\s|welcome|tell\s+me|come\s+(?:on\s+)?in|so\s+(?:i|you|tell|what|how)|have\s+a\s)"
)
_FOLLOWERS = (
    r"(?:how|good|nice|great|it\s|it['’]?s|i['’]?m|i\s|i['’]|what|so|tell\s|do\s+you|did\s+you|"
    r"have\s+you|are\s+you|can\s+you|could\s+you|you|let\s+me|let['’]s|lem\s?me|lem\s+me|we\s|we['’]|"
    r"thanks?|welcome|hi|hello|my\s+name|come\s|where|when|any\s|the\s+reason|looks?\s+like|"
    r"uh|um|okay|alright|this\s+is|doctor|dr)"
)
_RECORD = (
    r"(?:n-\s*)?(?:date\s+of\s+birth|d\.?o\.?b\b|birth\s?date|born\b|medical\s+record|record\s+number|"
    r"m\.?r\.?n|age\s+\d|aged\s+\d|\d+\s*(?:yo\b|y/o))"
)
_AGE = (
    r"(?:an?\s+)?(?:very\s+|quite\s+)?(?:pleasant\s+|lovely\s+|delightful\s+|healthy\s+)*"
    r"(?:\d+|[a-z]+(?:[\s-][a-z]+)?)\s*-?\s*(?:years?|months?|weeks?|days?)[\s-]*-?\s*old\b"
)
_POSSESSIONS = (
    "chart|labs?|lab\\s+results|results|x[\\s-]?rays?|echo|ekg|mri|ct|vitals|vital\\s+signs|"
    "medications?|meds|records?|blood\\s+(?:work|pressure|sugars?)|last|latest|most\\s+recent|"
    "allergies|note|appointment|name|birthday|(?:wife|husband|mother|father|mom|dad|son|daughter)"
)


class Cue(IntEnum):
    """How surely a name stands here. Naming: "my name is"; strong: "hi , X ." or "X is a
    62-year-old"; weak: "this is", "my husband"; faint: a word between commas."""

    NONE = 0
    FAINT = 1
    WEAK = 2
    STRONG = 3
    NAMING = 4


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


def is_addressed_by_title(text: str, title: Token) -> bool:
    """Whether a title that is also said alone is said to or of somebody here: "i'm doctor"."""
    return bool(_before_title().search(text[max(0, title.start - 30) : title.start]))


def cue_at(text: str, token: Token) -> Cue:
    """What introduces the name that begins with `token`, before it or after it."""
    before, after = text[max(0, token.start - 60) : token.start], text[token.end : token.end + 70]
    return max(_cue_before(before, after), _cue_after(before, after))


def is_closed(text: str, at: int) -> bool:
    """Whether the clause ends at character `at`, or a record's next field begins there."""
    return bool(_closing().match(text, at) or _record_follows().match(text, at))


def is_greeted(text: str, tokens: list[Token], at: int) -> bool:
    """Whether word `at` must be somebody's name, whatever it means: "hi sky how are you"."""
    if not at or tokens[at - 1].lower not in _HELLOS or tokens[at].lower in _REPLIES:
        return False
    end = tokens[at].end
    return bool(_closing().match(text, end) or _address().match(text, end))


def _cue_before(before: str, after: str) -> Cue:
    if _naming().search(before):
        return Cue.NAMING
    closed = _closing().match(after)
    if _greeting().search(before):
        return Cue.STRONG if closed or _follower().match(after) else Cue.WEAK
    if _record_intro().search(before):
        return Cue.STRONG
    if _weak().search(before):
        return Cue.WEAK
    if _turn().search(before) and (closed or _follower().match(after)):
        return Cue.WEAK
    # "any questions , mark ?": somebody is addressed, or something is listed.
    return Cue.FAINT if closed and before.rstrip().endswith(",") else Cue.NONE


def _cue_after(before: str, after: str) -> Cue:
    if _record_follows().match(after) or _is_aged().match(after):
        return Cue.STRONG
    return Cue.WEAK if _weak_after().match(after) else Cue.NONE


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _before_title() -> re.Pattern[str]:
    return _compiled(
        r"(?:\b(?:i['’]?m|i\s+am|this\s+is|my\s+name\s+is|name['’]s|hi|hello|hey|thanks|thank\s+you|"
        r"morning|afternoon|evening|see|saw|seen|seeing|with|by|from|of|is)[\s,]+)$"
    )


@cache
def _naming() -> re.Pattern[str]:
    return _compiled(
        r"(?:\b(?:my|your|his|her|their|its|first|last|full|middle|maiden|legal|given|family|"
        r"birth|pen|user|patient|(?:patient|wife|husband|son|daughter|doctor|mother|father|mom|dad|"
        r"sister|brother|friend|baby|dog|partner|caregiver|nurse|boss|contact)['’]?s)"
        r"\s+names?(?:['’]s|\s+is|\s+was|\s*:)|"
        r"(?:^|[.!?,]|\bthe)\s*name(?:['’]s|\s+is|\s*:)|"
        r"\bcalls?\s+me|\bcalled\s+me|\bgoes\s+by|\bgo\s+by|\bknown\s+as|\bnicknamed|"
        r"\bnamed(?:\s+after)?|\bnames\s+are|\bprefers?\s+(?:to\s+be\s+called))"
        rf"[\s,:]*{_FILLERS}$"
    )


@cache
def _greeting() -> re.Pattern[str]:
    return _compiled(rf"\b{_GREETINGS}[\s,]*{_FILLERS}$")


@cache
def _record_intro() -> re.Pattern[str]:
    return _compiled(
        r"(?:\b(?:next\s+(?:patient|one)(?:\s+is)?|next\s+up\s+is|(?:patient|pt)\s*[:,]|"
        r"dictati(?:ng|on)\s+(?:on|for)|(?:note|chart|visit|summary|letter|results)\s+for|"
        r"(?:referred|sent|accompanied|followed|seen|signed|dictated|recommended)\s+(?:to\s+\w+\s+)?by|"
        r"request\s+of|regarding|re\s*:|attn\s*:?|sincerely|regards|cosigned\s+by|surgeon\s*:|"
        r"provider\s*:|physician\s*:|attending\s*:|contact\s*:|guardian\s*:|spouse\s*:)[\s,]*"
        rf"(?:(?:(?:{_OWNERS})\s+)?(?:{_RELATIVES}|p\.?a|n\.?p)[\s,]+)?)$"
    )


@cache
def _turn() -> re.Pattern[str]:
    """A turn of talk before somebody who is addressed: "okay , mark .", "so mark tell me"."""
    return _compiled(rf"\b{_TURNS}[\s,]*{_FILLERS}$")


@cache
def _weak() -> re.Pattern[str]:
    return _compiled(
        r"(?:\b(?:this\s+is|patient(?:\s+is)?|next\s+is|colleague|pt|named|here\s+is|"
        r"i\s+am|i['’]m|you\s+must\s+be|are\s+you|seeing|saw|see|meet|met|"
        r"speak(?:ing)?\s+(?:to|with)|talk(?:ed|ing)?\s+(?:to|with)|spoke\s+(?:to|with)|"
        r"work(?:s|ed|ing)?\s+with|agree\s+with|(?:here|back|in|appointment|up)\s+with|asked?|tell|told|"
        r"texted|married|"
        r"signed|contact|name|show\s+me|pull\s+up|bring\s+up|open|physician\s+assistant|"
        r"nurse\s+practitioner|practitioner|cardiologist|therapist|surgeon|scheduler|dietitian|"
        r"nutritionist|resident|midwife|p\.?a\.?|n\.?p\.?)[\s,:]+|"
        rf"(?:\b(?:my|your|his|her|our|their|the|this|a)|['’]s)\s+(?:\w+\s+)?(?:{_RELATIVES})[\s,]+)"
        rf"{_FILLERS}$"
    )


@cache
def _closing() -> re.Pattern[str]:
    return _compiled(r"\s*(?:[,.?!;:]|$)")


@cache
def _follower() -> re.Pattern[str]:
    return _compiled(rf"\s+{_FOLLOWERS}")


@cache
def _address() -> re.Pattern[str]:
    return _compiled(rf"\s+{_ADDRESSES}")


@cache
def _record_follows() -> re.Pattern[str]:
    return _compiled(rf"(?:\s+[^\W\d_]['’\w-]*){{0,2}}?\s*[,.:]*\s*(?:uh\s*,?\s*)?(?<!\w){_RECORD}")


@cache
def _is_aged() -> re.Pattern[str]:
    return _compiled(
        rf"(?:\s+[^\W\d_]['’\w-]*){{0,2}}?\s*,?\s*(?:(?:is|was|who\s+is)\s+(?:uh\s*,?\s*)?{_AGE}|{_AGE})"
    )


@cache
def _weak_after() -> re.Pattern[str]:
    return _compiled(
        rf"(?:['’]s\s+(?:{_POSSESSIONS})\b|"
        rf"(?:\s*,|['’]s|\s+is|\s+was)\s+(?:{_OWNERS})\s+(?:\w+\s+)?(?:{_RELATIVES})\b|"
        r"\s+(?:said|says|told|called|calls|thinks|thought|asked|wants|drove|brought|noticed|"
        r"suggested|recommended|mentioned|ran\s+into|came\s+(?:in|with|over)|lives|works|helps|"
        r"will\s+(?:come|call|be\s+in|see|get|take|help))\b|"
        r"\s*,?\s*(?:m\.?d\b|r\.?n\b|d\.?o\b\s*[.,]|n\.?p\b|p\.?a\.?-c\b|ph\.?d)|"
        r"\s+(?:over\s+at|over\s+in|from|in|at)\s+(?:cardiology|oncology|neurology|surgery|radiology|"
        r"urology|dermatology|orthopedics|physical\s+therapy|the\s+front\s+desk))"
    )
