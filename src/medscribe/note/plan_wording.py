"""What the clinician tells the patient about the plan -> what a chart says of it.

"i am going to start you on meloxicam 15 mg" -> "start meloxicam 15 mg"; "i want you to rest" ->
"advised to rest"; the patient stays "you" for `third_person` to replace.
"""

import re
from functools import cache

_WE = r"(?:i|we)"
_SOFT = r"(?:(?:probably|also|definitely|likely|again|then|now|still|first|really|certainly|at this point|for now) )*"
_GOING = rf"{_WE} (?:am|are) {_SOFT}(?:going to|gonna|planning to|planning on|hoping to)(?: {_SOFT.strip()})?"
_FORMS: tuple[tuple[str, str], ...] = (
    (rf"\b(?:what|so what|the first thing|the other thing|the next thing|one thing) (?:{_WE} (?:am|are|will|would|want|can|think|need)[\w ]{{0,30}}?|that [\w ]{{0,20}}?) is,? (?:that )?(?=i |we |to |get |start |you |do |have |put |give |send |order |going )", ""),
    (rf"\b{_WE} think (?:what )?(?:we|i) (?:will|should|can|would|could|may|might)(?: do is,?)?\b(?: (?:i|we) (?:will|should|would))?", "i will"),
    (rf"\b{_WE} (?:think|thought) (?:that )?(?=(?:i|we) )", ""),
    (rf"\b(?:{_GOING}|{_WE} (?:will|would|want to|would like to|need to|have to|would love to)|i would like) {_SOFT}(?:have|ask|get) you (?:to )?(?=(?!on |in |a |an |the |some |set |started |scheduled |back |over |to )\w)", "advised to "),
    (rf"\b(?:{_WE} {_SOFT}(?:want|would like|need|would love|would prefer|advise|encourage|expect|recommend|would recommend|would advise)|it is important for|i would really like) (?:that )?you {_SOFT}(?:to )?(?=\w)", "advised to "),
    (rf"\b{_WE} (?:do not|would not) {_SOFT}(?:want|like) you (?:to )?", "advised not to "),
    (rf"\b{_WE} {_SOFT}(?:am|are) {_SOFT}(?:recommending|suggesting)\b", "recommend"),
    (rf"\b{_WE} {_SOFT}(?:would )?{_SOFT}(?:recommend|suggest|advise)\b(?: that)?", "recommend"),
    (rf"\b{_GOING} ", ""),
    (rf"\b{_WE} {_SOFT}(?:will|shall|would|should|want to|would like to|would love to|need to|have to|has to|got to|plan to|plan on|would want to|would just like to) {_SOFT}(?:want to |like to |be able to )?(?=\w)", ""),
    (rf"\b(?:let's|let us) {_SOFT}", ""),
    (rf"\b{_WE} {_SOFT}(?:can|could|may|might) {_SOFT}(?=(?:consider|discuss|try|think about|look|get|do|talk)\b)", "may "),
    (rf"\b{_WE} {_SOFT}(?:can|could|may|might) {_SOFT}", "can "),
    (rf"\b{_WE} (?:am|are) {_SOFT}(not )?(?:concerned|worried)(?: (?:that|about|for))?", r"there is \1concern for"),
    (rf"\b{_WE} {_SOFT}(?:do not|did not|cannot|could not) {_SOFT}(?:see|hear|feel|appreciate|find|notice|detect|note)(?: that)?(?: there (?:is|are|was))? ?(?:any|a|an)?\b", "no"),
    (rf"\b{_WE} {_SOFT}(?:do not) {_SOFT}(?:think|believe|feel|suspect)(?: that)? ", "it is unlikely that "),
    (rf"\b{_WE} {_SOFT}(?:think|believe|feel like|feel|suspect)(?: that)? (this|it|that|he|she|they|you|your (?:\w+ ){{1,3}}?)(?= is| are| has| have| was| were)", r"\1"),
    (rf"\b{_WE} {_SOFT}(?:think|believe|feel like|feel|suspect|know|see|understand|guess)(?: that)?,? (?=you|your|this|that|it|there|the|he|she|they|with|for|a )", ""),
    (rf"\b{_WE} (?:am|are) (?:very |really |so )?(?:happy|glad|pleased|sorry|confident|hopeful|hoping|optimistic)(?: (?:that|with|about|to hear(?: that)?))? ", ""),
    (rf"\b{_WE} (?:have|had) (?=\w+ed\b|seen\b|done\b|given\b|put\b|sent\b)", ""),
    (rf"\b{_WE} (?:already )?(?=(?:discussed|reviewed|ordered|prescribed|recommended|talked|looked|examined|advised|explained|obtained|checked|noted|performed|counseled|did|got|gave|sent)\b)", ""),
    (r"\bit (?:looks|look|sounds|seems) like (?:that )?", ""),
    (r"\b(?:see|have|get|bring) you (?:back |again )*(?:here |in (?:the )?(?:clinic|office) )?(?:back )?(?=in |for |again|after|at |next)", "follow up "),
    (r"\b(?:see|follow up with|follow) you (?:back|again|up)\b", "follow up"),
    (r"\bcome back (?:to|and) see me\b|\bcome back and see us\b|\bsee me (?:back|again)\b", "follow up"),
    (r"\b(?:get|start|put|place|keep|continue|maintain) you (?:started )?(?:back )?on (?:a |an |the |some |your )?(?=\w)", lambda m: _ON[m.group(0).split()[0]]),
    (r"\b(?:write|give|send|prescribe|order|get|offer) you (?:out )?(?:a prescription for |for |with |in )?(?=(?!a referral|some exercises|an injection|the|information)\w)", lambda m: _GIVE[m.group(0).split()[0]]),
    (r"\b(?:send|get) in (?:a |an )?(?:prescription|script) (?:for|of) ", "prescribe "),
    (r"\b(?:a |an )?(?:prescription|script) (?:for|of) (?=\w)", "a prescription for "),
    (r"\bset you up (?:with|for) ", "arrange "),
    (r"\b(?:and|then) advised", "and advised"),
    (r"\byou (?:can|may|should|will|need to|have to|must|are going to want to|are going to need to|will need to|will want to) (?=(?:take|use|continue|keep|stop|follow|call|start|wear|return|avoid|apply|increase|decrease|come|rest|ice|elevate|monitor|do|go|try|stay|limit|work|walk|put|eat|drink|check|watch|contact|let)\b)", "advised to "),
    (r"\blet (?:me|us|my office|the office) know\b|\b(?:call|contact) (?:me|us|my office|our office)\b", "contact the office"),
    (r"\bgive (?:me|us|my office) a call\b", "contact the office"),
    (r"\b(?:with|by|to) (?:me|us)\b(?! \w+ing)|\bfor (?:me|us)\b", ""),
    (r"\b(?:my|our) (?=office|clinic|nurse|staff|partner|colleague|assistant|recommendation)", "the "),
    (r"\b(?:okay|alright|all right),? ", ""),
    (r" {2,}", " "),
    (r"\band and\b", "and"),
)  # fmt: skip  # noqa: E501
_ON = {"get": "start ", "start": "start ", "put": "start ", "place": "start ", "keep": "continue ",
       "continue": "continue ", "maintain": "continue "}  # fmt: skip
