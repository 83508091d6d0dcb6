"""A clinician's question and the patient's answer -> one statement to the patient ("you ...").

"any fever or chills?" "no." -> "you deny fever or chills"; "have you taken anything for it?"
"ibuprofen" -> "you have taken ibuprofen for it". None where the two do not make a statement.
"""

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from medscribe.note.reading.agreement import is_adverb, is_known_verb, past, third_person
from medscribe.note.reading.casing import lowered
from medscribe.note.rules import Rule, compiled, load_pattern, load_rules, read_table


class Polarity(Enum):
    YES = "yes"
    NO = "no"


# "is it constant, or does it come and go?" - "yes" answers nothing.
_EITHER_OR = re.compile(
    r".*\bor (?:is|does|do|are|did|has|have|was|were|would|can)\b|\A(?:is|was) .* or "
)
# "are they prescribed or over the counter?" - "no" neither.
_ONE_OF_TWO = re.compile(r"(?:is|are|was|were) (?:it|they|that|this|these|those) .* or ")
# "yes" to "any nausea or vomiting?" leaves open which.
_SEVERAL = re.compile(r"\bor\b|,")
_TAKES_BACK = re.compile(r"\b(?:but|although|though|except|however|only|just|besides)\b")
_NAMED_DENIAL = re.compile(
    r"no (?P<what>(?!not|no\b|none|sir|ma'am|more\b|(?:everything|nothing|all|it|i|we|they|he|she"
    r"|you|that|this|there|the|my|just|only|actually|so|but|because|went|was|were)\b)"
    r"[a-z][a-z -]{2,40})[ .,]*\Z"
)
_SPEAKER = re.compile(r"\b(?:i|me|my|what)\b|\bdoes (?:not )?does\b")
_LONGEST_QUESTION_WORDS = 32
_LONGEST_FILLING_WORDS = 14
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?(?:/10)?\b")
_CLAUSE_SUBJECT = re.compile(r"\b(?:i|it|we|they|he|she|there|that is|you|this)\b")
_SUBJECT_WORDS = re.compile(r"\b(?:i|it|we|they|he|she|there|that is|my|you|this)\b")


def polarity_of(said: str) -> Polarity | None:
    """Yes or no as an answer begins; None where it does neither ("about two weeks") or both
    ("yes and no", "yeah, no, i have not")."""
    if load_pattern("questions", "both").match(said):
        return None
    if load_pattern("questions", "no").match(said):
        return Polarity.NO
    return Polarity.YES if load_pattern("questions", "yes").match(said) else None


def is_bare_answer(said: str) -> bool:
    """ "yes", "no not really": nothing but the polarity."""
    words = re.findall(r"[a-z']+", said)
    return len(words) <= 4 and polarity_of(said) is not None


def is_fragment(text: str) -> bool:
    """Whether an answer has no subject of its own ("a little tylenol")."""
    return not _SUBJECT_WORDS.search(text.lower())


def statement_from(question: str, answer: str, polarity: Polarity | None) -> str | None:
    """The statement that question and answer make together; `answer` is cleaned, perhaps empty."""
    asked = load_pattern("questions", "lead").sub("", lowered(question).strip(" ?.,"))
    asked = load_pattern("questions", "tail").sub("", asked).strip(" ?.,")
    if not asked or len(asked.split()) > _LONGEST_QUESTION_WORDS:
        return None
    if polarity is Polarity.NO and _ONE_OF_TWO.match(asked):
        return None
    if _EITHER_OR.match(asked) and polarity is Polarity.YES:
        return _filled(asked, answer.strip(" .,"))
    denied = load_pattern("questions", "empty_no").match(answer)
    if polarity is None or (answer and not denied and is_fragment(answer)):
        filled = _filled(asked, answer.strip(" .,"))
        if filled or polarity is None:
            return filled
    for form in _polar_forms():
        match = form.said.match(asked)
        if match:
            return _polar(match, form.yes if polarity is Polarity.YES else form.no)
    return None


