"""`medscribe export`: a kept encounter -> one file: FHIR, Word, PDF, Markdown or JSON."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medscribe.bootstrap import build
from medscribe.cli import choices
from medscribe.cli.documents import Asked, document
from medscribe.cli.files import with_surrogates
from medscribe.cli.review import EncounterId
from medscribe.domain.event import EventKind
from medscribe.export.folder import write_file
from medscribe.settings import load_settings


class ExportFormat(StrEnum):
    """`fhir`: R4 document Bundle. `json`: the structured record. The others are the note."""

    FHIR = "fhir"
    DOCX = "docx"
    PDF = "pdf"
    MARKDOWN = "markdown"
    JSON = "json"


FILE_NAMES = {
    ExportFormat.FHIR: "note.fhir.json",
    ExportFormat.DOCX: "note.docx",
    ExportFormat.PDF: "note.pdf",
    ExportFormat.MARKDOWN: "note.md",
    ExportFormat.JSON: "record.json",
}
"""What a document is called beside the other files of its visit."""


def export(
    encounter_id: EncounterId,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="fhir, docx, pdf, markdown or json.")
    ],
    out: Annotated[Path, typer.Option(help="File to write; an earlier one is replaced.")],
    evidence: Annotated[
        bool, typer.Option(help="End docx and pdf with the numbered words they rest on.")
    ] = True,
    reveal: choices.Reveal = False,
    surrogates: choices.Surrogates = False,
    patient: choices.Patient = None,
) -> None:
    """Write a kept encounter as one document for another system or for paper.

    Example: medscribe export ID --format fhir --out visit.json
    """
    choices.check_names_shown(reveal, surrogates, patient)
    settings = load_settings()
    medscribe = build(settings)
    encounter, results = medscribe.store.get(encounter_id), medscribe.store.results(encounter_id)
    if surrogates:
        results = with_surrogates(results, settings, patient or encounter_id)
    asked = Asked(
        form=form.value, reveal=reveal, evidence=evidence, templates=settings.templates_folder
    )
    content = document(encounter, results, asked)
    if reveal:
        medscribe.store.note_event(encounter_id, EventKind.REVEALED)
    write_file(out, content, private=reveal)
    typer.echo(f"Wrote {out}")
    medscribe.close()
