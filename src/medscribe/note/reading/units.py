"""Passages -> units: what may become one statement, a question fused with its answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from medscribe.domain.transcript import Role
from medscribe.note.reading.answers import (
    has_specific_clause,
    named_statement,
    polarity_is_open,
    with_occasion,
)
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.questions import (
    Polarity,
    exception_in,
    is_bare_answer,
    is_fragment,
    is_qualified,
    polarity_of,
    restricted_denial,
    statement_from,
)
from medscribe.note.reading.reactions import allergy_with_reaction
from medscribe.note.reading.remembering import Remembers
from medscribe.note.reading.reported import (
    asked_of_patient,
    concerns_both,
    is_of_companion,
    of_companion_first,
    of_somebody_else,
    tells_symptoms,
)
from medscribe.note.reading.speakers import Companion, companion_of, gives_history
from medscribe.note.reading.subject import UNKNOWN
from medscribe.note.reading.systems import symptoms_in

_ADDRESSED = re.compile(
    r"\b(?:you|your|we|our|us|let's"
    r"|i (?:am going|will|want|would|think|see|recommend|prescribe|order))\b",
    re.IGNORECASE,
)
# A symptom that is asked for without a sentence around it: "nausea?", "or any shortness of breath?"
_LISTED = re.compile(
    r"(?:(?:any|and|or|no|also|um|uh|like|how about|what about)[ ,]+)*"
    r"(?!.*\b(?:you|your|i|is|are|was|were|do|does|did|have|has|it|that|when|why|since)\b)"
    r"(?:[a-z'-]+[ ,/]*){1,6}\?",
    re.IGNORECASE,
)
_LIST_LEAD = re.compile(
    r"\A(?:(?:any|and|or|no|also|like|how about|what about)[ ,]+)*", re.IGNORECASE
)
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
# Sentences of the other speaker in which an answer is looked for.
_ANSWER_WITHIN = 3


@dataclass(frozen=True, eq=False)
class Unit(Remembers):
    """One candidate statement.

    `text` speaks to the patient ("you ...") where `fused` or where the clinician speaks, else as
    the patient does ("i ..."). `passages` are the one or two sentences it rests on; `at` is the
    place of its first passage in the talk. An empty `text` cannot become a statement. Of a unit
    that is `answered` the text is the answer's own clause; the question is evidence only.
    `listener`: the companion to whom a clinician says it.
    """

    at: int
    passages: tuple[Passage, ...]
    text: str
    fused: bool
    polarity: Polarity | None = None
    answered: bool = False
    listener: Companion | None = None

    @cached_property
    def role(self) -> Role:
        return self.passages[-1 if self.answered else 0].role

    @cached_property
    def length(self) -> int:
        """In words, as one counts them."""
        return len(self.text.split())

    @cached_property
    def reporter(self) -> Companion | None:
        """The companion whose word it is; None where it is the patient's or the clinician's."""
        told = self.passages[1 if self.fused or self.answered else 0]
        return companion_of(told.utterance)

    @cached_property
    def pronouns(self) -> str:
        """Who the patient is in `text`: "i", "you", or "they" for who is only spoken of.

        Of a speaker without a role one takes "i" for the patient's where nobody is addressed.
        """
        if self.fused:
            return "you"
        if self.reporter:
            return "i" if self.reporter.relays else "they"
        unaddressed = self.role is Role.UNKNOWN and not _ADDRESSED.search(self.text)
        return "i" if self.role is Role.PATIENT or unaddressed else "you"

    @cached_property
    def tells_symptoms(self) -> bool:
        """Whether symptoms that the words affirm or deny are the patient's."""
        if self.pronouns == "they":
            return tells_symptoms(self.text)
        return self.pronouns == "i"


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Units in the order of the talk; every passage is in at least one of them."""
    joined: list[Unit] = []
    for unit in raw_units(passages, 0, set()):
        both = with_reaction(joined[-1], unit) if joined else None
        joined[-1:] = [both] if both else [*joined[-1:], unit]
    return joined


def raw_units(passages: Sequence[Passage], begin: int, used: set[int]) -> list[Unit]:
    """Units from the passage `begin` on, which is the first of its turn, each by itself; every
    passage is in at least one of them.

    `used` holds the passages that are taken as answers, of which none is a unit of its own; it
    gets those that are taken here. A unit of a turn depends on that turn and the next one.
    """
    found: list[Unit] = []
    elsewhere = of_somebody_else(passages[begin:])
    for at in range(begin, len(passages)):
        if at in used:
            continue
        passage = passages[at]
        fused = _fused(passages, at) if _asks(passages, at) else None
        if fused:
            found.append(fused)
            answer_at = passages.index(fused.passages[1], at)
            named = named_statement(passage.text, passages[answer_at].text, fused.polarity)
            if fused.answered or named or not _says_more(passages[answer_at]):
                used.add(answer_at)
        else:
            found.append(_plain(passage, at, of_patient=at - begin not in elsewhere))
    return found


def with_reaction(last: Unit, unit: Unit) -> Unit | None:
    """`last` with what `unit`, which follows it, tells of a reaction ("it gave me hives"); None
    where it tells none, or in another turn."""
    follows = not unit.fused and last.passages[-1].turn == unit.passages[0].turn
    if not follows or not gives_history(unit.role):
        return None
    to_patient = last.fused and not unit.reporter
    text = allergy_with_reaction(last.text, unit.text, to_patient=to_patient)
    return replace(last, text=text, passages=last.passages + unit.passages) if text else None


def _asks(passages: Sequence[Passage], at: int) -> bool:
    """A question, or a statement that the other side confirms at once ("so no fever" - "no")."""
    passage = passages[at]
    if gives_history(passage.role) or not passage.text:
        return False
    if passage.is_question:
        return True
    last_of_turn = at + 1 < len(passages) and passages[at + 1].turn != passage.turn
    short = len(passage.text.split()) <= 12
    return last_of_turn and short and passage.text.lower().startswith(("no ", "any ", "you "))


def _fused(passages: Sequence[Passage], at: int) -> Unit | None:
    question = passages[at]
    begin = _end_of_list(passages, at)
    for answer in passages[begin : begin + _ANSWER_WITHIN]:
        if answer.turn == question.turn:
            if answer.text and answer.is_question:
                return None
            continue
        if answer.role is question.role or answer.is_question:
            return None
        if begin > at + 1 and not is_bare_answer(answer.said):
            return None
        unit = _answered(passages, at, passages.index(answer, at))
        listed = begin > at + 1 and unit is not None and unit.polarity is not Polarity.NO
        return None if listed else unit
    return None


def _end_of_list(passages: Sequence[Passage], at: int) -> int:
    """Where symptoms end that are asked for one by one in a turn: "any chest pain? nausea?
    vomiting?" - "no" denies them all; "yes" could mean any of them."""
    end = at + 1
    if not symptoms_in(passages[at].text):
        return end
    while end < len(passages) and passages[end].turn == passages[at].turn:
        following = passages[end]
        if not following.is_question or not _LISTED.fullmatch(following.said):
            break
        if not symptoms_in(following.text):
            break
        end += 1
    return end


