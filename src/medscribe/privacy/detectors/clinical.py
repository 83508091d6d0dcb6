"""Utterances of a visit -> spans that identify people, by forms, context and lists; no model."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from medscribe.domain.privacy import PiiSpan
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.rules.dates.ages import find_ages
from medscribe.privacy.rules.dates.dates import find_dates
from medscribe.privacy.rules.finding import Finding
from medscribe.privacy.rules.internet.internet import find_addresses
from medscribe.privacy.rules.names.names import find_names
from medscribe.privacy.rules.numbers.number_turns import asked_before, find_told_numbers
from medscribe.privacy.rules.numbers.numbers import find_numbers
from medscribe.privacy.rules.places.places import find_places
from medscribe.privacy.rules.text_lines import lines_of

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
        others = _find_others(texts)
        return [_as_spans([*names[at], *others[at]]) for at in range(len(texts))]


def create(options: Options) -> PiiDetector:
    """The detector; its lists are loaded with the first visit."""
    return ClinicalDetector(options)


def _find_others(texts: Sequence[str]) -> list[list[Finding]]:
    """For each text what is neither a name nor found by one.

    Each line is read as a turn that the lines before may have asked for; a text of several lines
    is read as a whole too, because addresses and announcements go over line ends.
    """
    lines = lines_of(texts)
    turns = [line.text for line in lines]
    numbers = find_told_numbers(turns)
    found: list[list[Finding]] = [[] for _ in texts]
    for turn, line in enumerate(lines):
        here = [*numbers[turn], *_in_one(line.text, asked_before(turns, turn))]
        found[line.at] += [each.moved(line.start) for each in here]
    for at, text in enumerate(texts):
        if "\n" in text:
            found[at] += [*find_numbers(text), *_in_one(text, ())]
    return found


def _in_one(text: str, asked: Sequence[str]) -> list[Finding]:
    """Dates, ages, places and addresses; turns before may have `asked` for one."""
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
