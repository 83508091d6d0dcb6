"""Utterances -> what they say of medicines and allergies, and those facts -> the prescription."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.prescribing.allergies import allergies_in
from medscribe.note.prescribing.allergy_findings import StatedAllergy, allergies_from
from medscribe.note.prescribing.follow_on import statements_of
from medscribe.note.prescribing.orders import orders_from
from medscribe.note.prescribing.sentences import sentences_of
from medscribe.note.prescribing.statements import DrugStatement

MADE_BY = Provenance(engine="prescription_rules", version="2")


@dataclass(frozen=True)
class Facts:
    """What a part of the talk says, in the order in which it is said."""

    statements: tuple[DrugStatement, ...] = ()
    allergies: tuple[StatedAllergy, ...] = ()
    none_known: tuple[Evidence, ...] = ()


def facts_of(
    utterances: Sequence[MaskedUtterance], begin: int = 0, end: int | None = None
) -> Facts:
    """What utterances `begin` to `end` (all by default) say, read in the light of all of them."""
    sentences = sentences_of(utterances)
    findings = allergies_in(sentences)
    talk = [s for at, s in enumerate(sentences) if at not in findings.allergen_sentences]
    inside = range(begin, len(utterances) if end is None else end)
    return Facts(
        tuple(s for s in statements_of(talk) if s.position in inside),
        tuple(a for a in findings.stated if a.position in inside),
        tuple(evidence for position, evidence in findings.none_known if position in inside),
    )


def prescription_from(parts: Iterable[Facts], created_at: datetime) -> Prescription:
    """The prescription of facts given in the order of the talk. That no allergy is known counts
    only where none is stated."""
    known = list(parts)
    allergies = allergies_from(one for facts in known for one in facts.allergies)
    none = tuple(dict.fromkeys(e for facts in known for e in facts.none_known))
    none = () if allergies else none
    return Prescription(
        orders=tuple(orders_from(s for facts in known for s in facts.statements)),
        allergies=tuple(allergies),
        no_known_allergies=True if none else None,
        no_known_allergies_evidence=none,
        created_at=created_at,
        made_by=MADE_BY,
    )
