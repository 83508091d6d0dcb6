"""What was said of allergies, place by place -> the allergies of the patient, or that there are
none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medscribe.clinical.allergens import Substance
from medscribe.domain.medication import Allergy, Coding
from medscribe.domain.note import Evidence
from medscribe.note.prescribing.orders import RXNORM


@dataclass(frozen=True)
class StatedAllergy:
    """An allergy stated in the utterance at `position`; `reaction` as said."""

    position: int
    substance: Substance
    reaction: str | None
    evidence: tuple[Evidence, ...]


@dataclass
class AllergyFindings:
    """What is said of allergies; `none_known`: that there are none, by position of the utterance;
    `allergen_sentences`: by index, those that name allergens and so order nothing."""

    stated: list[StatedAllergy] = field(default_factory=list)
    none_known: list[tuple[int, Evidence]] = field(default_factory=list)
    allergen_sentences: set[int] = field(default_factory=set)


def allergies_from(stated: Iterable[StatedAllergy]) -> list[Allergy]:
    """One allergy per substance, ids "a1", "a2" ..., with the first reaction told and all the
    evidence."""
    merged: dict[str, Allergy] = {}
    for one in stated:
        key = one.substance.name.lower().removesuffix("s")
        known = merged.get(key)
        merged[key] = Allergy(
            id=known.id if known else f"a{len(merged) + 1}",
            substance=known.substance if known else one.substance.name,
            codings=_codings(one.substance),
            reaction=(known.reaction if known else None) or one.reaction,
            evidence=_joined(known, one.evidence),
        )
    return list(merged.values())


def _codings(substance: Substance) -> tuple[Coding, ...]:
    if substance.rxcui is None:
        return ()
    return (Coding(system=RXNORM, code=substance.rxcui, display=substance.name),)


def _joined(known: Allergy | None, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys([*(known.evidence if known else ()), *evidence]))
