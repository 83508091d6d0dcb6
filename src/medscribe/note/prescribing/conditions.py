"""Words around a decision that change what it is: for how long, instead of what, not yet."""

import re

FOR_A_TIME = re.compile(
    r"\b(?:until|till|while (?:you|he|she|we)|for now|for the (?:time being|moment|next)|"
    r"(?:the )?(?:morning|day|night|week) (?:of|before)|"
    r"(?:before|prior to|ahead of)(?: (?:the|your|his|her|that|any|you have|having|a|"
    r"an))*(?: \w+)? ?"
    r"(?:surgery|procedures?|operations?|scans?|tests?|biops\w+|injection|an(?:a)?esth\w+|"
    r"colonoscop\w+|scopes?|endoscop\w+|extraction|dentist|cath\w*|appointment|ct|mri|contrast|"
    r"implant|fast|labs?)\b|temporarily|through (?:the|this|your)|over the weekend|"
    r"for (?:about |at least |just )?(?:an?|\d+|one|two|three|couple(?: of)?|few) (?:more )?"
    r"(?:days?|weeks?|hours?|months?)|on (?:sick|those) days|that morning|pending|during)\b",
    re.IGNORECASE,
)
SOON = re.compile(
    r"\b(?:today|tonight|tomorrow|this (?:week|evening|morning)|the day after)\b", re.I
)
OTHER_FORM = re.compile(
    r"\bto (?:the |an? )?(?:(?:extended|immediate|long|slow|delayed|sustained|controlled)[- ]?"
    r"(?:release|acting)|liquid|brand(?: name)?|generic|once[- ]daily|long acting|xr|er|xl)"
    r"(?: \w+){0,3} ?\||\b(?:switch|chang|transition|mov)\w*(?: \w+){0,3} to (?:the |an? )?\|"
    r"[ -](?:x[rl]|er|sr|la|cr|extended|long|liquid|delayed|succinate)",
    re.IGNORECASE,
)
KNOWN = re.compile(r"\b(?:the|your|his|her|that)(?: \w+)? \Z", re.IGNORECASE)
OWNED = re.compile(r"\b(?:your|his|her)(?: (?:daily|regular|usual|morning|evening|home))* \Z", re.I)
FROM_NOW_ON = re.compile(
    r"\b(?:from now on|going forward|now instead|(?:instead of|rather than) (?:once|twice|three|"
    r"every|"
    r"\d|just|at|in|taking|two|one|half|daily)|now\s*\W*\Z|now,|instead\s*\W*\Z|"
    r"not (?:every day|daily|twice|once)[^.]{0,12} any ?more)",
    re.IGNORECASE,
)
INSTEAD = re.compile(
    r"\b(?:instead of|rather than) (?:once|twice|three|every|\d|taking|just|at|in|two|one|daily)|"
    r"\bfrom now on\b|\bgoing forward\b|\b(?:taking|using) the \Z(?<=want you taking the )",
    re.IGNORECASE,
)
PUT_OFF = re.compile(
    r"\b(?:but|though|however|and|so)[\s,]+(?:\w+[\s,]+)?(?:let us|we will|i would|i will|"
    r"we should|"
    r"i think we|i want to|we can|not)\s?(?:rather )?(?:wait|hold off|(?:not )?(?:yet|today|"
    r"right now|"
    r"just yet)|see how|revisit|think about|do not)",
    re.IGNORECASE,
)
ANY_MORE = re.compile(r"\A,? (?:any ?more|any longer|at all)\b", re.IGNORECASE)
TO_OTHER_FORM = re.compile(
    r"\A to (?:the |an? )?(?:x[rl]|er|sr|la|cr|extended|long|immediate|regular|liquid|generic|"
    r"brand|once)",
    re.IGNORECASE,
)
NOT_NEEDED = re.compile(
    r"\bno need (?:to (?:take|be on|use|have)|for)(?: (?:the|your|that|any))?\s*\Z|"
    r"\b(?:no longer|not|never)(?: going to| really)?(?: be)? (?:need|requir|have to (?:take|use)|"
    r"be on|taking)\w*(?: (?:to take|to be on|on|the|your|that|any))*\s*\Z",
    re.IGNORECASE,
)
BARE_NO = re.compile(r"\bno \Z", re.IGNORECASE)
TO_A_LIST = re.compile(
    r"\A(?: \w+)? (?:to|in|on) (?:your|the|his|her) (?:allerg|chart|record|list|problem)",
    re.IGNORECASE,
)
ANOTHER_WAY = re.compile(
    r"\A (?:once|twice|at|in the|every|daily|\d|three|nightly)[^.]{0,30}\b(?:take|use|do|have|try|"
    r"make|give) "
    r"(?:it|that)\b",
    re.IGNORECASE,
)
NEXT_STEP = re.compile(r"\b(?:then|after that)\b", re.IGNORECASE)
TOLD_NOT = re.compile(
    r"(?:\A|[,.;]\s|\b(?:so|please|and|then|should|must|to|try) )\W*(?:do )?not (?:to )?"
    r"(?:take|use|give|have)\b[^.;]{0,30}\Z",
    re.IGNORECASE,
)
NO_MORE_SO = re.compile(r"\bnot (?:every day|daily|twice|once|three)[^.]{0,12} any ?more\b", re.I)
OF_PRONOUN = re.compile(
    r"\A (?:it|that|them|this)(?:,| (?:as well|too|also|and|at|for|with|until|to|because|since|"
    r"now)\b)",
    re.IGNORECASE,
)
AS_NEEDED = re.compile(r"\b(?:as needed|if needed|when needed|prn|only)\b", re.IGNORECASE)
