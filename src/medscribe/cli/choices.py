"""Options that several commands share, and what they mean for settings and encounters."""

from pathlib import Path
from typing import Annotated

import typer

from medscribe.domain.encounter import EncounterOptions
from medscribe.note.template import load_template
from medscribe.plugin import load_engine
from medscribe.settings import Settings
from medscribe.speech.selection import TRANSCRIBERS

Asr = Annotated[
    str | None,
    typer.Option("--asr", help="Recognition engine: auto, or a name of `medscribe engines`."),
]
NumSpeakers = Annotated[
    int | None,
    typer.Option("--num-speakers", min=0, max=8, help="Voices in the room; 0 estimates it."),
]
TemplateName = Annotated[str | None, typer.Option("--template", help="Note template, e.g. soap.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Reveal = Annotated[
    bool,
    typer.Option("--reveal", help="Put real names back (default: <NAME_1> and the like)."),
]
Timings = Annotated[
    bool,
    typer.Option("--timings", help="Print seconds, real-time factor and peak memory per stage."),
]
DataFolder = Annotated[
    Path, typer.Option("--data", help="Folder laid out like the corpus, see docs/evaluation.md.")
]


def encounter_options(
    settings: Settings, asr: str | None, num_speakers: int | None, template: str | None
) -> EncounterOptions:
    """What the command line says, else what the settings say; wrong names are refused at once."""
    options = EncounterOptions(
        asr=asr or settings.asr,
        template=template or settings.template,
        num_speakers=settings.num_speakers if num_speakers is None else num_speakers or None,
        language=settings.language,
    )
    load_template(options.template)
    if options.asr != "auto":
        load_engine(TRANSCRIBERS, options.asr)
    return options
