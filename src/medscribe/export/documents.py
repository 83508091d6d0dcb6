"""Note, prescription and alerts -> Markdown for people, JSON for programs."""

import json
from collections.abc import Sequence

from medscribe.domain.medication import (
    Certainty,
    Experiencer,
    MedicationOrder,
    Prescription,
)
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.safety import SafetyAlert
from medscribe.domain.transcript import Utterance
from medscribe.export.outline import (
    Group,
    Outline,
    Point,
    outline_of,
    proposal_lines,
    source_of,
)
from medscribe.export.sig import (
    amount,
    amount_range,
    as_needed_text,
    steps_text,
    strength_beside_steps,
)

Spoken = Utterance | MaskedUtterance


STALE = "The talk has gone on; this note has not caught up."
"""What a reader of a stale note must know."""


def note_to_markdown(
    note: Note, utterances: Sequence[Spoken], alerts: Sequence[SafetyAlert], title: str
) -> str:
    """The note with numbered evidence: `[1]` after a sentence leads to the words it rests on.

    Problems are numbered, with what belongs to them beneath. A stale note says so on top.
    """
    outline = outline_of(note)
    lines = [f"# {title}", ""]
    warnings = [f"> **{STALE}**"] if note.stale else []
    warnings += [f"> **{alert.severity.upper()}** {alert.detail}" for alert in alerts]
    if warnings:
        lines += [*warnings, ""]
    for section in outline.sections:
        lines += [f"## {section.title}", ""]
        for group in section.groups:
            lines += _group_lines(group)
        lines.append("")
    proposed = proposal_lines(note)
    if proposed:
        lines += ["## PROPOSED CHANGES", "", *(f"- {line}" for line in proposed), ""]
    lines += _evidence_lines(outline, utterances)
    made = note.made_by
    lines.append(f"*Draft by {made.engine} {made.version}; review before use.*")
    return "\n".join(lines) + "\n"


def _group_lines(group: Group) -> list[str]:
    if group.number is None:
        return [f"- {_point(point)}" for point in group.points]
    head = _point(group.head) if group.head else group.name
    return [f"{group.number}. {head}", *(f"   - {_point(point)}" for point in group.points)]


def _point(point: Point) -> str:
    marks = "".join(f"[{mark}]" for mark in point.marks)
    flag = " **(unsupported)**" if point.unsupported else ""
    return f"{point.statement.text}{flag} {marks}".rstrip()


def _evidence_lines(outline: Outline, utterances: Sequence[Spoken]) -> list[str]:
    if not outline.references:
        return []
    said = {utterance.id: utterance for utterance in utterances}
    quotes = [
        f'{number}. {source_of(evidence, said)}: "{evidence.quote}"'
        for number, evidence in enumerate(outline.references, start=1)
    ]
    return ["## EVIDENCE", "", *quotes, ""]


def prescription_to_json(prescription: Prescription) -> str:
    """The prescription as JSON; null where nothing was said."""
    return prescription.model_dump_json(indent=2) + "\n"


def note_to_json(note: Note) -> str:
    """The note as JSON: sections, statements, evidence, and what made it."""
    return note.model_dump_json(indent=2) + "\n"


def alerts_to_json(alerts: Sequence[SafetyAlert]) -> str:
    """`{"alerts": [...]}`, most severe first; an empty list means that all checks ran clean."""
    return json.dumps({"alerts": [alert.model_dump(mode="json") for alert in alerts]}, indent=2) + (
        "\n"
    )


def order_line(order: MedicationOrder) -> str:
    """An order on one line: `START lisinopril 10 mg oral, once a day, for 30 d`.

    What would mislead if it were left out is said: whose medicine it is if not the patient's, and
    that it was only considered. `FAMILY: MENTION warfarin 5 mg, every day`.
    """
    whose = "" if order.experiencer is Experiencer.PATIENT else f"{order.experiencer.upper()}: "
    parts = [
        *(_taper_parts(order) if len(order.steps) > 1 else _sig_parts(order)),
        f"for {order.indication}" if order.indication else "",
        "" if order.certainty is Certainty.CONFIRMED else f"{order.certainty} only",
    ]
    return f"{whose}{order.action.upper()} " + ", ".join(part for part in parts if part)


def _taper_parts(order: MedicationOrder) -> list[str]:
    """Drug and steps: `prednisone tablet`, `40 mg, for 3 days; then 20 mg, for 3 days`."""
    head = (order.drug, strength_beside_steps(order), order.form)
    return [" ".join(part for part in head if part), steps_text(order)]


def _sig_parts(order: MedicationOrder) -> list[str]:
    dose = amount_range(order.dose, order.dose_max)
    form = order.form if order.form and order.form not in dose else None
    head = (order.drug, amount(order.strength), dose, form, order.route)
    return [
        " ".join(part for part in head if part),
        order.frequency.text if order.frequency else "",
        f"for {amount(order.duration)}" if order.duration else "",
        as_needed_text(order),
        f"at most {amount(order.max_per_day)} a day" if order.max_per_day else "",
    ]
