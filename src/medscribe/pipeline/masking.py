"""What was said and what the clinician decided about it -> the masked visit."""

from collections.abc import Sequence

from medscribe.domain.privacy import PiiKind
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, SpeakerCorrection, Utterance
from medscribe.errors import PrivacyError
from medscribe.pipeline.work import Engines
from medscribe.privacy.mask import MaskedVisit, mask

_INTRODUCTION = Utterance(
    id="u1", speaker="S1", role=Role.UNKNOWN, text="My name is Mary Walsh, I live in Boston."
)
"""Nobody: what every detector of names finds."""


def mask_visit(
    utterances: Sequence[Utterance], decided: EncounterResults, engines: Engines
) -> MaskedVisit:
    """`utterances` without identifiers; raises `PrivacyError` where that cannot be done.

    Of `decided`, the clinician's decisions about identifiers and the names given to speakers count.
    """
    require_masking(engines)
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
    """Load the detectors and try them now: without them nothing heard could become a note.

    Raises `PrivacyError` where none is set, one fails, or all of them miss a name that is plainly
    said, as Presidio without a model does; and what making one raises.
    """
    if not engines.detectors():
        raise PrivacyError(
            "No detector of identifiers is set, so nothing could be masked: name one in the "
            "setting `detectors`, such as clinical."
        )
    tried = mask([_INTRODUCTION], engines.detectors())
    if not any(entry.kind is PiiKind.NAME for entry in tried.vault):
        raise PrivacyError(
            "The detectors that are set find no names, so names would stay in what is written: "
            "add clinical to the setting `detectors`, or a model to the detector's options."
        )
