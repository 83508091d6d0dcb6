"""Masked utterances -> the lines in which a language model reads a visit."""

from collections.abc import Sequence

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role


def visit_lines(utterances: Sequence[MaskedUtterance]) -> list[str]:
    """One line each: `[u12] PATIENT: My knee hurts.`

    An utterance gives the same line whatever comes after it, so that the prompt of a growing visit
    keeps its beginning and servers can reuse what they have read of it.
    """
    return [_line(utterance) for utterance in utterances]


def _line(utterance: MaskedUtterance) -> str:
    known = utterance.role is not Role.UNKNOWN
    voice = utterance.role.value.upper() if known else utterance.speaker
    return f"[{utterance.id}] {voice}: {' '.join(utterance.text.split())}"