def _answered(passages: Sequence[Passage], at: int, answer_at: int) -> Unit | None:
    question, answer = passages[at], passages[answer_at]
    if companion_of(answer.utterance):
        return _answered_by_companion(passages, at, answer_at)
    bare = _LISTED.fullmatch(question.said) and symptoms_in(question.text)
    if bare and polarity_of(answer.said) is Polarity.NO:
        return _statement(passages, at, answer_at, _LIST_LEAD.sub("any ", question.text))
    return _statement(passages, at, answer_at, question.text)


def _answered_by_companion(passages: Sequence[Passage], at: int, answer_at: int) -> Unit | None:
    """As a patient's answer, where the question is about the patient: "has he had a fever". What
    "have you given him" is answered with is the companion's own doing."""
    question = passages[at]
    if concerns_both(question.text, UNKNOWN):
        unit = _statement(passages, at, answer_at, question.text)
        if unit is None or not unit.fused:
            return unit
        return replace(unit, text=of_companion_first(unit.text), fused=False, answered=True)
    asked = asked_of_patient(question.text)
    unit = _statement(passages, at, answer_at, asked)
    heard = any(passage.role is Role.PATIENT for passage in passages)
    # A parent who is asked "do you smoke?" answers for the child only if the child speaks too.
    own = _YOU.search(question.text) and not heard and unit is not None and unit.fused
    return None if own else unit


def _statement(passages: Sequence[Passage], at: int, answer_at: int, asked: str) -> Unit | None:
    """The statement that answer and question make, the question put as `asked`."""
    question, answer = passages[at], passages[answer_at]
    polarity = polarity_of(answer.said)
    rest = " ".join(p.text + "." for p in passages[answer_at + 1 :] if p.turn == answer.turn)
    if polarity_is_open(asked, answer.said, polarity, rest):
        return None
    if polarity is Polarity.YES and has_specific_clause(asked, answer.text):
        return Unit(at, (question, answer), answer.text, fused=False, answered=True)
    if polarity is Polarity.NO and is_qualified(asked, answer.said):
        return None
    text = (
        restricted_denial(asked, answer.text)
        or named_statement(asked, answer.text, polarity)
        or statement_from(asked, answer.text, polarity)
    )
    if not text:
        return None
    if polarity is Polarity.NO and (exception := exception_in(answer.said)):
        text = f"{text} except for {exception}"
    if polarity is Polarity.YES:
        text = with_occasion(text, answer.text)
    return Unit(at, (question, answer), text, fused=True, polarity=polarity)


def _says_more(answer: Passage) -> bool:
    """Whether an answer is also worth a unit of its own ("no, but i iced it")."""
    return not is_bare_answer(answer.said) and not is_fragment(answer.text)


def _plain(passage: Passage, at: int, *, of_patient: bool) -> Unit:
    """A sentence of its own; without text where a companion speaks of somebody else."""
    companion = companion_of(passage.utterance)
    own = companion and not companion.relays and is_of_companion(passage.text)
    silent = passage.is_question or own or (companion and not of_patient)
    listener = companion_of(passage.listener) if passage.listener else None
    text = "" if silent else passage.text
    return Unit(at, (passage,), text, fused=False, listener=listener)
