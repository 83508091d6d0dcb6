"""Passages -> units: what may become one statement, a question fused with its answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from medscribe.domain.transcript import Role
from medscribe.note.answers import (
    has_specific_clause,
    named_statement,
    polarity_is_open,
    with_occasion,
)
from medscribe.note.passages import Passage
from medscribe.note.questions import (
    Polarity,
    exception_in,
    is_bare_answer,
    is_fragment,
    is_qualified,
    polarity_of,
    restricted_denial,
    statement_from,
)

_ADDRESSED = re.compile(
    r"\b(?:you|your|we|our|us|let's"
    r"|i (?:am going|will|want|would|think|see|recommend|prescribe|order))\b",
    re.IGNORECASE,
)
_ALLERGY = re.compile(r"\ballerg(?:ic|y|ies) to\b(?!.*;)", re.IGNORECASE)
_REACTION = re.compile(
    r"(?:it|that|they|i|my)\b.*\b(?:hives|rash\w*|swell\w*|swollen|swole|anaphyla\w*|throat|breath\w*"
    r"|itch\w*|vomit\w*|throw\w* up|nause\w*|stomach|diarrhea|dizz\w*|wheez\w*|blister\w*|welts"
    r"|reaction|break out|broke out|sick)\b",
    re.IGNORECASE,
)
# Sentences of the other speaker in which an answer is looked for.
_ANSWER_WITHIN = 3


@dataclass(frozen=True)
class Unit:
    """One candidate statement.

    `text` speaks to the patient ("you ...") where `fused` or where the clinician speaks, else as
    the patient does ("i ..."). `passages` are the one or two sentences it rests on; `at` is the
    place of its first passage in the talk. An empty `text` cannot become a statement. Of a unit
    that is `answered` the text is the answer's own clause; the question is evidence only.
    """

    at: int
    passages: tuple[Passage, ...]
    text: str
    fused: bool
    polarity: Polarity | None = None
    answered: bool = False

    @property
    def role(self) -> Role:
        return self.passages[-1 if self.answered else 0].role

    @property
    def pronouns(self) -> str:
        """How the patient is spoken of in `text`: "i" or "you".

        Of a speaker without a role one takes "i" for the patient's where nobody is addressed.
        """
        if self.fused:
            return "you"
        unaddressed = self.role is Role.UNKNOWN and not _ADDRESSED.search(self.text)
        return "i" if self.role is Role.PATIENT or unaddressed else "you"


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Units in the order of the talk; every passage is in at least one of them."""
    found: list[Unit] = []
    used: set[int] = set()
    for at, passage in enumerate(passages):
        if at in used:
            continue
        fused = _fused(passages, at) if _asks(passages, at) else None
        if fused:
            found.append(fused)
            answer_at = passages.index(fused.passages[1], at)
            named = named_statement(passage.text, passages[answer_at].text, fused.polarity)
            if fused.answered or named or not _says_more(passages[answer_at]):
                used.add(answer_at)
        else:
            found.append(_plain(passage, at))
    return _with_reactions(found)


def _with_reactions(units: Sequence[Unit]) -> list[Unit]:
    """Units, what a patient tells of a reaction ("it gave me hives") joined to the allergy it
    follows in the same turn."""
    joined: list[Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        follows = last and not unit.fused and last.passages[-1].turn == unit.passages[0].turn
        if (
            last
            and follows
            and unit.role is Role.PATIENT
            and _ALLERGY.search(last.text)
            and _REACTION.match(unit.text)
        ):
            text = f"{last.text.rstrip(' .,')}; {unit.text}"
            if last.fused:
                text = f"{last.text.rstrip(' .,')}; {_to_patient(unit.text)}"
            joined[-1] = replace(last, text=text, passages=last.passages + unit.passages)
        else:
            joined.append(unit)
    return joined


def _to_patient(text: str) -> str:
    """ "it gave me hives when i was a child" -> "it gave you hives when you were a child"."""
    text = re.sub(r"\bi was\b", "you were", re.sub(r"\bi am\b", "you are", text))
    return re.sub(r"\b(?:i|me)\b", "you", re.sub(r"\bmy\b", "your", text))


def _asks(passages: Sequence[Passage], at: int) -> bool:
    """A question, or a statement that the other side confirms at once ("so no fever" - "no")."""
    passage = passages[at]
    if passage.role is Role.PATIENT or not passage.text:
        return False
    if passage.is_question:
        return True
    last_of_turn = at + 1 < len(passages) and passages[at + 1].turn != passage.turn
    short = len(passage.text.split()) <= 12
    return last_of_turn and short and passage.text.lower().startswith(("no ", "any ", "you "))


def _fused(passages: Sequence[Passage], at: int) -> Unit | None:
    question = passages[at]
    for answer in passages[at + 1 : at + 1 + _ANSWER_WITHIN]:
        if answer.turn == question.turn:
            if answer.text and answer.is_question:
                return None
            continue
        if answer.role is question.role or answer.is_question:
            return None
        return _answered(passages, at, passages.index(answer, at))
    return None


def _answered(passages: Sequence[Passage], at: int, answer_at: int) -> Unit | None:
    question, answer = passages[at], passages[answer_at]
    polarity = polarity_of(answer.said)
    rest = " ".join(p.text + "." for p in passages[answer_at + 1 :] if p.turn == answer.turn)
    if polarity_is_open(question.text, answer.said, polarity, rest):
        return None
    if polarity is Polarity.YES and has_specific_clause(question.text, answer.text):
        return Unit(at, (question, answer), answer.text, fused=False, answered=True)
    if polarity is Polarity.NO and is_qualified(question.text, answer.said):
        return None
    text = (
        restricted_denial(question.text, answer.text)
        or named_statement(question.text, answer.text, polarity)
        or statement_from(question.text, answer.text, polarity)
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


def _plain(passage: Passage, at: int) -> Unit:
    text = "" if passage.is_question else passage.text
    return Unit(at, (passage,), text, fused=False)
