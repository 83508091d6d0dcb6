"""Masked utterances -> passages: cleaned sentences that know their characters in the talk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from medscribe.clinical.numbers import written_numbers
from medscribe.clinical.offsets import NormalisedText
from medscribe.clinical.sentences import split_sentences
from medscribe.clinical.spoken_english import written_english
from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role
from medscribe.note.reading.casing import lowered, spoken_case
from medscribe.note.reading.fillers import without_fillers
from medscribe.note.reading.remembering import Remembers
from medscribe.note.reading.speakers import addressees, naming_patient, words_for_patient

_QUESTION_START = re.compile(
    r"(?:do|does|did|is|are|was|were|have|has|had|can|could|would|will|any|how|what|when|where|which"
    r"|who|why|tell me|in terms of any|what about|how about)\b",
    re.IGNORECASE,
)
_STATEMENT_START = re.compile(
    r"(?:what (?:i|we) |have (?:him|her|you) |when (?:i|you|it|he|she|they|we|my) |any (?:time|of)"
    r"|will (?:be|continue|have)\b|which (?:is|was)\b"
    r"|is (?:it would|that (?:you|there|we|i|it|the|this) )|have you on )",
    re.IGNORECASE,
)
_DISCOURSE = re.compile(
    r"\A(?:(?:so|okay|and|alright|all right|well|now|but|yeah|good|great|uh|um|then|no|or|right)"
    r"[ ,]+)+"
)
_TAG_QUESTION = re.compile(
    r"[,.]? +(?:okay|ok|all right|alright|right|you know|yeah|correct)[ ,]*\?\Z", re.IGNORECASE
)


@dataclass(frozen=True, eq=False)
class Passage(Remembers):
    """One sentence of the talk.

    `said` is the text before fillers went (lower case, for features and yes/no), `text` after,
    without the capital of its beginning and with "the patient" where a companion says "my son";
    `before` counts the characters of the talk before it. `listener`: one utterance of whom a
    clinician speaks to.
    """

    turn: int
    utterance: MaskedUtterance
    said: str
    text: str
    start: int
    end: int
    is_question: bool
    before: int
    listener: MaskedUtterance | None = None

    @property
    def role(self) -> Role:
        return self.utterance.role

    @cached_property
    def evidence(self) -> Evidence:
        quote = self.utterance.text[self.start : self.end]
        return Evidence(
            utterance_id=self.utterance.id,
            quote=quote,
            span=TextSpan(start=self.start, end=self.end),
        )


def passages_of(utterances: Sequence[MaskedUtterance]) -> list[Passage]:
    """All sentences of the talk in order; those without a word left are kept as empty text,
    because "mm-hmm" and "no" answer questions."""
    found: list[Passage] = []
    passed = 0
    listeners, patient = addressees(utterances), words_for_patient(utterances)
    for turn, utterance in enumerate(utterances):
        found += passages_in(utterance, turn, passed, listeners[turn], patient[turn])
        passed += len(utterance.text)
    return found


def passages_in(
    utterance: MaskedUtterance,
    turn: int,
    passed: int,
    listener: MaskedUtterance | None,
    patient: re.Pattern[str] | None,
) -> list[Passage]:
    """Sentences of one utterance, `passed` characters into the talk; `patient` are the words in it
    that mean the patient."""
    whole = written_numbers(written_english(NormalisedText.unchanged(utterance.text)))
    found: list[Passage] = []
    for span in split_sentences(whole.text):
        sentence = whole.part(span.start, span.end)
        said = lowered(sentence.text)
        named = naming_patient(sentence, patient)
        origin = sentence.original_span(0, len(sentence.text))
        found.append(
            Passage(
                turn=turn,
                utterance=utterance,
                said=said,
                text=spoken_case(without_fillers(named).text.strip()),
                start=origin.start,
                end=origin.end,
                is_question=_is_question(said),
                before=passed + origin.start,
                listener=listener,
            )
        )
    return found


def _is_question(said: str) -> bool:
    """A question by its mark, or, where the recogniser gives no marks, by its first word."""
    if _TAG_QUESTION.search(said):
        return False
    if said.endswith("?"):
        return True
    if said.endswith((".", "!", "...")):
        return False
    plain = _DISCOURSE.sub("", said)
    return bool(_QUESTION_START.match(plain)) and not _STATEMENT_START.match(plain)
