"""Utterances -> what they say of medicines and allergies, and those facts -> the prescription."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from medscribe.domain.medication import OrderAction, Prescription
from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.prescribing.allergies import allergies_in
from medscribe.note.prescribing.allergy_findings import StatedAllergy, allergies_from
from medscribe.note.prescribing.follow_on import statements_of
from medscribe.note.prescribing.orders import orders_from
from medscribe.note.prescribing.sentences import Sentence, sentences_of
from medscribe.note.prescribing.statements import DrugStatement

_SIDE_EFFECT = re.compile(
    r"\b(?:dizz\w+|lightheaded|tired|sleepy|drowsy|groggy|constipat\w+|cough\w*|nause\w+|upset|"
    r"diarrhea|sick|cramps|bloated)\b",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(
    r"\b(?:allerg\w+|hives|rash|swell\w*|swollen|throat|anaphyla\w+|breath\w*|itch\w*|blister\w*|"
    r"cannot (?:take|have))\b",
    re.IGNORECASE,
)
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
    named = {at: sentences[at] for at in findings.allergen_sentences}
    mild = {at for at, sentence in named.items() if _is_side_effect(sentence)}
    talk = [s for at, s in enumerate(sentences) if at not in named or at in mild]
    told = _without_blame(statements_of(talk), [sentences[at] for at in mild])
    inside = range(begin, len(utterances) if end is None else end)
    return Facts(
        tuple(s for s in told if s.position in inside),
        tuple(a for a in findings.stated if a.position in inside),
        tuple(evidence for position, evidence in findings.none_known if position in inside),
    )


def _is_side_effect(sentence: Sentence) -> bool:
    return bool(_SIDE_EFFECT.search(sentence.text)) and not _ALLERGIC.search(sentence.text)


def _without_blame(
    statements: Sequence[DrugStatement], blaming: Sequence[Sentence]
) -> list[DrugStatement]:
    """Without what is only blamed for a side effect: "it makes me dizzy" is of a medicine that is
    taken where the clinician then decides about it."""
    quotes = {sentence.evidence() for sentence in blaming}
    decided = {
        s.key for s in statements if s.by_clinician and s.decision.action is not OrderAction.MENTION
    }
    return [s for s in statements if s.key in decided or not quotes.intersection(s.evidence)]


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
