"""Sentences of a visit -> what the clinician plans beyond medicines."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from medscribe.domain.findings import FollowUp, FollowUpKind
from medscribe.domain.medication import Certainty, Quantity
from medscribe.domain.note import Evidence
from medscribe.note.findings.rule_tables import any_of, entries, fragments, pattern, words
from medscribe.note.prescribing.sentences import Sentence

_UNITS = {"day": "d", "week": "wk", "month": "mo", "year": "a"}
_IN = re.compile(
    r"\b(?:in|within|every)(?: (?:about|around|approximately|the next|another|like|maybe|roughly"
    r"|just|say))*"
    r" (?P<count>a couple(?: of)?|a|an|one|\d+)(?:(?: ?- ?| (?:to"
    r"|or) )(?P<up>\d+))?(?:[’'] ?s)?[ -](?P<unit>day|week|month|year)s?\b"
    r"(?:[’'] time)?|\b(?P<next>next|tomorrow)(?: (?P<next_unit>week|month|year))?\b",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"\A of(?: (?:the|your|his|her|that|this|both))?(?: [a-z][a-z-]*){1,3}", re.IGNORECASE
)
_ENDS_PHRASE = re.compile(
    r" (?:and|to|so|just|today|in|with|because|which|that|if|as|when|before|but|or|it|we|i|you|is"
    r"|are|at|okay|see|"
    r"make|rule|also|now|then|here|first|well|order|start|since|due|where|look|get|go|for|on|again"
    r"|like|by)\b.*\Z",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:refer\w*|consult\w*|see|send\w*|schedul\w+|appointment|recommend\w*|set (?:you )?up|"
    r"order\w*|physical therapy|therapy|follow[- ]?up with|do some|start|get you|talk to|go)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:good|nice|great|glad|happy|pleasure) to (?:see|meet)|see you (?:today|here)|"
    r"(?:bring|brings|brought|here|came) (?:you )?(?:in )?(?:today|here|for)"
    r"|presents? (?:today )?for"
    r"|(?:here|in|today) for (?:a |your )?follow|have you (?:been|had|seen|follow)",
    re.IGNORECASE,
)
_IF_NEEDED = re.compile(
    r"\b(?:if|unless|should|call|sooner|needed|emergency|in case|let (?:me|us) know)\b",
    re.IGNORECASE,
)
_PLAN_REACH = 110
_SOON_REACH = 45
_MOST_WORDS = 9


class _Planned(NamedTuple):
    kind: FollowUpKind
    text: str
    within: Quantity | None
    certainty: Certainty
    evidence: Evidence


def follow_ups_of(sentences: Sequence[Sentence]) -> list[FollowUp]:
    """Return visits, referrals, tests, procedures and advice, ids "f1", "f2" ..., each once.

    Only what a clinician plans: no questions, nothing done before, nothing that is ruled out ("we
    do not need an x-ray"). "We could get an MRI" is possible.
    """
    planned = [
        plan
        for sentence in sentences
        if sentence.by_clinician and not sentence.is_question
        for plan in (*_things(sentence), *_returns(sentence))
    ]
    groups: dict[tuple[FollowUpKind, str], list[_Planned]] = {}
    for plan in planned:
        groups.setdefault(_key(plan, groups), []).append(plan)
    return [_follow_up(f"f{number}", group) for number, group in enumerate(groups.values(), 1)]


def within_of(text: str) -> Quantity | None:
    """How soon: "in three months" -> 3 mo, "in 2 to 3 weeks" -> 3 wk, "next week" -> 1 wk; None
    where no number can be read ("in a few weeks")."""
    found = _IN.search(text)
    if not found:
        return None
    if found["next"]:
        if found["next"].lower() == "tomorrow":
            return Quantity(value=1, unit="d")
        unit = found["next_unit"]
        return Quantity(value=1, unit=_UNITS[unit.lower()]) if unit else None
    count = found["count"].lower()
    number = 2.0 if count.startswith("a couple") else 1.0 if not count.isdigit() else float(count)
    return Quantity(value=float(found["up"] or number), unit=_UNITS[found["unit"].lower()])


def _things(sentence: Sentence) -> Iterator[_Planned]:
    text = sentence.text
    end_of_last = 0
    for kind, start, end in _named(text):
        if start < end_of_last:
            continue
        end_of_last = end
        lead = text[max(0, start - _PLAN_REACH) : start]
        if not _is_planned(lead, text[end:], kind):
            continue
        said = text[start:end] + _of_what(text[end:])
        yield _Planned(
            kind,
            _phrase(said),
            within_of(text[end : end + _SOON_REACH]) or within_of(lead[-_SOON_REACH:]),
            _certainty(lead),
            sentence.evidence(),
        )


def _is_planned(lead: str, after: str, kind: FollowUpKind) -> bool:
    plans = list(pattern("follow_ups", "plans").finditer(lead))
    if not plans:
        return False
    nearest = plans[-1]
    if pattern("follow_ups", "no_plan").search(lead[nearest.start() :]):
        return False
    if re.match(
        r"\s*(?:showed|shows|was|were|came|looks?|looked|is (?:normal|good|fine))\b", after
    ):
        return False
    if _denied(lead):
        return False
    return kind is not FollowUpKind.REFERRAL or bool(_REFERS.search(lead + after[:40]))


def _denied(lead: str) -> bool:
    found = list(pattern("follow_ups", "negated").finditer(lead))
    return (
        bool(found)
        and len(lead[found[-1].end() :].split()) <= 5
        and not re.search(r"\bbut\b|,|\bso\b", lead[found[-1].end() :])
    )


def _certainty(lead: str) -> Certainty:
    possible = pattern("follow_ups", "possible").search(lead[-80:])
    return Certainty.POSSIBLE if possible else Certainty.CONFIRMED


def _returns(sentence: Sentence) -> Iterator[_Planned]:
    text = sentence.text
    for found in pattern("follow_ups", "returns_said").finditer(text):
        when = _IN.match(text[found.end() :].lstrip(" ,")) or _IN.search(
            text[found.start() : found.end() + 60]
        )
        if not when or _GREETING.search(text[: found.end()]) or _denied(text[: found.start()]):
            continue
        lead = text[: found.start()]
        if _IF_NEEDED.search(lead[-50:]) or re.search(r"\bago\b", text[found.end() :][:40]):
            continue
        if not within_of(when.group()):
            continue
        said = text[found.start() : found.end() + 60]
        end = _IN.search(said)
        whole = said[: end.end()] if end else found.group()
        yield _Planned(
            FollowUpKind.RETURN_VISIT,
            _phrase(whole),
            within_of(when.group()),
            Certainty.POSSIBLE
            if re.search(r"\b(?:might|maybe|could)\b", lead[-40:])
            else Certainty.CONFIRMED,
            sentence.evidence(),
        )
        return


def _named(text: str) -> list[tuple[FollowUpKind, int, int]]:
    hits = [
        (match.start(), -match.end(), kind)
        for kind, said in _kinds()
        for match in said.finditer(text)
    ]
    return [(kind, start, -end) for start, end, kind in sorted(hits)]


def _of_what(after: str) -> str:
    found = _OF_WHAT.match(after)
    if not found:
        return ""
    return _ENDS_PHRASE.sub("", found.group())


def _phrase(said: str) -> str:
    """ "x-ray of your left knee" -> "x-ray of the left knee"."""
    plain = re.sub(r"\b(?:your|his|her|that|this)\b", "the", re.sub(r"\s+", " ", said.lower()))
    plain = re.sub(r"\A(?:the|a|an|some|to|get|have|do|up|of|and) ", "", plain.strip(" ,."))
    plain = re.sub(r" (?:the|for|of|on|to|a)\Z", "", plain)
    return " ".join(plain.split()[:_MOST_WORDS])


def _key(
    plan: _Planned, known: dict[tuple[FollowUpKind, str], list[_Planned]]
) -> tuple[FollowUpKind, str]:
    """The same thing said shorter is the same plan: "x-ray" after "x-ray of the knee"."""
    if plan.kind is FollowUpKind.RETURN_VISIT:
        return plan.kind, str(plan.within)
    for kind, text in known:
        if kind is plan.kind and (text.startswith(plan.text) or plan.text.startswith(text)):
            return kind, text
    return plan.kind, plan.text


def _follow_up(follow_up_id: str, group: Sequence[_Planned]) -> FollowUp:
    sure = any(plan.certainty is Certainty.CONFIRMED for plan in group)
    return FollowUp(
        id=follow_up_id,
        kind=group[0].kind,
        text=max((plan.text for plan in group), key=len)
        if group[0].kind is not FollowUpKind.RETURN_VISIT
        else group[0].text,
        within=next((plan.within for plan in group if plan.within), None),
        certainty=Certainty.CONFIRMED if sure else Certainty.POSSIBLE,
        evidence=tuple(dict.fromkeys(plan.evidence for plan in group)),
    )


@cache
def _kinds() -> tuple[tuple[FollowUpKind, re.Pattern[str]], ...]:
    return tuple(
        (
            FollowUpKind(str(entry["kind"])),
            any_of(words(entry["things"]), fragments("follow_ups")),
        )
        for entry in entries("follow_ups", "kinds")
    )
