"""A clinician's question and the patient's answer -> one statement to the patient ("you ...").

"any fever or chills?" "no." -> "you deny fever or chills"; "have you taken anything for it?"
"ibuprofen" -> "you have taken ibuprofen for it". None where the two do not make a statement.
"""

import re
from enum import Enum
from functools import cache

from medscribe.note.agreement import is_adverb, is_known_verb, past


class Polarity(Enum):
    YES = "yes"
    NO = "no"


_NO = re.compile(
    r"\A[\s,.-]*(?:(?:uh|um|oh|well|so|and|okay|ah|hmm)[\s,.]+)*(?:no|nope|nah|not really|not at all|never|none|negative|nothing"
    r"|not that|not (?:to|in|yet|since|much|right now|anymore|lately|recently)|i (?:do|did|have|am|was|can|could) ?not"
    r"|it (?:does|is|has|did) not|n't|denies|i don't)\b(?! (?:problem|worries|doubt))"
)
_YES = re.compile(
    r"\A[\s,.-]*(?:(?:uh|um|oh|well|so|and|okay|ah|hmm|actually)[\s,.]+)*(?:yes|yeah|yep|yup|ye|mm-hmm|uh-huh|correct|definitely|absolutely|exactly"
    r"|sure|of course|right|i do\b(?! not)|i have\b(?! not)|i am\b(?! not)|i did\b(?! not)|it does\b(?! not)"
    r"|it is\b(?! not)|a little|a bit|sometimes|some\b|occasionally|that is right|that is correct|they do\b|it has\b(?! not)|i think so)"
)
_EMPTY_NO = re.compile(r"\A(?:no|nope|nah|not really|not at all|never|none|negative|nothing)\b")
_LEAD = re.compile(
    r"\A(?:(?:and|so|okay|alright|all right|now|but|then|also|well|or|do you know if|can you tell me(?: if| whether)?"
    r"|i was wondering if|what about|how about|in terms of|tell me|just|let me ask you|right|um|uh)[ ,]+)+"
)
_TAIL = re.compile(
    r"(?:,? *(?:at all|or anything(?: like that| else)?|anything like that|anything else|with that|or no|or not"
    r"|that you (?:have noticed|know of|can think of|noticed)|or something|still|like that|too|as well|either|you know|"
    r"is that (?:right|correct)|right|correct|okay|yet|before|things like that|and stuff))+[ ?.,]*\Z"
)
_PAIN_SCALE = re.compile(r"\b(?:scale|1 to 10|0 to 10|out of 10|1/10)\b")
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?(?:/10)?\b")
_SUBJECT_WORDS = re.compile(r"\b(?:i|it|we|they|he|she|there|that is|my|you|this)\b")


def polarity_of(said: str) -> Polarity | None:
    """Yes or no as an answer begins; None where it does neither ("about two weeks")."""
    if _NO.match(said):
        return Polarity.NO
    return Polarity.YES if _YES.match(said) else None


def is_bare_answer(said: str) -> bool:
    """ "yes", "no not really": nothing but the polarity."""
    words = re.findall(r"[a-z']+", said)
    return len(words) <= 4 and polarity_of(said) is not None


def is_fragment(text: str) -> bool:
    """Whether an answer has no subject of its own ("a little tylenol")."""
    return not _SUBJECT_WORDS.search(text.lower())


def statement_from(question: str, answer: str, polarity: Polarity | None) -> str | None:
    """The statement that question and answer make together; `answer` is cleaned, perhaps empty."""
    asked = _TAIL.sub("", _LEAD.sub("", question.lower().strip(" ?.,"))).strip(" ?.,")
    if not asked or len(asked.split()) > 32:
        return None
    if polarity is None or (answer and not _EMPTY_NO.match(answer) and is_fragment(answer)):
        filled = _filled(asked, answer.strip(" .,"))
        if filled or polarity is None:
            return filled
    for pattern, yes, no in _polar_forms():
        match = pattern.match(asked)
        if match:
            return _polar(match, yes if polarity is Polarity.YES else no)
    return None


