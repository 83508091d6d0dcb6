"""Utterances -> masked utterances and the vault of what was masked; and back, for the chart."""

import re
from collections.abc import Sequence

from medscribe.domain.privacy import (
    PLACEHOLDER,
    MaskedUtterance,
    PiiDecision,
    PiiKind,
    VaultEntry,
)
from medscribe.domain.record import Record
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import PrivacyError
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.overlaps import Found, stretches_to_mask
from medscribe.privacy.placeholders import masked_utterance, vault_of
from medscribe.privacy.rules.tokens import tokenize
from medscribe.privacy.rules.word_list import Flag, flags

_SIGNS_IN_NAMES = re.compile(r"(?<=\w)['’-](?=\w)")


class MaskedVisit(Record):
    """A visit without identifiers, and apart from it what the placeholders stand for."""

    utterances: tuple[MaskedUtterance, ...]
    vault: tuple[VaultEntry, ...]


def mask(
    utterances: Sequence[Utterance],
    detectors: Sequence[PiiDetector],
    *,
    decisions: Sequence[PiiDecision] = (),
    known_names: Sequence[str] = (),
) -> MaskedVisit:
    """All identifiers that any detector finds, replaced by placeholders; fails closed.

    Overlapping finds become one: the widest stretch with the highest score. What was found with
    certainty (score >= 0.8) once is masked wherever it stands as a whole word in the visit, in
    upper or lower case. The same words get the same placeholder throughout. Word times are not
    carried over, as words are identifiers too; speaker labels must be anonymous already.

    `decisions` are a clinician's and outweigh the detectors; `known_names` are of people of this
    visit, masked whole and in parts as if somebody had introduced them.

    Raises `PrivacyError` when there is no detector, or one fails or answers nonsense.
    """
    if not detectors:
        raise PrivacyError("Nothing can be masked without a detector: name one in the settings.")
    heard = [*map(_introduction, known_names), *utterances]
    texts = [utterance.text for utterance in heard]
    found = [_placeholders_said(text) for text in texts]
    for detector in detectors:
        for spans, more in zip(found, _detected(detector, heard), strict=True):
            spans.extend(more)
    named = [
        PiiDecision(original=spelling, identifies=True)
        for name in known_names
        for part in (name, *_telling_parts(name))
        for spelling in _as_recognised(part)
    ]
    stretches = stretches_to_mask(texts, found, [*named, *decisions])[len(known_names) :]
    vault = vault_of([utterance.text for utterance in utterances], stretches)
    masked = tuple(
        masked_utterance(utterance, spans, vault)
        for utterance, spans in zip(utterances, stretches, strict=True)
    )
    return MaskedVisit(utterances=masked, vault=tuple(vault.values()))


def _telling_parts(name: str) -> list[str]:
    """The words of a name that mean nobody else: "Will Kestrel" -> "Kestrel".

    The others are left to the detectors, which see where they are used as a name.
    """
    words = [token.text for token in tokenize(name)]
    return [word for word in words if len(word) > 1 and Flag.FREQUENT not in flags(word.lower())]


def _as_recognised(name: str) -> set[str]:
    """The ways in which recognisers write it: "O'Neill", "ONeill", "O Neill"; "Smith Jones"."""
    return {name, *(_SIGNS_IN_NAMES.sub(between, name) for between in ("", " "))}


def _introduction(name: str) -> Utterance:
    """Heard by the detectors before the visit, so that they find the name's parts in it again."""
    return Utterance(id="", speaker="", role=Role.UNKNOWN, text=f"My name is {name}.")


def reveal(text: str, vault: Sequence[VaultEntry]) -> str:
    """`text` with every placeholder of the vault replaced by what was said; others stay.

    For those who may see the chart: `reveal(masked.text, visit.vault)` is what was said.
    """
    originals = {entry.placeholder: entry.original for entry in vault}
    return PLACEHOLDER.sub(lambda match: originals.get(match.group(), match.group()), text)


def _placeholders_said(text: str) -> list[Found]:
    """What looks like a placeholder already: masked too, so that it is never revealed wrongly."""
    return [Found(*match.span(), PiiKind.OTHER_ID, 1.0) for match in PLACEHOLDER.finditer(text)]


def _detected(detector: PiiDetector, utterances: Sequence[Utterance]) -> list[list[Found]]:
    try:
        answer = [
            [Found(pii.span.start, pii.span.end, pii.kind, pii.score) for pii in spans]
            for spans in detector.detect(utterances)
        ]
    except Exception:  # noqa: BLE001 - whatever went wrong, its message may quote the patient
        answer = None
    # Raised outside the handler: the error must not even carry the inner one as its context.
    if answer is None:
        raise PrivacyError(
            f"Detector {detector.name} failed, so nothing was masked and the visit goes no "
            "further: choose another detector in the settings."
        )
    sound = len(answer) == len(utterances) and all(
        _is_sound(found, utterance.text)
        for utterance, spans in zip(utterances, answer, strict=False)
        for found in spans
    )
    if not sound:
        raise PrivacyError(
            f"Detector {detector.name} answered for another text, so nothing was masked: choose "
            "another detector in the settings."
        )
    return answer


def _is_sound(found: Found, text: str) -> bool:
    """Whether it can be a find: one made without its class's checks may say anything."""
    start, end, kind, score = found
    in_text = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(text)
    return in_text and isinstance(kind, PiiKind) and 0 <= score <= 1
