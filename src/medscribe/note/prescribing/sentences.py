"""Masked utterances -> sentences in written English, with their drugs and the way back to the
words really said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from medscribe.clinical.drugs import DrugMention, find_drugs
from medscribe.clinical.numbers import written_numbers
from medscribe.clinical.offsets import Edit, NormalisedText
from medscribe.clinical.sentences import split_sentences
from medscribe.clinical.spoken_english import written_english
from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.reading.speakers import (
    Companion,
    companion_of,
    naming_patient,
    words_for_patient,
)

# "every uh, six hours"
_FILLER = re.compile(r"(?:,? \b(?:uh|um|er|uhm)\b,?)+(?= )", re.IGNORECASE)
_LETS = re.compile(r"(?<=\blet) ?[’']s\b", re.IGNORECASE)
_QUESTION_FORM = re.compile(
    r"\A(?:(?:and|so|but|okay|ok|all right|alright|um|uh|now|well|then|great|good)[\s,.]+)*"
    r"(?:(?:do|did|does|are|were|was|is|have|had|has) (?:you|he|she|they|your|it|there|that|the)\b|"
    r"any\b|anything|what\b(?! (?:i|we|you|that|this|happened)\b)|which\b|how\b(?! (?:i|we)\b)|"
    r"(?:when|where|why|who) (?:did|do|does|was|were|are|is|have|has)\b)",
    re.IGNORECASE,
)
# "metronidazole gel one applicator" names no Gel-One.
_NO_NAME = re.compile(r"gel[ ,]+(?:one|1)\Z")
_TAG = re.compile(r"[\s,]*(?:okay|ok|all right|alright|right|yeah|sounds good)\s*\?\s*\Z", re.I)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the talk. `text` is written English ("10 mg"); offsets of `drugs` and of all
    matches count its characters. `position` counts the utterances of the visit."""

    utterance: MaskedUtterance
    position: int
    written: NormalisedText

    @property
    def text(self) -> str:
        return self.written.text

    @cached_property
    def drugs(self) -> tuple[DrugMention, ...]:
        text = self.text
        named = [d for d in find_drugs(text) if not _NO_NAME.match(text[d.span.start : d.span.end])]
        return tuple(d for d in named if not _is_general(d, named))

    @property
    def by_clinician(self) -> bool:
        return self.utterance.role is Role.CLINICIAN

    @property
    def companion(self) -> Companion | None:
        """The companion who says it; None for others, and for an interpreter, who speaks as the
        patient."""
        companion = companion_of(self.utterance)
        return None if companion and companion.relays else companion

    @cached_property
    def is_question(self) -> bool:
        """Asked for an answer; "..., okay?" at the end of a decision asks for none."""
        if _QUESTION_FORM.match(self.text):
            return True
        return self.text.rstrip().endswith("?") and not _TAG.search(self.text)

    def evidence(self) -> Evidence:
        """The sentence as it was said, verbatim."""
        span = self.written.original_span(0, len(self.text))
        quote = self.utterance.text[span.start : span.end]
        return Evidence(utterance_id=self.utterance.id, quote=quote, span=span)


def _is_general(drug: DrugMention, named: Sequence[DrugMention]) -> bool:
    """ "your mealtime insulin, the Humalog": the class of what is named with it."""
    return drug.ingredients == ("insulin",) and any(
        ingredient.startswith("insulin ") for other in named for ingredient in other.ingredients
    )


def sentences_of(utterances: Sequence[MaskedUtterance]) -> list[Sentence]:
    """All sentences of a visit, in order; "my son" of a mother is "the patient" in them."""
    patient = words_for_patient(utterances)
    return [
        Sentence(utterance, position, part)
        for position, utterance in enumerate(utterances)
        for part in _written_parts(utterance.text, patient[position])
    ]


def _written_parts(text: str, patient: re.Pattern[str] | None) -> Iterator[NormalisedText]:
    written = naming_patient(written_english(NormalisedText.unchanged(text)), patient)
    fillers = [Edit(found.start(), found.end(), "") for found in _FILLER.finditer(written.text)]
    written = written.edited(fillers)
    proposals = [Edit(found.start(), found.end(), " us") for found in _LETS.finditer(written.text)]
    written = written_numbers(written.edited(proposals))
    for span in split_sentences(written.text):
        yield written.part(span.start, span.end)
