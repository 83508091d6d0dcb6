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
    r"\b(?:from now on|from here on|going forward|now instead|(?:instead of|rather than) (?:the )?"
    r"(?:mornings?|evenings?|nights?|afternoon|bedtime|noon|breakfast|dinner|supper)|"
    r"(?:instead of|rather than) (?:once|twice|three|an? (?:whole|full|half|single)|"
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
WHILE = re.compile(
    r"\b(?:while (?:you|he|she|we)|until|for now|for the time being|for the next|during|meanwhile|"
    r"(?:in|for) the meantime|on (?:sick|those) days|(?:the )?(?:morning|day|night|week) (?:of|"
    r"before)|"
    r"when you (?:are|get|have) (?:sick|ill|vomiting|a fever|poorly|unwell))\b",
    re.IGNORECASE,
)
TO_TAKE = re.compile(
    r"\b(?:take|use|have|do|inject|give)(?: (?:the|your|that|his|her))? \Z", re.IGNORECASE
)
MORE_OF_IT = re.compile(
    r"\bany more(?: of)?(?: (?:the|your|that|this))?(?: \w+)? \Z", re.IGNORECASE
)
NOT_THIS = re.compile(
    r"(?:\A|[,.;]|\bno)\W*(?:(?:then|so|okay|well|no|but|sorry|definitely|actually)[\s,]+)*"
    r"not(?: the| your| that)? \Z",
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
PAST = re.compile(
    r"\b(?:had|was|were|did|been|already|previously|ago|last (?:time|visit|week|month|year)|"
    r"used to|once|when (?:i|you|we)|after (?:i|you|we)|since (?:i|you|we)|"
    r"(?:i|we|you|he|she) (?:put|started))\s*(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:(?:not|never|no need(?: to)?|no reason(?: to)?|without|rather not|cannot|"
    r"hold off(?: on)?|against|instead of|avoid)\s"
    r"(?:(?!(?:we|i) (?:could|can|will|would|might|may)\b|let\b|so (?:let|we|i|you)\b)"
    r"\w+\s){0,5}\Z|"
    # "There is no redness, you can stop it."
    r"(?<=[a-z] )(?<!actually )(?<!oh )(?<!wait )(?<!so )no\s"
    r"(?:(?!(?:we|i|you|he|she) (?:could|can|will|would|might|may|should)\b|let\b|"
    r"so (?:let|we|i|you)\b)\w+\s){0,5}\Z)",
    re.IGNORECASE,
)
NOT_IN_GAP = re.compile(
    r"(?<!that is )(?<!that does )(?<!that will )(?<!which is )(?<!that are )(?<!that has )"
    r"\bnot\b|"
    r"\bno more\b|\bnever\b",
    re.IGNORECASE,
)
POSSIBLE = re.compile(
    r"\b(?:might|maybe|perhaps|could|consider(?:ing|ed)?|thinking (?:about|of)|thought about|"
    r"talked about|discussed|possibly|potentially|"
    r"(?:an|another|one|other) option|options? (?:is|are|would|include)|discuss|talk about|"
    r"would you (?:like|want|be)|do you want|eventually|"
    r"someday|at some point|down the road|in the future|may (?:need|want|"
    r"consider|have to|be able|start|add|increase)|can consider|(?:can|could|would|may) then|"
    r"think about|versus|if you want|"
    r"if you would like|what if)\b",
    re.IGNORECASE,
)
HYPOTHETICAL_BEFORE = re.compile(
    r"\b(?:if|unless|once(?= (?:you|we|i|it|that|he|she|they)\b)|should (?:that|it|"
    r"this))\b(?! you want)",
    re.I,
)
HYPOTHETICAL_AFTER = re.compile(
    r"\bif (?:that|it|this|things|your|the|his|her|there|we|you (?:are|do|continue|still))\b", re.I
)
# "If you get a rash, stop it": not yet; "if you still take it, stop it" is for now.
IN_CASE = re.compile(
    r"\b(?:if|when|should)(?: ever)? (?!(?:that|it) is (?:okay|ok|fine|good|all ?right)\b)"
    r"(?:(?:you|he|she|they)(?: ever| do)? (?:get|notice|develop|see|feel|become|break out|"
    r"pass out|throw up|(?:start|have|are|is) (?:any|an?|to|having|getting|feeling|more|chest|"
    r"trouble|bleeding|vomiting))|(?:it|that|there|your|his|her|the|any|an?|anything|things)) "
    r"[^.;]{0,50}\Z",
    re.IGNORECASE,
)
CALL = re.compile(r"\b(?:call|let (?:me|us) know|come (?:back|in)|see me|tell me|contact)\b", re.I)
