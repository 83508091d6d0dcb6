"""Mentions of problems -> one problem each, its final assertion, all its evidence."""

from collections.abc import Sequence

from medscribe.domain.findings import (
    Assertion,
    Laterality,
    Problem,
    ProblemKind,
    Temporality,
)
from medscribe.domain.medication import Certainty, Coding, Experiencer
from medscribe.note.findings.mentions import Mention
from medscribe.note.findings.rule_tables import read_table, words
from medscribe.note.findings.terms import titles

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
_MOST_EVIDENCE = 12
_Key = tuple[str, ProblemKind, Experiencer, str | None]


def problems_from(mentions: Sequence[Mention]) -> list[Problem]:
    """One problem per name, kind, person and side, in order of first mention, ids "p1", "p2" ...

    What is said last for certain holds: a patient who takes a fever back has none. A denied
    problem stays, denied. A general name joins the particular one that it stands for.
    """
    particular = _particular(mentions)
    groups: dict[_Key, list[Mention]] = {}
    for mention in mentions:
        name = particular.get(mention.concept.name, mention.concept.name)
        who = mention.assertion.experiencer
        key = (name, mention.concept.kind, who, mention.stated.relative)
        groups.setdefault(key, []).append(mention)
    sided = [
        (key, side, part)
        for key, group in groups.items()
        for side, part in _by_side(group)
        if not _says_nothing_new(key, groups)
    ]
    sided.sort(key=lambda item: mentions.index(item[2][0]))
    return [
        _problem(f"p{number}", key, side, group)
        for number, (key, side, group) in enumerate(sided, start=1)
    ]


def _particular(mentions: Sequence[Mention]) -> dict[str, str]:
    """General names -> the one particular name that was said of the patient, too."""
    own = {
        m.concept.name
        for m in mentions
        if m.assertion.experiencer is Experiencer.PATIENT and not m.assertion.negated
    }
    general = read_table("diagnoses")["general"]
    assert isinstance(general, dict)
    found = {}
    for name, particulars in general.items():
        said = own.intersection(words(particulars))
        if name in own and len(said) == 1:
            found[str(name)] = said.pop()
    return found


def _by_side(group: Sequence[Mention]) -> list[tuple[Laterality | None, list[Mention]]]:
    """Left and right are two problems; what is told without a side belongs to the first."""
    sides = list(dict.fromkeys(m.side for m in group if m.side))
    if len(sides) <= 1 or Laterality.BILATERAL in sides:
        side = sides[0] if sides else None
        bilateral = Laterality.BILATERAL in sides
        return [(Laterality.BILATERAL if bilateral else side, list(group))]
    first = sides[0]
    return [(side, [m for m in group if (m.side or first) is side]) for side in sides]


def _says_nothing_new(key: _Key, groups: dict[_Key, list[Mention]]) -> bool:
    """Whether a bare "pain" stands beside a pain that has a place."""
    name, kind, who, _ = key
    if not groups[key][0].concept.generic:
        return False
    return any(
        other[0] != name and other[0].endswith(f" {name}") and other[2] is who and other[1] is kind
        for other in groups
    )


def _problem(
    problem_id: str, key: _Key, side: Laterality | None, group: Sequence[Mention]
) -> Problem:
    name, kind, _, relative = key
    deciding = _deciding(group)
    named = next((m for m in group if m.concept.name == name), group[0])
    code = named.concept.code(side)
    affirmed = not deciding.assertion.negated
    evidence = tuple(
        dict.fromkeys(quote for m in _telling(group, deciding) for quote in m.evidence)
    )
    return Problem(
        id=problem_id,
        name=name,
        kind=kind,
        codings=(Coding(system=ICD10CM, code=code, display=titles().get(code)),) if code else (),
        assertion=deciding.assertion,
        laterality=side,
        onset=next((m.onset for m in group if m.onset), None) if affirmed else None,
        relative=relative,
        addressed=affirmed and any(m.addressed and not m.assertion.negated for m in group),
        evidence=evidence[:_MOST_EVIDENCE],
    )


def _deciding(group: Sequence[Mention]) -> Mention:
    """The mention whose assertion holds: the last that is certain, else the last possible one,
    else the last."""
    certain = [m for m in group if _is_certain(m.assertion)]
    now = [m for m in certain if m.assertion.temporality is Temporality.CURRENT]
    if now:
        # "never had it before" takes back nothing of what is felt today.
        certain = [m for m in certain if not _denies_the_past(m.assertion)]
    if any(not m.assertion.negated for m in certain):
        # No chest pain "at rest" is no denial of chest pain.
        certain = [m for m in certain if not (m.assertion.negated and m.limited)]
    possible = [m for m in group if m.assertion.certainty is Certainty.POSSIBLE]
    return (certain or possible or group)[-1]


def _denies_the_past(assertion: Assertion) -> bool:
    return assertion.negated and assertion.temporality is Temporality.PAST


def _is_certain(assertion: Assertion) -> bool:
    return (
        assertion.certainty is Certainty.CONFIRMED
        and assertion.temporality is not Temporality.FUTURE
    )


def _telling(group: Sequence[Mention], deciding: Mention) -> list[Mention]:
    """The deciding mention first, then those that say the same, then the rest."""
    same = [m for m in group if m.assertion == deciding.assertion and m is not deciding]
    rest = [m for m in group if m.assertion != deciding.assertion]
    return [deciding, *same, *rest]
