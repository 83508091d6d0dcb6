"""`medscribe encounters evidence`: from a statement to the words and the sound it rests on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from medscribe.bootstrap import MedScribe, build
from medscribe.cli import choices, console
from medscribe.cli.review import EncounterId
from medscribe.domain.event import EventKind
from medscribe.domain.note import Note, Statement
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TimeSpan
from medscribe.errors import InputError
from medscribe.export.folder import write_file
from medscribe.note.statements.evidence import times_of
from medscribe.note.statements.evidence_index import EvidenceIndex
from medscribe.pipeline.chart import chart_view
from medscribe.settings import load_settings
from medscribe.speech.pcm import wav


def evidence(
    encounter_id: EncounterId,
    statement: Annotated[
        str | None, typer.Option(help="A statement, such as s3: its quotes and when they fell.")
    ] = None,
    utterance: Annotated[
        str | None, typer.Option(help="An utterance, such as u12: the statements that rest on it.")
    ] = None,
    sound: Annotated[
        Path | None, typer.Option(help="With --statement: write what was heard there as WAV.")
    ] = None,
    reveal: choices.Reveal = False,
) -> None:
    """Show what the statements of a note rest on; without options, all of them.

    Example: medscribe encounters evidence ID --statement s3 --sound s3.wav
    """
    if sound is not None and statement is None:
        raise InputError("--sound goes with --statement.")
    medscribe = build(load_settings())
    results = medscribe.store.results(encounter_id)
    if results.note is None:
        raise InputError("This encounter has no note yet: let it finish first.")
    if reveal or sound is not None:  # a voice tells who somebody is
        medscribe.store.note_event(encounter_id, EventKind.REVEALED)
    chosen = _chosen(results.note, statement, utterance)
    shown = chart_view(results).note if reveal else results.note
    wanted = {one.id for one in chosen}
    for one in shown.statements if shown else ():
        if one.id in wanted:
            _print(one, _times(one, results))
    if sound is not None:
        (only,) = chosen
        write_file(sound, _heard(medscribe, encounter_id, _times(only, results)), private=True)
        typer.echo(f"Wrote {sound}")
    medscribe.close()


def _chosen(note: Note, statement: str | None, utterance: str | None) -> list[Statement]:
    wanted = {each.id for each in note.statements}
    if utterance is not None:
        wanted &= set(EvidenceIndex(note).resting_on(utterance))
    if statement is not None:
        wanted &= {statement}
    if statement is not None and not wanted:
        raise InputError("The note has no such statement: leave --statement out to see all.")
    return [each for each in note.statements if each.id in wanted]


def _times(statement: Statement, results: EncounterResults) -> tuple[TimeSpan, ...]:
    return times_of(statement, results.masked or ())


def _print(statement: Statement, times: Sequence[TimeSpan]) -> None:
    when = ", ".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in times)
    console.output.print(f"{statement.id}  {statement.text}", markup=False)
    for quote in statement.evidence:
        console.output.print(
            f"    {quote.utterance_id} ({quote.match}): {quote.quote}", markup=False
        )
    if when:
        console.output.print(f"    heard at {when}", markup=False)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"


def _heard(medscribe: MedScribe, encounter_id: str, times: Sequence[TimeSpan]) -> bytes:
    """The stretches one after the other; `InputError` where the visit has no sound."""
    log = medscribe.audio_log(encounter_id)
    if not times or not log.length:
        raise InputError("There is no sound for this statement: the visit came as text.")
    return wav(np.concatenate([log.between(span.start, span.end) for span in times]))
