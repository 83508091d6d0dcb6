"""`medscribe transcribe`: a recording -> who said what, printed."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medscribe.bootstrap import build
from medscribe.cli import choices, console
from medscribe.cli.timings import timings_table
from medscribe.cli.visit import run_recording, with_results
from medscribe.domain.encounter import Stage
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Utterance
from medscribe.export import transcripts
from medscribe.settings import load_settings


class TranscriptFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"
    RTTM = "rttm"


def _to_rttm(utterances: Sequence[Utterance]) -> str:
    return transcripts.to_rttm(utterances, file_id="visit")


_WRITERS: dict[TranscriptFormat, Callable[[Sequence[Utterance]], str]] = {
    TranscriptFormat.TEXT: transcripts.to_text,
    TranscriptFormat.JSON: transcripts.to_json,
    TranscriptFormat.SRT: transcripts.to_srt,
    TranscriptFormat.VTT: transcripts.to_vtt,
    TranscriptFormat.RTTM: _to_rttm,
}


def transcribe(
    audio: Annotated[Path, typer.Argument(help="Recording: wav, mp3, m4a, flac, ogg/opus, webm.")],
    form: Annotated[
        TranscriptFormat, typer.Option("--format", help="text, json, srt, vtt or rttm.")
    ] = TranscriptFormat.TEXT,
    asr: choices.Asr = None,
    num_speakers: choices.NumSpeakers = None,
    timings: choices.Timings = False,
    quiet: choices.Quiet = False,
) -> None:
    """Write the speaker-labelled transcript of a recording to standard output.

    These are the words as they were really said, names included: whoever runs this command holds
    the recording. `medscribe scribe` writes a masked transcript.

    Example: medscribe transcribe visit.mp3 --format srt > visit.srt
    """
    settings = load_settings()
    options = choices.encounter_options(settings, asr, num_speakers, None).model_copy(
        update={"last_stage": Stage.ATTRIBUTE}
    )
    with console.progress_shown(quiet) as progress:
        medscribe = build(settings, progress=progress, notice=console.notice)
        encounter = run_recording(medscribe, audio, options)

    def deliver(results: EncounterResults) -> None:
        typer.echo(_WRITERS[form](results.utterances or ()), nl=False)
        if timings and results.transcription is not None:
            duration = results.transcription.duration_seconds
            console.errors.print(timings_table(medscribe.engines.clock, duration))

    with_results(medscribe, encounter, deliver, reveal=True)
    medscribe.close()
