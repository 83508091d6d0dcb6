"""Masked utterances -> the same, clinician and patient exchanged back where their tags are wrong.

Recordings with the tags of both speakers exchanged are common; a note that believes them makes
orders of the patient's history. Only talk that says so plainly is touched: the "patient" examines,
reviews and prescribes more than the "clinician" does, and asks more.
"""

import re
from collections.abc import Sequence

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role

_CLINICIANS = re.compile(
    r"\b(?:i|we)(?: am| are|['’ ]m|['’ ]re) (?:also |just )?(?:going to|gon ?na) (?:go ahead and )?"
    r"(?:refer|order|prescribe|start you|put you|give you|send you|schedule you|check your|examine"
    r"|recommend)\b|\bi (?:would |will )?(?:also )?(?:recommend|prescribe)\b"
    r"|\bi (?:want|would like|wan na have) you to\b|\bon your (?:\w+ ){0,2}exam\b"
    r"|\bi (?:do|do not|don['’ ]?t) (?:appreciate|hear (?:a|any|some))\b"
    r"|\bfor your (?:first|second|third|next|last) (?:problem|issue|diagnosis)\b"
    r"|\byour (?:symptoms|x-?rays?|lungs|heart|labs|results|blood work|vital signs|vitals|exam)"
    r" (?:are|is|looks?|seems?|shows?|reveals?|sounds?)\b"
    r"|\bi (?:have )?reviewed (?:the|your)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:do|did|have|are|were|can|could|any) you\b|\bhow (?:is|are) your\b|\?",
    re.IGNORECASE,
)
_OTHER = {Role.CLINICIAN: Role.PATIENT, Role.PATIENT: Role.CLINICIAN}


def with_true_roles(utterances: Sequence[MaskedUtterance]) -> list[MaskedUtterance]:
    """`utterances`, roles of clinician and patient exchanged where the talk shows them to be; ids
    and texts stay, and so do companions."""
    if not tags_exchanged(utterances):
        return list(utterances)
    return [
        utterance.model_copy(update={"role": _OTHER.get(utterance.role, utterance.role)})
        for utterance in utterances
    ]


def tags_exchanged(utterances: Sequence[MaskedUtterance]) -> bool:
    """Whether who is tagged as the patient does the clinician's work, and asks the questions."""
    works = {Role.PATIENT: 0, Role.CLINICIAN: 0}
    asks = {Role.PATIENT: 0, Role.CLINICIAN: 0}
    for utterance in utterances:
        if utterance.role in works:
            works[utterance.role] += len(_CLINICIANS.findall(utterance.text))
            asks[utterance.role] += len(_QUESTION.findall(utterance.text))
    return works[Role.PATIENT] > works[Role.CLINICIAN] and asks[Role.PATIENT] > asks[Role.CLINICIAN]
