"""A visit and detectors -> the stretches that masking replaces, and what the detectors found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from medscribe.domain.privacy import MaskedUtterance, PiiKind, PiiSpan, VaultEntry
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.mask import mask


@dataclass(frozen=True)
class Stretch:
    """Characters `span` of utterance number `utterance` that stand masked."""

    utterance: int
    span: TextSpan
    kind: PiiKind
    certain: bool


@dataclass(frozen=True)
class Find:
    """One find of one detector, before finds are merged."""

    utterance: int
    span: TextSpan
    score: float


@dataclass(frozen=True)
class MaskedAway:
    """All that masking did to one visit."""

    stretches: tuple[Stretch, ...]
    finds: tuple[Find, ...]


@dataclass
class _Overheard:
    """A detector whose finds are kept, so that masking need not be done twice to see them."""

    name: str
    detector: PiiDetector
    finds: list[Find] = field(default_factory=list)

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        found = self.detector.detect(utterances)
        self.finds = [
            Find(number, pii.span, pii.score) for number, spans in enumerate(found) for pii in spans
        ]
        return found


def masked_away(utterances: Sequence[Utterance], detectors: Sequence[PiiDetector]) -> MaskedAway:
    """What `mask` replaces in a visit, as places of what was said. Raises `PrivacyError`."""
    overheard = [_Overheard(detector.name, detector) for detector in detectors]
    visit = mask(utterances, overheard)
    originals = {entry.placeholder: entry for entry in visit.vault}
    return MaskedAway(
        stretches=tuple(
            stretch
            for number, masked in enumerate(visit.utterances)
            for stretch in _stretches(number, masked, originals)
        ),
        finds=tuple(find for detector in overheard for find in detector.finds),
    )


def _stretches(
    number: int, masked: MaskedUtterance, originals: dict[str, VaultEntry]
) -> list[Stretch]:
    """Placeholders are longer or shorter than what they stand for: places move along the text."""
    moved = 0
    stretches = []
    for replacement in masked.replacements:
        start = replacement.span.start - moved
        end = start + len(originals[replacement.placeholder].original)
        moved = replacement.span.end - end
        span = TextSpan(start=start, end=end)
        stretches.append(Stretch(number, span, replacement.kind, replacement.certain))
    return stretches
