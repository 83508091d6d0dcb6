"""Options that several commands share, and what they mean for settings and encounters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from medscribe.dialogue.corrections import flipped
from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.transcript import Relation, Role, Speaker, SpeakerCorrection
from medscribe.errors import InputError
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
Surrogates = Annotated[
    bool,
    typer.Option(
        "--surrogates",
        help="Put made-up names, dates and numbers in place of the real ones, alike throughout.",
    ),
]
Patient = Annotated[
    str | None,
    typer.Option(
        help="Your own reference for the patient (no name, no record number): with --surrogates, "
        "visits of one patient get the same names and the same shift of dates."
    ),
]
SpeakerRoles = Annotated[
    list[str] | None,
    typer.Option(
        "--speaker",
        help="Who a voice is, such as S1=clinician, S2=patient, S3=companion or S3=mother; "
        "repeat it.",
    ),
]
Swap = Annotated[bool, typer.Option("--swap", help="Exchange clinician and patient.")]
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
    load_template(options.template, settings.templates_folder)
    if options.asr != "auto":
        load_engine(TRANSCRIBERS, options.asr)
    return options


def check_names_shown(reveal: bool, surrogates: bool, patient: str | None) -> None:
    """Refuse what does not go together."""
    if reveal and surrogates:
        raise InputError("Give either --reveal or --surrogates: real names, or made-up ones.")
    if patient is not None and not surrogates:
        raise InputError("--patient goes with --surrogates.")


def speaker_corrections(given: list[str] | None) -> list[SpeakerCorrection]:
    """`S1=clinician`, `S3=mother` -> what the clinician says about these voices.

    Raises `InputError` for a voice that is given two roles.
    """
    corrections = [_correction(text) for text in given or ()]
    if len({each.speaker for each in corrections}) < len(corrections):
        raise InputError("Say of each voice once who it is.")
    return corrections


def exchange(
    speakers: Sequence[Speaker], beside: Sequence[SpeakerCorrection]
) -> list[SpeakerCorrection]:
    """Corrections that exchange clinician and patient, `beside` those of --speaker.

    Raises `InputError` where these say who the clinician or the patient is.
    """
    exchanged = flipped(speakers)
    if {each.speaker for each in exchanged} & {each.speaker for each in beside}:
        raise InputError(
            "Give either --swap, or with --speaker who the clinician and the patient are."
        )
    return list(exchanged)


def voice_label(given: str) -> str:
    """`s1` -> `S1`."""
    return given.strip().upper()


def _correction(text: str) -> SpeakerCorrection:
    label, _, word = text.partition("=")
    word = word.strip().lower()
    if word in set(Role):
        return SpeakerCorrection(speaker=voice_label(label), role=Role(word))
    if word in set(Relation):
        return SpeakerCorrection(
            speaker=voice_label(label), role=Role.COMPANION, relation=Relation(word)
        )
    raise InputError(
        "Say who a voice is as VOICE=ROLE, such as S1=clinician; a role is one of "
        f"{', '.join(Role)}, or who a companion is: {', '.join(Relation)}."
    )
