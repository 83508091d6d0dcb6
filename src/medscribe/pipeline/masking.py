"""What was said and what the clinician decided about it -> the masked visit."""

from collections.abc import Sequence

from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import SpeakerCorrection, Utterance
from medscribe.errors import PrivacyError
from medscribe.pipeline.work import Engines
from medscribe.privacy.mask import MaskedVisit, mask


def mask_visit(
    utterances: Sequence[Utterance], decided: EncounterResults, engines: Engines
) -> MaskedVisit:
    """`utterances` without identifiers; raises `PrivacyError` where that cannot be done.

    Of `decided`, the clinician's decisions about identifiers and the names given to speakers count.
    """
    return mask(
        utterances,
        engines.detectors(),
        decisions=decided.pii_decisions or (),
        known_names=names_given(decided.corrections or ()),
    )


def names_given(corrections: Sequence[SpeakerCorrection]) -> list[str]:
    """Names that a clinician gave to speakers, each once."""
    return list(dict.fromkeys(each.name for each in corrections if each.name))


def require_masking(engines: Engines) -> None:
    """Load the detectors now: without them nothing that is heard could become a note.

    Raises `PrivacyError` where none is set, and what making one of them raises.
    """
    if not engines.detectors():
        raise PrivacyError(
            "No detector of identifiers is set, so nothing could be masked: name one in the "
            "setting `detectors`, such as clinical."
        )
