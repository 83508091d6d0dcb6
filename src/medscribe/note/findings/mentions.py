"""Sentences of a visit -> every mention of a problem, with how it is asserted there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from medscribe.domain.findings import Assertion, Laterality, ProblemKind, Temporality
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.domain.note import Evidence
from medscribe.note.findings.complaints import complaints_in, side_near, site_near
from medscribe.note.findings.context.assertion import Stated, stated_at
from medscribe.note.findings.context.scopes import scopes_of
from medscribe.note.findings.onset import onset_near
from medscribe.note.findings.rule_tables import pattern
from medscribe.note.findings.terms import Concept, key_of, problem_lexicon, terms_in
from medscribe.note.prescribing.sentences import Sentence

_ON_OCCASION = re.compile(
    r",? (?:while|when|whenever|during|at (?:night|rest)|after|in the (?:morning|evening)"
    r"|with (?:exercise|exertion|activity|walking|movement))\b",
    re.IGNORECASE,
)
_NAMES_A_REMEDY = re.compile(
    r"[ -](?:medicines?|medications?|meds|pills?|cream|shots?|spray|syrup|drops|reliever|killers?"
    r"|clinic|doctor|center|management|specialist|diary|journal|scale|score)\b",
    re.IGNORECASE,
)
_THE_ONE_SPOKEN_OF = re.compile(
    r"\b(?:the|that|this|your|my|his|her|these|those|more|less|much) \Z", re.IGNORECASE
)
_SIDE_TAKEN_BACK = re.compile(
    r"(?:no|sorry|i mean|actually|wait|or rather|excuse me)[ ,.-]+(?:it is |it was |the |my "
    r"|i mean |sorry |no |,)*"
    r"(?P<side>left|right)\b(?! (?:now|away|here|there|after))",
    re.IGNORECASE,
)
# The companion speaks of their own illness.
_COMPANIONS_OWN = re.compile(
    r"\b(?:i (?:have|had|am|was|got|get|feel|felt|also|still|just|myself)|my)\b"
    r"(?!.*\b(?:he|she|the patient|his|her|they|him)\b)",
    re.IGNORECASE,
)
_DENIED_INSIDE = re.compile(
    r"\b(?:do|does|did|is|are|has|have|was) (?:not|no longer|never)\b", re.I
)
_OF_THE_SAME_RELATIVE = re.compile(
    r"\A(?:(?:and|but|so|then|um|uh|yeah|yes|i think|well)[ ,]+)*(?:he|she|they)\b", re.IGNORECASE
)

# The clinician's "she" may be the patient of whom is dictated; in a question it is the relative.
_OF_RELATIVE_ASKED = re.compile(
    r"\A(?:(?:and|but|so|okay|ok|then|um|uh|well|now)[ ,]+)*(?:did|does|has|is|was|had) (?:he|she"
    r"|they)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A problem named at one place of the talk. `limited`: told of an occasion only ("when i"
    " walk"
    the sentences that tell it, of an answered question both."""

    concept: Concept
    stated: Stated
    by_clinician: bool
    position: int
    evidence: tuple[Evidence, ...]
    start: int = 0
    end: int = 0
    side: Laterality | None = None
    onset: str | None = None
    addressed: bool = False
    limited: bool = False

    @property
    def assertion(self) -> Assertion:
        return self.stated.assertion


def mentions_in(
    sentence: Sentence, *, examined: bool, planning: bool, relative: Stated | None
) -> list[Mention]:
    """What one sentence names, asserted by its own words.

    `planning`: the clinician is at the assessment; `relative`: of whom the speaker spoke in the
    sentence before, where it was of a relative.
    """
    text = sentence.text
    named = list(_named(text, examined))
    scopes = scopes_of(text) if named else ()
    same = _OF_RELATIVE_ASKED if sentence.by_clinician else _OF_THE_SAME_RELATIVE
    of_same = relative if same.match(text) else None
    found = []
    for concept, side, start, end in named:
        stated = _settled(stated_at(text, scopes, start, end), concept)
        if _DENIED_INSIDE.search(text[start:end]):
            # "my left knee does not really hurt"
            denied = stated.assertion.model_copy(update={"negated": True})
            stated = replace(stated, assertion=denied)
        mention = Mention(
            concept=concept,
            stated=_of_whom(sentence, stated, start, of_same),
            by_clinician=sentence.by_clinician,
            position=sentence.position,
            evidence=(sentence.evidence(),),
            start=start,
            end=end,
            side=_side(text, concept, side, start, end),
            onset=onset_near(sentence.written, sentence.utterance.text, start, end),
            limited=bool(_ON_OCCASION.match(text, end)),
            addressed=_is_addressed(sentence, start, end, examined=examined, planning=planning),
        )
        found.append(mention)
    return found


