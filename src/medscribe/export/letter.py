"""Results of a visit -> what a printed note holds, before any file format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from medscribe.domain.medication import (
    Certainty,
    Experiencer,
    MedicationOrder,
    Prescription,
)
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.domain.results import EncounterResults
from medscribe.domain.safety import Severity
from medscribe.domain.transcript import Utterance
from medscribe.errors import StoreError
from medscribe.export.documents import STALE
from medscribe.export.outline import OutlinedSection, outline_of, proposal_lines, source_of
from medscribe.export.sig import steps_text, strength_beside_steps

ORDER_HEADINGS = ("Action", "Medicine", "How it is taken", "For")
DRAFT = "DRAFT – not signed. Review before use."


@dataclass(frozen=True)
class Warned:
    """A line of the box on top; `hard` must be acted on."""

    text: str
    hard: bool


@dataclass(frozen=True)
class Letter:
    """A note ready to be set. `orders` are rows under `ORDER_HEADINGS`; `references` are numbered
    from 1; `footer` says what made it."""

    title: str
    subtitle: str
    draft: bool
    warnings: tuple[Warned, ...]
    sections: tuple[OutlinedSection, ...]
    orders: tuple[tuple[str, str, str, str], ...]
    allergies: tuple[str, ...]
    proposals: tuple[str, ...]
    references: tuple[str, ...]
    footer: str


def letter_of(
    results: EncounterResults,
    *,
    title: str,
    created_at: datetime,
    said: Sequence[Utterance | MaskedUtterance],
    patient_name: str | None = None,
    signed: bool = False,
    evidence: bool = True,
) -> Letter:
    """The note of these results with its orders, allergies, alerts and evidence.

    `results` as they may be shown. `said`: the utterances that evidence is told of. `evidence`
    False leaves out the numbered quotes. Raises `StoreError` where there is no note.
    """
    note = results.note
    if note is None:
        raise StoreError("This encounter has no note yet; let it finish first.")
    outline = outline_of(note)
    by_id = {utterance.id: utterance for utterance in said}
    quotes = tuple(f"{source_of(one, by_id)}: “{one.quote}”" for one in outline.references)
    prescription = results.prescription
    return Letter(
        title=title,
        subtitle=_subtitle(created_at, patient_name),
        draft=not signed,
        warnings=_warnings(note, results),
        sections=outline.sections,
        orders=tuple(map(_row, prescription.orders)) if prescription else (),
        allergies=_allergies(prescription) if prescription else (),
        proposals=tuple(proposal_lines(note)),
        references=quotes if evidence else (),
        footer=_footer(note, prescription),
    )


def _subtitle(created_at: datetime, patient_name: str | None) -> str:
    at = created_at if created_at.tzinfo else created_at.replace(tzinfo=UTC)
    day = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"Patient: {patient_name}  ·  {day}" if patient_name else day


def _warnings(note: Note, results: EncounterResults) -> tuple[Warned, ...]:
    stale = [Warned(STALE, hard=True)] if note.stale else []
    alerts = [
        Warned(f"{alert.severity.value.upper()}: {alert.detail}", alert.severity is Severity.HARD)
        for alert in results.alerts or ()
    ]
    return (*stale, *alerts)


def _row(order: MedicationOrder) -> tuple[str, str, str, str]:
    """What is decided, which medicine, how it is taken, what for; whose it is, if not the
    patient's, and that it was only considered, stand in the first cell."""
    whose = (
        "" if order.experiencer is Experiencer.PATIENT else f"{order.experiencer.value.upper()}: "
    )
    certain = "" if order.certainty is Certainty.CONFIRMED else f" ({order.certainty.value} only)"
    taken = steps_text(order)
    form = order.form if order.form and order.form not in taken else ""
    named = (order.drug, strength_beside_steps(order), form)
    medicine = " ".join(part for part in named if part)
    action = f"{whose}{order.action.value.upper()}{certain}"
    return action, medicine, taken or "–", order.indication or "–"


def takes_away(row: Sequence[str]) -> bool:
    """Whether a row of `orders` ends or pauses a medicine: it must not be read as one to give."""
    return row[0].rpartition(": ")[2].startswith(("STOP", "HOLD"))


def running_line(letter: Letter) -> str:
    """What stands on every page, since pages get apart: `DRAFT – not signed. … · 2026-01-02`."""
    return f"{DRAFT}  ·  {letter.subtitle}" if letter.draft else letter.subtitle


def _allergies(prescription: Prescription) -> tuple[str, ...]:
    stated = tuple(
        f"{one.substance}: {one.reaction}" if one.reaction else one.substance
        for one in prescription.allergies
    )
    if not stated and prescription.no_known_allergies:
        return ("No known allergies",)
    return stated


def _footer(note: Note, prescription: Prescription | None) -> str:
    made = [note.made_by] + ([prescription.made_by] if prescription else [])
    return "Made by MedScribe: " + "; ".join(dict.fromkeys(_engine(one) for one in made))


def _engine(made_by: Provenance) -> str:
    parts = (made_by.model, made_by.prompt, made_by.template)
    told = ", ".join(part for part in parts if part)
    return f"{made_by.engine} {made_by.version}" + (f" ({told})" if told else "")
