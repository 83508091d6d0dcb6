"""Utterances of a visit -> spans that Microsoft Presidio finds, with kinds and scores of ours."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.errors import MissingDependencyError, PrivacyError
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.presidio.analyzer import Analyzer
from medscribe.privacy.presidio.joined import apart, joined
from medscribe.privacy.presidio.model import load_model
from medscribe.privacy.presidio.named_entities import named_entity
from medscribe.privacy.presidio.scores import scored
from medscribe.privacy.rules.finding import Finding

SUMMARY = "Microsoft Presidio offline: written numbers and addresses; names with a model of yours."
REQUIRES: tuple[str, ...] = ("presidio_analyzer", "spacy")
EXTRA: str | None = "presidio"
NAME = "presidio"


class Options(BaseModel):
    """Settings of the detector."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ner: str = Field(
        default="auto",
        description="Model for named entities: auto (the best installed English spaCy package, "
        "or none), none, the name of an installed spaCy package, or a folder with a spaCy pipeline "
        "or a transformers model for token classification; never downloaded.",
    )
    leave_out: tuple[PiiKind, ...] = Field(
        default=(),
        description="Kinds that Presidio is not to look for; another detector may find them.",
    )
    language: Literal["en"] = Field(
        default="en", description="Language of the talk; English is the only one."
    )


class PresidioDetector:
    """Presidio's recognisers of forms, and a model for named entities where there is one."""

    name = NAME

    def __init__(self, analyzer: Analyzer, leave_out: Iterable[PiiKind] = ()) -> None:
        self._analyzer = analyzer
        self._leave_out = frozenset(leave_out)

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        """For each utterance its identifying spans, in order of their start.

        Raises `PrivacyError` where Presidio fails on any part of the visit.
        """
        spans: list[set[Finding]] = [set() for _ in utterances]
        for whole in joined([utterance.text for utterance in utterances]):
            for place, finding in apart(whole, self._findings(whole.text)):
                spans[place].add(finding)
        return [[_as_span(finding) for finding in sorted(found)] for found in spans]

    def _findings(self, text: str) -> list[Finding]:
        try:
            evidence = self._analyzer.analyze(text)
        except Exception:  # noqa: BLE001 - Presidio's own message may quote the patient
            evidence = None
        # Raised outside the handler: the error must not even carry the inner one as its context.
        if evidence is None:
            raise PrivacyError(
                "Presidio failed on this visit, so nothing was masked: choose another detector, or "
                "another model for its option ner."
            )
        best: dict[tuple[int, int], Finding] = {}
        for one in evidence:
            finding = named_entity(text, one) if one.learned else scored(text, one)
            if finding is None or finding.kind in self._leave_out:
                continue
            held = best.get((finding.start, finding.end))
            # "MRN 312-555-1234" passes the check of two other numbers: the surest form names it.
            if held is None or finding.score > held.score:
                best[finding.start, finding.end] = finding
        return list(best.values())


def create(options: Options) -> PiiDetector:
    """The detector, loaded.

    Raises `ModelUnavailableError` for a model that is not here, `MissingDependencyError` where the
    libraries are installed but cannot be loaded.
    """
    with suppress(ImportError):
        return PresidioDetector(Analyzer(load_model(options.ner)), options.leave_out)
    raise MissingDependencyError(
        "The libraries of engine presidio are damaged or do not fit each other: install them anew "
        "with  pip install --force-reinstall 'medscribe[presidio]'"
    )


def _as_span(finding: Finding) -> PiiSpan:
    return PiiSpan(
        span=TextSpan(start=finding.start, end=finding.end),
        kind=finding.kind,
        score=finding.score,
        detector=NAME,
    )
