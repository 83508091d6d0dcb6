"""Utterances of a visit -> spans that identify people, by forms, context and lists; no model."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from medscribe.domain.privacy import PiiSpan
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.privacy.ages import find_ages
from medscribe.privacy.dates import find_dates
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.finding import Finding
from medscribe.privacy.internet import find_addresses
from medscribe.privacy.names import find_names
from medscribe.privacy.number_turns import asked_before, find_told_numbers
from medscribe.privacy.places import find_places

SUMMARY = "Names, dates, places and numbers by form, context and word lists; needs no model."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None
NAME = "clinical"


class Options(BaseModel):
    """Settings of the detector."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_names: tuple[str, ...] = Field(
        default=(),
        description="Names masked wherever they are said, such as those of the staff; single "
        "words, default none: names are found without, but rare ones more surely with it.",
    )


class ClinicalDetector:
    """Rules for the identifiers of Safe Harbor in clinical talk; see the card of the word list."""

    name = NAME

    def __init__(self, options: Options) -> None:
        self._known_names = options.known_names

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        """For each utterance its identifying spans, in order of their start."""
        texts = [utterance.text for utterance in utterances]
        names = find_names(texts, self._known_names)
        numbers = find_told_numbers(texts)
        return [
            _as_spans([*names[at], *numbers[at], *_find_others(text, asked_before(texts, at))])
            for at, text in enumerate(texts)
        ]


def create(options: Options) -> PiiDetector:
    """The detector; its lists are loaded with the first visit."""
    return ClinicalDetector(options)


def _find_others(text: str, asked: Sequence[str]) -> list[Finding]:
    """What is neither name nor number; turns before it may have `asked` for a date or ZIP code."""
    return [
        *find_dates(text, asked),
        *find_ages(text, asked),
        *find_places(text, asked),
        *find_addresses(text),
    ]


def _as_spans(findings: Sequence[Finding]) -> list[PiiSpan]:
    return [
        PiiSpan(
            span=TextSpan(start=finding.start, end=finding.end),
            kind=finding.kind,
            score=finding.score,
            detector=NAME,
        )
        for finding in sorted(findings)
    ]
