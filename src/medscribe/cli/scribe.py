"""`medscribe scribe`: a visit -> transcript, note, prescription and alerts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from medscribe.bootstrap import MedScribe, build
from medscribe.cli import choices, console
from medscribe.cli.documents import Asked, document, require_libraries
from medscribe.cli.export import FILE_NAMES, ExportFormat
from medscribe.cli.files import OUTDATED, result_files, with_surrogates
from medscribe.cli.rehearsal import Rehearsal, rehearse
from medscribe.cli.timings import timings_table
from medscribe.cli.visit import correct, run_recording, run_transcript, with_results
from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.errors import InputError
from medscribe.export.documents import order_line
from medscribe.export.folder import write_files
from medscribe.pipeline.clock import StageClock
from medscribe.pipeline.masking import require_masking
from medscribe.settings import load_settings
from medscribe.speech.transcript_file import read_transcript

Audio = Annotated[
    Path | None,
    typer.Argument(help="Recording of the visit: wav, mp3, m4a, flac, ogg/opus, webm ..."),
]
Transcript = Annotated[
    Path | None,
    typer.Option(help="A written dialogue in place of a recording: `[doctor] ...`, `D: ...`."),
]
Reference = Annotated[
    Path | None,
    typer.Option(
        help="What was really said in the recording: prints the word error rate, and stands "
        "in for the recognised words where recognition is of draft quality only."
    ),
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Keep the encounter in the store, to work on it later.")
]
Also = Annotated[
    list[ExportFormat] | None,
    typer.Option(help="Write the visit as fhir, docx or pdf as well; may be repeated."),
]
Show = Annotated[bool, typer.Option("--print", help="Print the results as well.")]


def scribe(
    audio: Audio = None,
    transcript: Transcript = None,
    reference: Reference = None,
    out: Annotated[Path, typer.Option(help="Folder for the result files.")] = Path("out"),
    asr: choices.Asr = None,
    num_speakers: choices.NumSpeakers = None,
    template: choices.TemplateName = None,
    reveal: choices.Reveal = False,
    surrogates: choices.Surrogates = False,
    patient: choices.Patient = None,
    speaker: choices.SpeakerRoles = None,
    swap: choices.Swap = False,
    also: Also = None,
    keep: Keep = False,
    show: Show = False,
    timings: choices.Timings = False,
    quiet: choices.Quiet = False,
) -> None:
    """Take one visit end to end and write all results to a folder.

    Example: medscribe scribe visit.mp3 --out out/visit --timings
    """
    _check_sources(audio, transcript, reference, surrogates)
    require_libraries(also or ())
    if out.exists() and not out.is_dir():
        raise InputError("The output folder is a file. Give another --out.")
    choices.check_names_shown(reveal, surrogates, patient)
    corrections = choices.speaker_corrections(speaker)
    settings = load_settings(keep_encounters=keep or None)
    options = choices.encounter_options(settings, asr, num_speakers, template)
    delivery = Delivery(
        out, tuple(also or ()), settings.templates_folder, reveal=reveal, show=show, timings=timings
    )
    with console.progress_shown(quiet) as progress:
        medscribe = build(settings, progress=progress, notice=console.notice)
        require_masking(medscribe.engines)
        encounter, rehearsal = _run(medscribe, audio, transcript, reference, options)
        correct(medscribe, encounter, corrections, swap=swap)

    def deliver(results: EncounterResults) -> None:
        if surrogates:
            results = with_surrogates(results, settings, patient or encounter.id)
        _deliver(delivery, encounter, results, rehearsal, medscribe.engines.clock)

    with_results(medscribe, encounter, deliver, reveal=reveal)
    if settings.keep_encounters:
        console.output.print(f"Kept as encounter {encounter.id}", markup=False)
    if rehearsal is not None and rehearsal.recording.id != encounter.id:
        with_results(medscribe, rehearsal.recording, lambda _results: None, reveal=reveal)
    medscribe.close()


def _check_sources(
    audio: Path | None, transcript: Path | None, reference: Path | None, surrogates: bool
) -> None:
    """Refuse what does not go together."""
    if (audio is None) == (transcript is None):
        raise InputError("Give either a recording or --transcript FILE.")
    if reference is not None and audio is None:
        raise InputError("--reference goes with a recording.")
    if reference is not None and surrogates:
        raise InputError("--surrogates does not go with --reference.")


@dataclass(frozen=True)
class Delivery:
    """Where results go and what is shown of them."""

    out: Path
    also: tuple[ExportFormat, ...]
    templates: Path
    reveal: bool
    show: bool
    timings: bool


def _deliver(
    delivery: Delivery,
    encounter: Encounter,
    results: EncounterResults,
    rehearsal: Rehearsal | None,
    clock: StageClock,
) -> None:
    files = result_files(results, reveal=delivery.reveal, templates=delivery.templates)
    if rehearsal is not None:
        files |= rehearsal.files(reveal=delivery.reveal)
    documents = {
        FILE_NAMES[form]: document(
            encounter,
            results,
            Asked(form=form.value, reveal=delivery.reveal, templates=delivery.templates),
        )
        for form in delivery.also
    }
    paths = write_files(
        delivery.out, {**files, **documents}, outdated=OUTDATED, private=delivery.reveal
    )
    if delivery.show:
        _print(files)
    _summarise(results, rehearsal)
    console.output.print(f"Wrote {len(paths)} files to {delivery.out}", markup=False)
    if delivery.timings:
        console.output.print(timings_table(clock, _audio_seconds(results, rehearsal)))


def _run(
    medscribe: MedScribe,
    audio: Path | None,
    transcript: Path | None,
    reference: Path | None,
    options: EncounterOptions,
) -> tuple[Encounter, Rehearsal | None]:
    medscribe.engines.writer()  # refused now, not after the recording's minutes
    if transcript is not None:
        return run_transcript(medscribe, transcript, options), None
    assert audio is not None
    # Read first: a bad one is refused now, not after the recording's minutes.
    script = read_transcript(reference) if reference is not None else None
    recording = run_recording(medscribe, audio, options)
    if script is None:
        return recording, None
    rehearsal = rehearse(medscribe, recording, script, options)
    return rehearsal.shown, rehearsal


def _print(files: dict[str, str]) -> None:
    for name in ("transcript.txt", "note.md", *sorted(n for n in files if n.startswith("presc"))):
        console.output.rule(name)
        console.output.print(files[name], markup=False)


def _summarise(results: EncounterResults, rehearsal: Rehearsal | None) -> None:
    """The line or two a clinician reads first: orders and alerts."""
    if rehearsal is not None:
        console.output.print(rehearsal.summary, markup=False)
    if results.prescription is not None:
        for order in results.prescription.orders:
            console.output.print(f"  Order: {order_line(order)}", markup=False)
    for alert in results.alerts or ():
        console.output.print(f"  Alert ({alert.severity}): {alert.detail}", markup=False)
    if not results.alerts:
        console.output.print("  Alerts: none; all checks ran.")
    if any(speaker.contradicted for speaker in results.speakers or ()):
        console.output.print("  If the tags are exchanged, give the same command with --swap.")


def _audio_seconds(results: EncounterResults, rehearsal: Rehearsal | None) -> float | None:
    if results.transcription is not None:
        return results.transcription.duration_seconds
    return rehearsal.audio_seconds if rehearsal else None
