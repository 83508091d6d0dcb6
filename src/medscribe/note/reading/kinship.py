"""A companion's relation -> the words by which that companion means the patient ("my son").

The words are data: `tables/kinship.toml`.
"""

from dataclasses import dataclass
from functools import cache

from medscribe.domain.transcript import Relation
from medscribe.note.rules import read_table


@dataclass(frozen=True)
class KinWords:
    """Words for the patient: for a male, a female, either; `bare` ones need no "my"."""

    he: tuple[str, ...] = ()
    she: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


@cache
def kin_words(relation: Relation | None) -> KinWords:
    """What a companion of that relation calls the patient; nothing where it is not known."""
    groups = read_table("kinship")["kin"]
    assert isinstance(groups, list)
    for group in groups:
        if relation in group["relations"]:
            return KinWords(
                *(tuple(group.get(kind, ())) for kind in ("he", "she", "any", "bare")),
            )
    return KinWords()


def is_of_sex(relation: Relation | None, sex: str) -> bool:
    """Whether the companion is a "he" or a "she" by what they are to the patient."""
    listed = read_table("kinship")[sex]
    assert isinstance(listed, list)
    return relation is not None and relation.value in listed
