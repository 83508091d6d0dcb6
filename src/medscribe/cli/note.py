"""`medscribe note`: a written dialogue -> the note, printed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medscribe.bootstrap import build
from medscribe.cli import choices, console
from medscribe.cli.files import result_files
from medscribe.cli.visit import correct, run_transcript, with_results
from medscribe.domain.results import EncounterResults
from medscribe.pipeline.masking import require_masking
from medscribe.settings import load_settings


class NoteFormat(StrEnum):
    MD = "md"
    JSON = "json"


def note(
    dialogue: Annotated[Path, typer.Argument(help="Written dialogue: `[doctor] ...`, `D: ...`.")],
    form: Annotated[NoteFormat, typer.Option("--format", help="md or json.")] = NoteFormat.MD,
    template: choices.TemplateName = None,
    reveal: choices.Reveal = False,
    speaker: choices.SpeakerRoles = None,
    swap: choices.Swap = False,
) -> None:
    """Write the note of a written dialogue to standard output.

    Example: medscribe note dialogue.txt --format json
    """
    settings = load_settings()
    options = choices.encounter_options(settings, None, None, template)
    corrections = choices.speaker_corrections(speaker)
    medscribe = build(settings, notice=console.notice)
    require_masking(medscribe.engines)

    def deliver(results: EncounterResults) -> None:
        files = result_files(results, reveal=reveal, templates=settings.templates_folder)
        typer.echo(files[f"note.{form}"], nl=False)

    encounter = run_transcript(medscribe, dialogue, options)
    correct(medscribe, encounter, corrections, swap=swap)
    with_results(medscribe, encounter, deliver, reveal=reveal)
    medscribe.close()