def exception_in(said: str) -> str | None:
    """What a denial leaves out: "nope, just penicillin" -> "penicillin"; None where nothing."""
    match = load_pattern("questions", "except").search(said)
    return match["what"] if match and is_fragment(match["what"]) else None


def restricted_denial(question: str, answer: str) -> str | None:
    """What a no to several things really denies: "smoking, drugs, alcohol?" - "no drugs" ->
    "you deny drugs"; None where the answer names nothing."""
    match = _NAMED_DENIAL.match(lowered(answer)) if _SEVERAL.search(question) else None
    what = re.sub(r"\bmy\b", "your", match["what"]) if match else ""
    return f"you deny {what}" if what and not _CLAUSE_SUBJECT.search(what) else None


def is_qualified(question: str, said: str) -> bool:
    """Whether a no to several things takes some of them back: "weight loss or vomiting?" - "no
    vomiting but weight loss"."""
    return bool(_SEVERAL.search(question) or len(question.split()) > 8) and bool(
        _TAKES_BACK.search(said)
    )


class _PolarForm(NamedTuple):
    """A question for yes or no, and the statement that either answer makes of it."""

    said: re.Pattern[str]
    yes: str
    no: str


@cache
def _polar_forms() -> tuple[_PolarForm, ...]:
    table = read_table("questions")
    entries, fragments = table["polar"], table["fragments"]
    assert isinstance(entries, list)
    assert isinstance(fragments, dict)
    return tuple(
        _PolarForm(compiled(entry["said"], fragments), entry["yes"], entry["no"])
        for entry in entries
    )


def _polar(match: re.Match[str], form: str) -> str | None:
    groups = {name: (value or "").strip() for name, value in match.groupdict().items()}
    if "np" in groups:
        groups["np"] = load_pattern("questions", "like_np").sub("", groups["np"])
        if load_pattern("questions", "empty_np").match(groups["np"]):
            return None
        if " report " in f" {form} " and _SEVERAL.search(groups["np"]):
            return None
    if "v" in groups:
        if is_adverb(groups["v"]):
            return None
        groups["past"] = past(groups["v"])
    statement = re.sub(r" +", " ", form.format(**groups)).strip()
    if not statement:
        return None
    if " deny " not in f" {statement} " and "not" not in statement.split():
        statement = re.sub(r"\b(?:any|ever) |\b(?:much|many|a lot of) (?=[a-z])", "", statement)
    statement = re.sub(r"\b(not|deny)\b(.*?) (?:never|not|no)\b", r"\1\2", statement)
    statement = re.sub(r"\A(it|that|this) does (?!not)(\w+)", _plain_does, statement)
    if _SPEAKER.search(statement) or _EITHER_OR.match(statement):
        return None
    return re.sub(r"\byou deny (?:any|some)\b", "you deny", statement)


def _plain_does(match: re.Match[str]) -> str:
    """ "it does hurt" -> "it hurts"."""
    verb = match.group(2)
    if verb == "hurt":
        return f"{match.group(1)} hurts"
    return f"{match.group(1)} {third_person(verb)}" if is_known_verb(verb) else match.group(0)


def _filled(asked: str, answer: str) -> str | None:
    if not answer or len(answer.split()) > _LONGEST_FILLING_WORDS:
        return None
    if not is_fragment(answer) or is_bare_answer(answer):
        return None
    if load_pattern("questions", "pain_scale").search(asked):
        number = _NUMBER.search(answer)
        return f"pain is rated {number.group().split('/')[0]}/10" if number else None
    for rule in load_rules("questions", "open"):
        match = rule.said.match(asked)
        if match:
            return _completed(rule, match, answer)
    return None


def _completed(rule: Rule, match: re.Match[str], answer: str) -> str:
    if "the {a}" in rule.chart or "for {a}" in rule.chart:
        answer = re.sub(r"\A(?:the|for) (?=\w)", "", answer)
    return rule.chart.format(a=answer, r=match.groupdict().get("r") or "")
