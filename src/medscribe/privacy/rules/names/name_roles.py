"""Patterns of where people stand in talk that does not introduce them: "farhad made me come".

Weaker than the cues of `name_cues`: they say that somebody is spoken of, and the word must be one
that hardly means anything else. Patterns of what stands before a word end with `$`; those of what
stands after it are matched at its end.
"""

import re
from functools import cache

from medscribe.privacy.rules.names.name_cues import compiled

_DEEDS = (
    "did(?!\\s*n['’ ]?t\\s+(?:change|improve|help|work))|does|made|makes|gave|gives|told|tells|"
    "said|says|saw|took|takes|brought|brings|drove|drives|came|comes|went|goes|put|puts|thinks|thought|wants|wanted|"
    "knows|knew|asked|asks|helped|helps|counted|counts|called|calls|noticed|found|finds|picked|picks|"
    "lives|lived|works|worked|walked|walks|stayed|stays|sent|sends|set|wrote|writes|read|reads|"
    "began|begins|became|signed|signs|ordered|orders|checked|checks|drew|draws|showed|shows|explained|explains|"
    "recommended|recommends|suggested|suggests|referred|refers|prescribed|prescribes|mentioned|"
    "mentions|insisted|insists|worries|worried|complains|complained|agreed|agrees|keeps|kept|"
    "left|leaves|got|gets|had|has|needs|needed|likes|liked|loves|loved|hates|forgot|forgets|"
    "remembers|remembered|cooks|cooked|scribes?|sleeps|slept|died|retired|moved|married|passed\\s+away|"
    "never|always|usually|just|can['’]?t|ca\\s+n['’]t|won['’]?t|wo\\s+n['’]t|would|could|will|can|should"
)
_ERRANDS = (
    "step|wait|sit|stand|stay|leave|join|hold|read|drive|pick|grab|have|be|look|see|write|use|hear|"
    "listen|weigh|scribe|watch|eat|sleep|walk|work|want|need|like|know|say|come|call|do|get|give|"
    "take|help|bring|check|draw|tell|ask|go|send|show|explain|set|schedule|sign|review|examine|"
    "finish|handle|cover|remember|live|think|make|let|put|talk|speak|drop|stop\\s+by|swing\\s+by"
)
_NUMBERS = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNITS = (
    "weeks?|months?|days?|hours?|minutes?|years?|places|spots|areas|views|doses|of|or|to|percent|"
    "milligrams?|times|pieces|sets|and|point|hundred|thousand|more|people|out"
)


@cache
def object_before() -> re.Pattern[str]:
    """What is done to people: "they paged", "i gave", "covering for", "i'd rather see"."""
    return compiled(
        r"\b(?:gave|giving|give|let|lets|let['’]s\s+have|paged?|paging|texted|text|emailed|"
        r"called(?:\s+and\s+got)?|calling|call|got|told|tell|telling|asked|asking|ask|met|meet|meeting|thank|"
        r"thanked|thanks\s+to|hug(?:ged)?|marry|married|divorced|dating|dated|remind(?:ed)?|warn(?:ed)?|"
        r"reached|reach\s+out\s+to|ran\s+into|bumped\s+into|visit(?:ed|ing)?|miss(?:ed)?|"
        r"love|trust(?:ed)?|under|saw|see|seeing|hire[d]?|fired|"
        r"(?:covering|filling\s+in|waiting|wait|looking|care|caring|working|scribing|speaking|"
        r"interpreting|translating|refill|appointment)\s+for|"
        r"(?:care|friend|cousin|mother|father|wife|husband|son|daughter|patient|opinion|call|"
        r"message|letter|note|word|referral|report|consult)\s+(?:of|from|to|by)|"
        r"heard\s+from|hear\s+from|works?\s+(?:for|with|under)|listen(?:ed)?\s+to|"
        r"told\s+by|prescribed\s+by|ordered\s+by|done\s+by|followed\s+by|sent\s+by|seen\s+by|"
        r"team|hey|hi|hello|bye|goodbye|sorry|thanks|thank\s+you|welcome|"
        r"things\s+with|how\s+is|how['’]s|how\s+are|where['’]s|where\s+is|who['’]s|who\s+is|"
        r"waiting\s+on|ever\s+since|pronounced|attention|good\s+news|take\s+care|so\s+much|must\s+be|"
        r"then\s+there['’]s|chance\s+to\s+see|all\s+set|"
        r"it['’]s|it\s+was|was\s+it|me\s+and|this\s+is|that['’]s|i['’]m|you['’]re|she['’]s|he['’]s|this|fair\s+enough|"
        r"(?:used\s+to\s+be|was\s+born|born|was|became)\s+an?|need|rather\s+(?:have|see|go\s+with))"
        r"[\s,]+$"
    )


@cache
def subject_before() -> re.Pattern[str]:
    """What opens a clause, after which its subject stands: "so", "because", "did"."""
    return compiled(
        r"(?:^|[.?!,:;]|\b(?:so|and|but|because|cause|if|when|while|since|that|then|yeah|yes|no|okay|"
        r"well|uh|um|until|till|after|before|though|although|maybe|actually|honestly|did|does|"
        r"has|can|could|will|would|is\s+it\s+okay\s+if|think|thought|guess|hope|said|says|like|"
        r"where|whether|what|why|how|who|the\s+(?:day|night|morning|time|seizure|fall)|today|"
        r"yesterday|week|night|or))\s*$"
    )


@cache
def deed_after() -> re.Pattern[str]:
    return compiled(rf"(?:['’]s\s+(?:been|got|coming|off|here|out|on)\b|\s+(?:{_DEEDS})\b)")


