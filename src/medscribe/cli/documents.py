"""Results of an encounter -> one document: FHIR, Word, PDF, Markdown or the structured record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from medscribe.cli.files import names_given
from medscribe.domain.encounter import Encounter
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError, MissingDependencyError, StoreError
from medscribe.export.documents import note_to_markdown
from medscribe.export.fhir.bundle import PROGRESS_NOTE, bundle_of, bundle_to_json
from medscribe.export.letter import Letter, letter_of
from medscribe.export.pdf import letter_to_pdf
from medscribe.export.record import record_to_json
from medscribe.export.word import letter_to_docx
from medscribe.note.template import Template, template_or_heading
from medscribe.pipeline.chart import chart_view


@dataclass(frozen=True)
class Asked:
    """What is wanted: a format's name, real names or not, evidence or not (docx and pdf);
    `templates`: folder of one's own templates."""

    form: str
    reveal: bool = False
    evidence: bool = True
    templates: Path | None = None


@dataclass(frozen=True)
class _Shown:
    """Results as they may be seen, and all that every format needs beside them."""

    encounter_id: str
    created_at: datetime
    results: EncounterResults
    note: Note
    template: Template
    said: tuple[Utterance | MaskedUtterance, ...]
    patient_name: str | None
    evidence: bool


def require_libraries(forms: Iterable[str]) -> None:
    """Refuse, before any work is done, formats whose library is not installed.

    Raises `MissingDependencyError`.
    """
    for form in forms:
        library = _LIBRARIES.get(form)
        if library is not None and find_spec(library) is None:
            raise MissingDependencyError(
                f"Writing {form} needs an extra: install it with  pip install 'medscribe[export]'"
            )


def document(encounter: Encounter, results: EncounterResults, asked: Asked) -> str | bytes:
    """The document of one encounter, masked unless `asked.reveal`.

    Raises `StoreError` where there is no note yet, `MissingDependencyError` where the extra
    `export` is not installed, `InputError` for a format that there is not.
    """
    write = _WRITERS.get(asked.form)
    if write is None:
        raise InputError(f"There is no such format. Choose one of: {', '.join(_WRITERS)}.")
    return write(_shown(encounter, results, asked))


def _shown(encounter: Encounter, results: EncounterResults, asked: Asked) -> _Shown:
    seen = chart_view(results) if asked.reveal else results
    said = results.utterances if asked.reveal else results.masked
    if seen.note is None or seen.prescription is None or said is None:
        raise StoreError("This encounter has no results yet; let it finish first.")
    return _Shown(
        encounter_id=encounter.id,
        created_at=seen.prescription.created_at,
        results=seen,
        note=seen.note,
        template=template_or_heading(seen.note.template, asked.templates),
        said=said,
        patient_name=_patient_name(results) if asked.reveal else None,
        evidence=asked.evidence,
    )


def _patient_name(results: EncounterResults) -> str | None:
    """The name that the clinician gave the patient's voice; None where none was given."""
    names = names_given(results)
    voices = [one.speaker for one in results.utterances or () if one.role is Role.PATIENT]
    return next((names[voice] for voice in voices if voice in names), None)


def _fhir(shown: _Shown) -> str:
    template = shown.template
    bundle = bundle_of(
        shown.results,
        encounter_id=shown.encounter_id,
        created_at=shown.created_at,
        title=template.title,
        codes={section.key: (section.loinc, section.title) for section in template.sections},
        kind=(template.loinc, template.title) if template.loinc else PROGRESS_NOTE,
        patient_name=shown.patient_name,
    )
    return bundle_to_json(bundle)


def _letter(shown: _Shown) -> Letter:
    return letter_of(
        shown.results,
        title=shown.template.title,
        created_at=shown.created_at,
        said=shown.said,
        patient_name=shown.patient_name,
        evidence=shown.evidence,
    )


def _docx(shown: _Shown) -> bytes:
    return letter_to_docx(_letter(shown), created_at=shown.created_at)


def _pdf(shown: _Shown) -> bytes:
    return letter_to_pdf(_letter(shown), created_at=shown.created_at)


def _markdown(shown: _Shown) -> str:
    alerts = shown.results.alerts or ()
    return note_to_markdown(shown.note, shown.said, alerts, shown.template.title)


def _json(shown: _Shown) -> str:
    return record_to_json(shown.results.prescription, shown.results.findings)


_LIBRARIES: Mapping[str, str] = MappingProxyType({"fhir": "fhir", "docx": "docx", "pdf": "fpdf"})
"""A format's library, all of the extra `export`."""

_WRITERS: Mapping[str, Callable[[_Shown], str | bytes]] = MappingProxyType(
    {"fhir": _fhir, "docx": _docx, "pdf": _pdf, "markdown": _markdown, "json": _json}
)
