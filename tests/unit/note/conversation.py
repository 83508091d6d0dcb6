"""Readable transcripts -> masked utterances, for the tests of the note room."""

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Relation, Role

_RELATIONS = {relation.value for relation in Relation}


def talk(script: str) -> list[MaskedUtterance]:
    """Lines such as `CLINICIAN  What brings you in?` as masked utterances; `MOTHER` is a companion
    of that relation."""
    utterances: list[MaskedUtterance] = []
    for line in script.strip().splitlines():
        label, text = line.strip().split(maxsplit=1)
        relation = Relation(label.lower()) if label.lower() in _RELATIONS else None
        utterances.append(
            MaskedUtterance(
                id=f"u{len(utterances) + 1}",
                speaker=label,
                role=Role.COMPANION if relation else Role(label.lower()),
                relation=relation,
                text=text.strip(),
            )
        )
    return utterances
