"""Patterns of the words around a name: introductions, greetings, records, relatives.

Each function returns one pattern; `name_context` says what a match means. Patterns of what stands
before a name end with `$`; those of what stands after it are matched at its end.
"""

import re
from functools import cache

_RELATIVES = (
    "husband|wife|spouse|partner|son|daughter|brother|sister|friend|buddy|boyfriend|girlfriend|"
    "mother|father|mom|mum|dad|uncle|aunt|auntie|cousin|nephew|niece|neighbou?r|boss|colleague|"
    "fianc[eé]e?|grandson|granddaughter|grandmother|grandfather|grandma|grandpa|grandchild|twin|"
    "roommate|caregiver|carer|coach|teacher|supervisor|sponsor|baby|boy|girl|kid|stepson|"
    "stepdaughter|stepfather|stepmother|(?:mother|father|brother|sister|son|daughter)[\\s-]in[\\s-]law|"
    "kids|children|twins|sons|daughters|brothers|sisters|parents|grandkids|manager|landlord|pastor|"
    "priest|doctor|physician|nurse|surgeon|dentist|counsel+or|psychiatrist|trainer|pharmacist|"
    "\\w+therapist|therapist|\\w+ologist|podiatrist|specialist|pcp|aide|assistant|secretary|scheduler"
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


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def before_title() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:i['’]?m|i\s+am|this\s+is|my\s+name\s+is|name['’]s|hi|hello|hey|thanks|thank\s+you|"
        r"morning|afternoon|evening|see|saw|seen|seeing|with|by|from|of|is)[\s,]+)$"
    )


@cache
def naming() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:my|your|his|her|their|its|first|last|full|middle|maiden|legal|given|family|"
        r"birth|pen|user|patient|(?:patient|wife|husband|son|daughter|dog|cat|contact)['’]?s|"
        rf"(?:{_RELATIVES})['’]?s)"
        r"\s+names?(?:['’]s|\s+is|\s+was|\s*:)|"
        r"(?:^|[.!?,]|\bthe)\s*name(?:['’]s|\s+is|\s*:)|"
        r"\bcall(?:s|ed)?\s+(?:me|him|her)|\bgoes\s+by|\bgo\s+by|\bknown\s+as|\bnicknamed|"
        r"\b(?:last|first|middle|maiden|given|family|my)\s+name(?=[\s,:?])|"
        r"\b(?:had|have|has|got|put|put\s+it|listed|filed|booked|registered|chart(?:'s|\s+is)?|it['’]?s|"
        r"record\s+is)\s+(?:me\s+|him\s+|her\s+|you\s+|us\s+)?(?:down\s+)?(?:under|down\s+as)|"
        r"\bname\s+(?:for\s+(?:me|us)\s+)?(?:please\s*)?[,.?]?\s*(?:(?:yes|sure|yeah|uh|um|it['’]?s|"
        r"it\s+is|that['’]?s)[\s,]+)*(?:it['’]?s|it\s+is|that['’]?s)|"
        r"\bnamed(?:\s+(?:him|her|it|them|after))?|\bnames\s+are|\bprefers?\s+(?:to\s+be\s+called))"
        rf"[\s,:?]*{_FILLERS}$"
    )


@cache
def greeting() -> re.Pattern[str]:
    return compiled(rf"\b{_GREETINGS}[\s,]*{_FILLERS}$")


@cache
def record_intro() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:(?:patient|name)\s*:\s*[^\W\d_][\w'’ -]{1,20},|"
        r"next\s+(?:patient|one)(?:\s+is)?|next\s+up\s+is|(?:patient|pt)\s*[:,]|"
        r"dictati(?:ng|on)\s+(?:on|for)|(?:note|chart|visit|summary|letter|results)\s+for|"
        r"(?:referred|sent|accompanied|followed|seen|signed|dictated|recommended)\s+(?:to\s+\w+\s+)?by|"
        r"request\s+of|regarding|re\s*:|attn\s*:?|sincerely|regards|cosigned\s+by|surgeon\s*:|"
        r"provider\s*:|physician\s*:|attending\s*:|contact\s*:|guardian\s*:|spouse\s*:)[\s,]*"
        rf"(?:(?:(?:{_OWNERS})\s+)?(?:{_RELATIVES}|p\.?a|n\.?p)[\s,]+)?)$"
    )


@cache
def turn() -> re.Pattern[str]:
    """A turn of talk before somebody who is addressed: "okay , mark .", "so mark tell me"."""
    return compiled(rf"\b{_TURNS}[\s,]*{_FILLERS}$")