@cache
def errand_before() -> re.Pattern[str]:
    return compiled(
        r"\b(?:have|had|let|get|getting|having|did|does|ask|can|could|will|make|made|help|helps|helping|"
        r"watch|watched|see|saw|want|wants|would)\s+$"
    )


@cache
def errand_after() -> re.Pattern[str]:
    return compiled(rf"\s+(?:to\s+)?(?:{_ERRANDS})\b")


@cache
def described_after() -> re.Pattern[str]:
    """What is told of the person next: "is a terror, he", "and she put", "in bed six"."""
    return compiled(
        r"(?:,?\s*(?:and|but|because|so|since)?\s*(?:he|she)(?:['’](?:s|d|ll)|\s+[a-z])|"
        r"(?:['’]s|\s+is|\s+was)\s+[^.?!]{1,30}?[\s,]+(?:he|she)(?:['’]|\s)|"
        r"(?:['’]s|\s+is|\s+was)\s+(?:(?:my|your|his|her|our|their)|off|on\s+vacation|out\s+sick|"
        r"here|home|asleep|pregnant|retired|coming|doing|gone|sick|busy|mad|upset|worried)\b|"
        rf"\s+in\s+(?:(?:bed|room|bay|slot|chair|unit)\s+)?{_NUMBERS}\b(?!\s*(?:{_UNITS})\b)|"
        r"\s+(?:in|from)\s+(?:billing|scheduling|reception|registration|the\s+(?:lab|pharmacy|office))|"
        r"\s+(?:and\s+i(?!['’]m)|and\s+(?:my|her|his)|too|by\s+the\s+way|twice|back\s+(?:about|on)|not\s+ma['’]?am|"
        r"the\s+whole|weigh)\b)"
    )


@cache
def married_name_after() -> re.Pattern[str]:
    """ "price , right ? before the divorce", "subramaniam is my married name"."""
    return compiled(
        r"(?:['’]s|\s+is|\s+was)\s+(?:my|his|her|their|your|the)\s+(?:\w+\s+)?"
        r"(?:married|maiden|middle|real|legal|last|first|full|given|stage|family|old|new|birth)\s+name\b|"
        r"[^.]{0,20}?\b(?:before|until|after|since)\s+(?:the|your|my|you|i|her|she|he)\s+(?:\w+\s+)?"
        r"(?:divorced?|wedding|marriage|married|remarried)\b"
    )


@cache
def married_name_before() -> re.Pattern[str]:
    return compiled(
        r"\b(?:used\s+to\s+be|(?:was|were)\s+(?:born|once)?|born|still|now|are)\s+an?\s+$"
    )


@cache
def checks_back() -> re.Pattern[str]:
    return compiled(r"\s*,?\s*(?:right|correct|before|until|till)\b")


@cache
def person_noun() -> re.Pattern[str]:
    """Who somebody is, before a name with a capital: "PCP Ng", "daughter June", "w/ RN Ruiz"."""
    return compiled(
        r"\b(?:pcp|rn|lpn|lvn|cna|np|pa|pa-c|md|do|crna|rt|pt|ot|slp|rd|msw|lcsw|pharmd|emt|"
        r"attending|hospitalist|resident|intern|fellow|consultant|supervisor|officer|paramedic|"
        r"charge(?:\s+nurse)?|nurse|case\s+manager|social\s+worker|interpreter|chaplain|attorney|"
        r"provider|physician|surgeon|anesthesiologist|radiologist|pathologist|\w+ologist|therapist|"
        r"pharmacist|midwife|doula|coordinator|student|tech|technician|scribe|assistant|preceptor|"
        r"husband|wife|spouse|partner|son|daughter|brother|sister|mother|father|mom|dad|aunt|uncle|"
        r"niece|nephew|cousin|grandson|granddaughter|grandmother|grandfather|friend|neighbor|"
        r"neighbour|roommate|caregiver|guardian|fianc[eé]e?|boyfriend|girlfriend|aide)[\s,(]+$"
    )


@cache
def initials() -> re.Pattern[str]:
    return re.compile(r"(?:\b[A-HJ-Z]\.?\s+){1,2}$")


@cache
def clause_after() -> re.Pattern[str]:
    """What goes on after a whole name: "hand and you're here"."""
    return compiled(
        r"\s+(?:and\s+(?:you|i|he|she|we|they|it|this|my)\b|but\b|because\b|so\b|i['’]?m\b)"
    )


@cache
def noun_before() -> re.Pattern[str]:
    """What makes a noun or a verb of the word after it: "my bill", "to be frank"."""
    return compiled(
        r"\b(?:a|an|the|this|that|these|those|some|any|every|each|no|my|your|his|her|its|our|their|"
        r"another|one|which|what|more|most|much|it|there|of|per|to|not|n['’]t|don['’]t|never|usually|always|often|"
        r"really|very|so|too|be|been|being|i|we|you|they|he|she|who|should|would|must|might|gon\s+na|"
        r"on|into|onto|at|up|down|off|out|through|take|taking|takes|took|using|use|low|high|mild|"
        r"['’]s|left|right|big|little|small|good|bad|new|old|great|nice)\s+$"
    )


@cache
def noun_after() -> re.Pattern[str]:
    """What follows a verb or an adjective: "chase the", "mark it", "grant you"."""
    return compiled(
        r"\s+(?:the|a|an|it|them|him|me|you|us|that|this|these|those|your|my|down|up|of)\b"
    )
