"""Readable transcripts -> masked utterances, for the tests of the note room."""

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role


def talk(script: str) -> list[MaskedUtterance]:
    """Lines such as `CLINICIAN  What brings you in?` as masked utterances."""
    utterances = []
    for line in script.strip().splitlines():
        role, text = line.strip().split(maxsplit=1)
        number = len(utterances) + 1
        utterances.append(
            MaskedUtterance(
                id=f"u{number}", speaker=role, role=Role(role.lower()), text=text.strip()
            )
        )
    return utterances