def _named(text: str, examined: bool) -> Iterator[tuple[Concept, Laterality | None, int, int]]:
    complaints = complaints_in(text, examined=examined)
    for concept, side, start, end in complaints:
        known = problem_lexicon().get(key_of(concept.name)) if not examined else None
        coded = replace(concept, codes=known.codes) if known and not concept.codes else concept
        yield coded, side, start, end
    for concept, start, end in terms_in(text, examined=examined):
        if any(start < hit.end and hit.start < end for hit in complaints):
            continue
        if _NAMES_A_REMEDY.match(text, end) and concept.kind is ProblemKind.SYMPTOM:
            continue
        if concept.generic and not examined and _THE_ONE_SPOKEN_OF.search(text[:start]):
            continue
        yield _as_found(concept, text, end) if examined else concept, None, start, end


def _as_found(concept: Concept, text: str, end: int) -> Concept:
    """A complaint named in an examination is a finding; told with its place where it has one."""
    symptom = concept.kind is ProblemKind.SYMPTOM
    found = replace(concept, kind=ProblemKind.FINDING) if symptom else concept
    site = site_near(text, end) if concept.sited else None
    return replace(found, name=f"{found.name} of the {site}") if site else found


def _side(
    text: str, concept: Concept, side: Laterality | None, start: int, end: int
) -> Laterality | None:
    if not concept.sided:
        return None
    corrected = _SIDE_TAKEN_BACK.search(text, end, end + 60)
    if corrected:
        return Laterality(corrected["side"].lower())
    return side or side_near(text, start, end)


def side_taken_back(text: str) -> Laterality | None:
    """The side in "no, the right one": a correction that names no problem."""
    found = _SIDE_TAKEN_BACK.match(text)
    return Laterality(found["side"].lower()) if found else None


def _settled(stated: Stated, concept: Concept) -> Stated:
    """A history of what stays with a patient is not past: "history of hypertension"."""
    past = stated.assertion.temporality is Temporality.PAST
    if not past or not concept.lasting or stated.assertion.certainty is Certainty.HYPOTHETICAL:
        return stated
    current = stated.assertion.model_copy(update={"temporality": Temporality.CURRENT})
    return replace(stated, assertion=current)


def _of_whom(sentence: Sentence, stated: Stated, start: int, of_same: Stated | None) -> Stated:
    if stated.assertion.experiencer is not Experiencer.PATIENT:
        return stated
    if of_same is not None:
        who = {"experiencer": of_same.assertion.experiencer}
        return Stated(stated.assertion.model_copy(update=who), of_same.relative)
    if sentence.companion and _COMPANIONS_OWN.search(sentence.text[:start]):
        other = {"experiencer": Experiencer.OTHER}
        return replace(stated, assertion=stated.assertion.model_copy(update=other))
    return stated


def _is_addressed(
    sentence: Sentence, start: int, end: int, *, examined: bool, planning: bool
) -> bool:
    if not sentence.by_clinician or examined or sentence.is_question:
        return False
    before = re.sub(r"\b(?:your|the|a|an|this|that) \Z", "", sentence.text[:start])
    after = pattern("assessment", "after").match(sentence.text[end:])
    named = pattern("assessment", "before").search(sentence.text[:start])
    return bool(after) or (
        planning and bool(named or pattern("assessment", "before").search(before))
    )