@cache
def _polar_forms() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Question forms with the statement for yes and for no; {past} marks a verb to put there."""
    any_np = (
        r"(?:any |a history of any )(?:other |new |more |kind of |type of |sort of )*(?P<np>.+)"
    )
    thing = (
        r"(?P<s>it|that|this|they|he|she|there|(?:the|your|this|that|these|those) (?:\w+ ){1,3}?)"
    )
    forms = [
        (rf"(?:do you have |have you had |have you noticed |have you been having |are you having |did you have |have you experienced |do you notice |do you get |do you feel |are there |is there |are you experiencing |do you ever have |have you ever had |were there |with |experiencing |having |and |but |so |had )?{any_np}$", "you report {np}", "you deny {np}"),
        (r"(?:no|denies|and no|so no|you do not have any|you have no) (?P<np>.+)$", "you deny {np}", "you deny {np}"),
        (r"(?:do you have |have you had |have you noticed |are you having |are you experiencing |do you get |have you experienced )(?:a |an |some )?(?P<np>(?!to |been |a family|your )[a-z].+)$", "you report {np}", "you deny {np}"),
        (r"(?:do|does) you(?: still| ever| currently| also)? (?P<vp>.+)$", "you {vp}", "you do not {vp}"),
        (r"did you(?: ever| also)? (?P<v>\w+)(?P<vp>.*)$", "you {past}{vp}", "you did not {v}{vp}"),
        (r"have you(?: ever| also| recently)? (?P<vp>.+)$", "you have {vp}", "you have not {vp}"),
        (r"has (?:it|that|this|the \w+|your \w+) (?P<vp>.+)$", "it has {vp}", "it has not {vp}"),
        (r"are you(?: still| currently| also)? (?P<vp>.+)$", "you are {vp}", "you are not {vp}"),
        (r"were you (?P<vp>.+)$", "you were {vp}", "you were not {vp}"),
        (r"(?P<m>can|could) you (?P<vp>(?!tell|describe|show|point|explain|lift|move|bend|push|squeeze|give|take|raise|turn|lay|sit|stand|walk|wiggle|open|follow|feel|do|try|hop).+)$", "you {m} {vp}", "you {m} not {vp}"),
        (rf"is {thing} ?(?P<vp>.+)$", "{s} is {vp}", "{s} is not {vp}"),
        (rf"was {thing} ?(?P<vp>.+)$", "{s} was {vp}", "{s} was not {vp}"),
        (rf"are {thing} ?(?P<vp>.+)$", "{s} are {vp}", "{s} are not {vp}"),
        (rf"does {thing} ?(?P<vp>.+)$", "{s} does {vp}", "{s} does not {vp}"),
        (rf"do {thing} ?(?P<vp>.+)$", "{s} do {vp}", "{s} do not {vp}"),
        (r"(?:and )?you (?:are|'re) (?P<vp>.+)$", "you are {vp}", "you are not {vp}"),
        (r"you have (?P<vp>(?:been|had|noticed|tried|taken) .+)$", "you have {vp}", "you have not {vp}"),
        (r"you (?P<vp>(?:have|take|use|smoke|drink|get|feel|live|work|exercise|eat|check) .+)$", "you {vp}", "you do not {vp}"),
    ]  # fmt: skip  # noqa: E501
    return tuple((re.compile(form), yes, no) for form, yes, no in forms)


def _polar(match: re.Match[str], form: str) -> str | None:
    groups = {
        name: (value or "").strip() if name != "vp" else value
        for name, value in match.groupdict().items()
    }
    if "v" in groups:
        if is_adverb(groups["v"]):
            return None
        groups["past"] = past(groups["v"])
    statement = re.sub(r" +", " ", form.format(**groups)).strip()
    if " deny " not in f" {statement} " and "not" not in statement.split():
        statement = re.sub(r"\b(?:any|ever) ", "", statement)
    statement = re.sub(r"\bsome\b(?= \w)", "any", statement) if "deny" in statement else statement
    statement = re.sub(r"\A(it|that|this) does (?!not)(\w+)", _plain_does, statement)
    return re.sub(r"\byou deny any\b", "you deny", statement)


def _plain_does(match: re.Match[str]) -> str:
    from medscribe.note.agreement import third_person

    verb = match.group(2)
    return f"{match.group(1)} {third_person(verb)}" if is_known_verb(verb) else match.group(0)


@cache
def _open_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Questions for something, with the statement an answer without a subject completes."""
    forms = [
        (r"how long (?:ago )?(?:has|have|did|was|is|are) .*\b(?:bothering|going on|happening|had|having|lasted?|been|start|happen)", "symptoms have been present for {a}"),
        (r"how long ago\b", "onset was {a}"),
        (r"when did (?:it|this|that|the \w+(?: \w+)?|your \w+(?: \w+)?|these \w+|they) (?:\w+ )?(?:start|begin|happen|occur)", "onset was {a}"),
        (r"what (?:have|did) you (?:been )?(?:taken|tried|take|try|taking|trying|done|doing|use|used|using)(?P<r> for .*| to .*)?$", "you have taken {a}{r}"),
        (r"(?:have|did) you (?:taken?|tried|try) (?:anything|any \w+)(?: else)?(?P<r> for .*| to .*)?$", "you have taken {a}{r}"),
        (r"(?:what|which) (?:medications?|medicines?|drugs?) (?:are|do) you .*$", "you take {a}"),
        (r"what are you (?:currently )?taking(?P<r> for .*)?$", "you take {a}{r}"),
        (r"(?:which|what) (?:side|knee|arm|leg|foot|hand|shoulder|hip|ankle|wrist|elbow|ear|eye|one)\b", "it is the {a}"),
        (r"(?:is|was) (?:it|that|this|the pain) .*\bor\b", "it is {a}"),
        (r"where (?:is|does|do|are|would|exactly|in)\b.*(?:pain|hurt|it|located)", "pain is located at {a}"),
        (r"how (?:old are you)$", "you are {a} old"),
    ]  # fmt: skip  # noqa: E501
    return tuple((re.compile(form), new) for form, new in forms)


def _filled(asked: str, answer: str) -> str | None:
    if not answer or len(answer.split()) > 14 or not is_fragment(answer):
        return None
    if _PAIN_SCALE.search(asked):
        number = _NUMBER.search(answer)
        score = number.group().split("/")[0] if number else ""
        return f"pain is rated {score}/10" if score else None
    for pattern, form in _open_forms():
        match = pattern.match(asked)
        if match:
            rest = match.groupdict().get("r") or ""
            answer = (
                re.sub(r"\A(?:the|for|at|in|a) (?=\w)", "", answer)
                if "{a}" not in form[-4:] or "the {a}" in form or "for {a}" in form
                else answer
            )
            return form.format(a=answer, r=rest)
    return None