_GIVE = {"write": "prescribe ", "give": "give ", "send": "send for ", "prescribe": "prescribe ",
         "order": "order ", "get": "get ", "offer": "offer "}  # fmt: skip


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], object], ...]:
    return tuple((re.compile(form, re.IGNORECASE), new) for form, new in _FORMS)


def plan_wording(text: str) -> str:
    """`text` of the clinician without "I" and "we" where the plan can be said without them."""
    for pattern, new in _patterns():
        text = pattern.sub(new, text)  # type: ignore[arg-type]
    text = re.sub(r"\A[\s,.]*(?:and|but|so|then|also|that|now|,)+[\s,]+(?=\w)", "", text.strip())
    return text.strip(" ,")


_PROBLEM = re.compile(
    r"\A(?:now |so |and |then |but |also |as )*(?:for|regarding|as far as|in terms of|with regards? to|when it comes to|in regards? to|concerning|about|with respect to)"
    r" (?:your|the|his|her|my)? ?(?:(?:very )?(?:first|second|third|fourth|fifth|next|last|other|final|main|1st|2nd|3rd|4th|number \d|1|2|3)"
    r" (?:problem|issue|diagnosis|one|thing|concern)(?: of| is| here)?,? ?(?:is )?)?(?:your |the |his |her |of )*(?P<problem>(?!now\b|today\b|that\b|this\b|the \d|a few|your \d)[a-z0-9<>_ '/-]{3,60}?)"
    r"(?: (?:goes|is concerned|go|are concerned))?(?:,| (?=(?:i|we|let's|you|it|that|this|your)\b))+\s*(?P<rest>(?:i|we|let's|you|it|that|this|your|again|so|the|for|continue|what|as)\b.*)?\Z",
    re.IGNORECASE,
)  # fmt: skip  # noqa: E501
_BARE_PROBLEM = re.compile(
    r"\A(?:your |the )?(?:first|second|third|fourth|next|last|other|final|1st|2nd|3rd|number \d)(?: problem| issue| diagnosis| one| thing)?,? (?:is |of )?(?:your |the |his |her )?(?P<problem>[a-z0-9 '/-]{3,50})\Z",
    re.IGNORECASE,
)


def split_problem(text: str) -> tuple[str | None, str]:
    """The problem that a sentence opens with, and the rest of it.

    "for your second problem , your hypothyroidism , i want to ..." -> ("hypothyroidism", "i want
    to ..."); (None, text) where it opens with none.
    """
    bare = _BARE_PROBLEM.match(text)
    if bare:
        return bare["problem"].strip(), ""
    match = _PROBLEM.match(text)
    if not match:
        return None, text
    problem = match["problem"].strip(" ,")
    if len(problem.split()) > 7 or problem in ("pain", "next", "first", "follow up", "problem"):
        return None, text
    return problem, (match["rest"] or "").strip()
