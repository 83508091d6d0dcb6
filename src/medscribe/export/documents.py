"""Note, prescription and alerts -> Markdown for people, JSON for programs."""

import json
from collections.abc import Sequence

from medscribe.domain.medication import (
    Certainty,
    Experiencer,
    MedicationOrder,
    Prescription,
    Quantity,
)
from medscribe.domain.note import Evidence, Note, StatementStatus
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.safety import SafetyAlert
from medscribe.domain.transcript import Utterance
from medscribe.export.transcripts import role_label

Spoken = Utterance | MaskedUtterance


def note_to_markdown(
    note: Note, utterances: Sequence[Spoken], alerts: Sequence[SafetyAlert], title: str
) -> str:
    """The note with numbered evidence: `[1]` after a sentence leads to the words it rests on."""
    by_id = {utterance.id: utterance for utterance in utterances}
    quotes: list[Evidence] = []
    lines = [f"# {title}", ""]
    for alert in alerts:
        lines.append(f"> **{alert.severity.upper()}** {alert.detail}")
    if alerts:
        lines.append("")
    for section in note.sections:
        if not section.statements:
            continue
        lines += [f"## {section.title}", ""]
        for statement in section.statements:
            marks = "".join(f"[{_number(quotes, evidence)}]" for evidence in statement.evidence)
            flag = " **(unsupported)**" if _is_unsupported(statement.status) else ""
            lines.append(f"- {statement.text}{flag} {marks}".rstrip())
        lines.append("")
    if quotes:
        lines += ["## EVIDENCE", ""]
        lines += [
            f'{number}. {_source(by_id.get(evidence.utterance_id))}: "{evidence.quote}"'
            for number, evidence in enumerate(quotes, start=1)
        ]
        lines.append("")
    made = note.made_by
    lines.append(f"*Draft by {made.engine} {made.version}; review before use.*")
    return "\n".join(lines) + "\n"


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
    dose = _range(order.dose, order.dose_max)
    form = order.form if order.form and order.form not in dose else None
    head = " ".join(
        part for part in (order.drug, _amount(order.strength), dose, form, order.route) if part
    )
    tail = [
        order.frequency.text if order.frequency else "",
        f"for {_amount(order.duration)}" if order.duration else "",
        _as_needed(order),
        f"at most {_amount(order.max_per_day)} a day" if order.max_per_day else "",
        f"for {order.indication}" if order.indication else "",
        "" if order.certainty is Certainty.CONFIRMED else f"{order.certainty} only",
    ]
    whose = "" if order.experiencer is Experiencer.PATIENT else f"{order.experiencer.upper()}: "
    return f"{whose}{order.action.upper()} " + ", ".join(part for part in (head, *tail) if part)


def _as_needed(order: MedicationOrder) -> str:
    if not order.as_needed:
        return ""
    return f"as needed for {order.as_needed_for}" if order.as_needed_for else "as needed"


def _amount(quantity: Quantity | None) -> str:
    return f"{quantity.value:g} {quantity.unit}" if quantity else ""


def _range(least: Quantity | None, most: Quantity | None) -> str:
    """`1 to 2 tablet` where a range was said."""
    if least is None or most is None:
        return _amount(least)
    return f"{least.value:g} to {_amount(most)}"


def _number(quotes: list[Evidence], evidence: Evidence) -> int:
    if evidence not in quotes:
        quotes.append(evidence)
    return quotes.index(evidence) + 1


def _source(utterance: Spoken | None) -> str:
    if utterance is None:
        return "not found in the talk"
    if utterance.span is None:
        return f"{utterance.id} {role_label(utterance)}"
    minutes, seconds = divmod(int(utterance.span.start), 60)
    return f"{utterance.id} {minutes:02d}:{seconds:02d} {role_label(utterance)}"


def _is_unsupported(status: StatementStatus) -> bool:
    return status is StatementStatus.UNSUPPORTED
