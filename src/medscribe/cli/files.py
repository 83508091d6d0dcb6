"""Results of an encounter -> the files of the output folder."""

from pathlib import Path

from medscribe.dialogue.corrections import names_of
from medscribe.domain.results import EncounterResults
from medscribe.errors import StoreError
from medscribe.export import documents, transcripts
from medscribe.export.record import record_to_json
from medscribe.note.template import template_or_heading
from medscribe.pipeline.chart import chart_view, surrogate_view
from medscribe.settings import Settings
from medscribe.store.key_file import load_or_create_keys

OUTDATED = (
    "transcript.srt",
    "transcript.vtt",
    "transcript.rttm",
    "recognised.txt",
    "prescription_*.json",
    "note.fhir.json",
    "note.docx",
    "note.pdf",
)
"""Files that the next visit does not overwrite: of an earlier one in the same folder, they would
tell of another patient beside the new note."""


def with_surrogates(
    results: EncounterResults, settings: Settings, patient: str
) -> EncounterResults:
    """The results with made-up names and shifted dates; `patient` is any lasting reference.

    Their key lies beside the store and is not the master key: replacing that one must not give a
    patient other names.
    """
    key = load_or_create_keys(settings.data_dir / "surrogates.key")[0].key
    return surrogate_view(results, key, patient)


def names_given(results: EncounterResults) -> dict[str, str]:
    """Real names of speakers, as the clinician gave them."""
    return names_of(
        results.utterances or (),
        results.speakers or (),
        results.corrections or (),
        results.turns or (),
    )


def result_files(
    results: EncounterResults, *, reveal: bool, templates: Path | None = None
) -> dict[str, str]:
    """File name -> text; file names carry nothing of the patient.

    Masked throughout unless `reveal`, which shows the names that speakers were given, too.
    `templates`: folder of one's own templates. Transcripts in which a turn has no times (imported
    ones) come as text and JSON only.
    """
    shown = chart_view(results) if reveal else results
    said = results.utterances if reveal else results.masked
    names = names_given(results) if reveal else {}
    note, prescription, alerts = shown.note, shown.prescription, shown.alerts
    if said is None or note is None or prescription is None or alerts is None:
        raise StoreError("This encounter has no results yet; let it finish first.")
    title = template_or_heading(note.template, templates).title
    stamp = prescription.created_at.strftime("%Y%m%dT%H%M%SZ")
    files = {
        "transcript.txt": transcripts.to_text(said, names),
        "transcript.json": transcripts.to_json(said),
        "note.md": documents.note_to_markdown(note, said, alerts, title),
        "note.json": documents.note_to_json(note),
        f"prescription_{stamp}.json": documents.prescription_to_json(prescription),
        "record.json": record_to_json(prescription, shown.findings),
        "alerts.json": documents.alerts_to_json(alerts),
    }
    if said and all(utterance.span is not None for utterance in said):
        files["transcript.srt"] = transcripts.to_srt(said, names)
        files["transcript.vtt"] = transcripts.to_vtt(said, names)
        files["transcript.rttm"] = transcripts.to_rttm(said, file_id="visit")
    return files
