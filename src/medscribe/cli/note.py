"""`medscribe note`: a written dialogue -> the note, printed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medscribe.bootstrap import build
from medscribe.cli import choices, console
from medscribe.cli.files import result_files
from medscribe.cli.visit import run_transcript, with_results
from medscribe.domain.results import EncounterResults
from medscribe.settings import load_settings


class NoteFormat(StrEnum):
    MD = "md"
    JSON = "json"


def note(
    dialogue: Annotated[Path, typer.Argument(help="Written dialogue: `[doctor] ...`, `D: ...`.")],
    form: Annotated[NoteFormat, typer.Option("--format", help="md or json.")] = NoteFormat.MD,
    template: choices.TemplateName = None,
    reveal: choices.Reveal = False,
) -> None:
    """Write the note of a written dialogue to standard output.

    Example: medscribe note dialogue.txt --format json
    """
    settings = load_settings()
    options = choices.encounter_options(settings, None, None, template)
    medscribe = build(settings, notice=console.notice)

    def deliver(results: EncounterResults) -> None:
        typer.echo(result_files(results, reveal=reveal)[f"note.{form}"], nl=False)

    with_results(medscribe, run_transcript(medscribe, dialogue, options), deliver)
    medscribe.close()
