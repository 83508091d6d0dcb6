"""A readable script of a visit -> masked utterances, for tests of note and safety.

CLINICIAN  What brings you in?
PATIENT    My left knee hurts.
"""

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role


def talk(script: str) -> tuple[MaskedUtterance, ...]:
    """One utterance per line, ids "u1", "u2" ...; the first word names the role."""
    lines = [line.strip() for line in script.strip().splitlines() if line.strip()]
    utterances = []
    for number, line in enumerate(lines, start=1):
        who, said = line.split(maxsplit=1)
        role = Role(who.lower())
        utterances.append(
            MaskedUtterance(id=f"u{number}", speaker=who, role=role, text=said.strip())
        )
    return tuple(utterances)
