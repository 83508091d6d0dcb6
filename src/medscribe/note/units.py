"""Passages -> units: what may become one statement, a question fused with its answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.domain.transcript import Role
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
# Sentences of the other speaker in which an answer is looked for.
_ANSWER_WITHIN = 3


@dataclass(frozen=True)
class Unit:
    """One candidate statement.

    `text` speaks to the patient ("you ...") where `fused` or where the clinician speaks, else as
    the patient does ("i ..."). `passages` are the one or two sentences it rests on; `at` is the
    place of its first passage in the talk. An empty `text` cannot become a statement.
    """

    at: int
    passages: tuple[Passage, ...]
    text: str
    fused: bool
    polarity: Polarity | None = None

    @property
    def role(self) -> Role:
        return self.passages[0].role

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
            if not _says_more(passages[answer_at]):
                used.add(answer_at)
        else:
            found.append(_plain(passage, at))
    return found


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
        polarity = polarity_of(answer.said)
        if polarity is Polarity.NO and is_qualified(question.text, answer.said):
            return None
        text = restricted_denial(question.text, answer.text) or statement_from(
            question.text, answer.text, polarity
        )
        if text:
            exception = exception_in(answer.said) if polarity is Polarity.NO else None
            text = f"{text} except for {exception}" if exception else text
            return Unit(at, (question, answer), text, fused=True, polarity=polarity)
        return None
    return None


def _says_more(answer: Passage) -> bool:
    """Whether an answer is also worth a unit of its own ("no, but i iced it")."""
    return not is_bare_answer(answer.said) and not is_fragment(answer.text)


def _plain(passage: Passage, at: int) -> Unit:
    text = "" if passage.is_question else passage.text
    return Unit(at, (passage,), text, fused=False)