@cache
def weak() -> re.Pattern[str]:
    return compiled(
        r"(?:\b(?:this\s+is|patient(?:\s+is)?|next\s+is|colleague|pt|named|here\s+is|"
        r"i\s+am|i['’]m|you\s+must\s+be|are\s+you|seeing|saw|see|meet|met|"
        r"things\s+with|speak(?:ing)?\s+(?:to|with)|talk(?:ed|ing)?\s+(?:to|with)|spoke\s+(?:to|with)|"
        r"work(?:s|ed|ing)?\s+with|agree\s+with|(?:here|back|in|appointment|up)\s+with|"
        r"(?:here|along|today)\s+with\s+(?:me|us)"
        r"(?:\s+(?:is|today))?|(?:contact|x-ray|scan|mri|labs|chart)\s+(?:is|for)|asked?|tell|told|"
        r"texted|married(?:\s+to)?|(?:live[sd]?|living|staying|stay)\s+with|ask\s+for|call\s+you|"
        r"opinion\s+from|we\s+have|"
        r"signed|contact|name|show\s+me|pull\s+up|bring\s+up|open|physician\s+assistant|"
        r"nurse\s+practitioner|practitioner|cardiologist|therapist|surgeon|scheduler|dietitian|"
        r"nutritionist|resident|midwife|p\.?a\.?|n\.?p\.?)[\s,:]+|"
        rf"(?:\b(?:my|your|his|her|our|their|the|this|a)|['’]s)\s+(?:\w+[\s-]+)?(?:{_RELATIVES})"
        r"(?:\s+(?:is|was|are))?[\s,]+)"
        rf"{_FILLERS}$"
    )


@cache
def closing() -> re.Pattern[str]:
    return compiled(r"\s*(?:[,.?!;:\[]|$)|[^\S\n]*\n")


@cache
def follower() -> re.Pattern[str]:
    return compiled(rf"\s+{_FOLLOWERS}")


@cache
def address() -> re.Pattern[str]:
    return compiled(rf"\s+{_ADDRESSES}")


@cache
def record_follows() -> re.Pattern[str]:
    return compiled(rf"(?:\s+[^\W\d_]['’\w-]*){{0,2}}?\s*[,.:]*\s*(?:uh\s*,?\s*)?(?<!\w){_RECORD}")


@cache
def is_aged() -> re.Pattern[str]:
    return compiled(
        rf"(?:\s+[^\W\d_]['’\w-]*){{0,2}}?\s*,?\s*(?:(?:is|was|who\s+is)\s+(?:uh\s*,?\s*)?{_AGE}|{_AGE})"
    )


@cache
def weak_after() -> re.Pattern[str]:
    return compiled(
        rf"(?:['’]s\s+(?:{_POSSESSIONS})\b|"
        r"\s+(?:reports|denies|presents|states|complains|endorses|comes\s+in|is\s+here|returns|here|"
        r"with\s+an?\s+[a-z]|in\s+room)\b|"
        rf"(?:\s*,(?:\s+(?:that['’]s|he['’]s|she['’]s|is))?|['’]s|\s+is|\s+was)\s+(?:{_OWNERS})\s+(?:[\w-]+\s+){{0,3}}?(?:{_RELATIVES})\b|"
        r"\s+and\s+(?:i|me|my)\b(?!['’]m)|\s+(?:said|says|told|called|calls|thinks|thought|asked|wants|drove|brought|noticed|"
        r"suggested|recommended|mentioned|ran\s+into|came\s+(?:in|with|over)|lives|works|helps|"
        r"will\s+(?:come|call|be\s+in|see|get|take|help))\b|"
        r"(?:\s+[\w'’-]+)?\s*,?\s*(?:m\.?d\b|r\.?n\b|d\.?o\b\s*[.,]|n\.?p\b|p\.?a\.?-c\b|ph\.?d)|"
        r"\s+(?:over\s+at|over\s+in|from|in|at)\s+(?:cardiology|oncology|neurology|surgery|radiology|"
        r"urology|dermatology|orthopedics|physical\s+therapy|the\s+front\s+desk))"
    )


@cache
def spelled_after() -> re.Pattern[str]:
    """The letters of the name follow, or how it is spelled: "walsh , w a l s h"."""
    return compiled(
        r"\s*,?\s*(?:(?:that['’]s|it['’]s|is)\s+)?(?:spell(?:ed|t)|(?P<letter>[a-z])[\s.,-]+(?:[a-z][\s.,-]+){2,})"
    )


@cache
def errand_before() -> re.Pattern[str]:
    """ "we'll have karen schedule it", "did karen tell you"."""
    return compiled(r"\b(?:have|had|let|get|getting|having|did|does|ask|can|could|will)\s+$")


@cache
def errand_after() -> re.Pattern[str]:
    return compiled(
        r"\s+(?:schedule|call|come|draw|check|take|give|do|set|go|send|help|bring|follow|tell|say|ask|"
        r"explain|show|print|fax|mention|know)\b"
    )


@cache
def ends_turn() -> re.Pattern[str]:
    """The turn, or a question, ends: after ", mark" somebody is addressed, and nothing listed."""
    return compiled(r"\s*(?:[?!]|[.]?\s*$)")


@cache
def copula() -> re.Pattern[str]:
    """Who somebody is, if nothing follows: "so you're karen ?", "it's mary walsh"."""
    return compiled(
        rf"\b(?:you['’]?re|you\s+are|it['’]s|that['’]s|yes|yeah|i\s+am)[\s,]+{_FILLERS}$"
    )


@cache
def opening() -> re.Pattern[str]:
    return compiled(r"(?:^|[.?!])\s*$")


@cache
def question() -> re.Pattern[str]:
    """What follows somebody's name at the beginning of a sentence: "karen , are you ..."."""
    return compiled(
        r"\s*,\s*(?:are|do|did|how|you|can|could|have|what|where|when|let|lem|is\s+it|it['’]s|thank|"
        r"tell|i['’]m|i\s|we\s|we['’]|any)"
    )
