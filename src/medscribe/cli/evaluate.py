"""`medscribe evaluate`: a benchmark over a folder of data, one JSON object out."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from medscribe.bootstrap import build_engines
from medscribe.cli import choices, console
from medscribe.dialogue.roles import load_role_model
from medscribe.evaluation.deidentification.evaluate import evaluate_deid
from medscribe.evaluation.diarization import evaluate_diarization
from medscribe.evaluation.medications.evaluate import evaluate_medications
from medscribe.evaluation.notes import evaluate_notes
from medscribe.evaluation.recognition import recognise
from medscribe.evaluation.roles import evaluate_roles
from medscribe.evaluation.speech import evaluate_hypotheses, evaluate_speech
from medscribe.note.template import load_template
from medscribe.pipeline.work import Engines
from medscribe.settings import Settings, load_settings

app = typer.Typer(help="Benchmarks over open corpora; see docs/evaluation.md for the measures.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Split = Annotated[
    str | None, typer.Option(help="The csv whose name ends in this, e.g. valid or test1.")
]


@app.command()
def notes(
    data: choices.DataFolder,
    split: Split = None,
    writer: Annotated[str | None, typer.Option(help="Note writer to score.")] = None,
    template: choices.TemplateName = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Score the notes in this csv instead of writing them.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Notes against reference notes (ROUGE, concepts) and against the talk (flags), percent."""
    settings = load_settings(writer=writer, template=template)
    engines = build_engines(settings)
    _print(
        evaluate_notes(
            data,
            split=split,
            writer=engines.writer(),
            template=load_template(settings.template, settings.templates_folder),
            detectors=engines.detectors(),
            predictions=predictions,
        ),
        as_json,
    )


@app.command()
def medications(data: choices.DataFolder, as_json: AsJson = False) -> None:
    """Drug, dose, frequency and action of spoken orders and of written sigs, percent."""
    _print(evaluate_medications(data), as_json)


@app.command()
def roles(data: choices.DataFolder, split: Split = None, as_json: AsJson = False) -> None:
    """Who is clinician and who patient, decided from what they say."""
    _print(evaluate_roles(data, load_role_model(), split), as_json)


@app.command()
def deid(
    data: Annotated[
        Path,
        typer.Option(
            "--data", help="Tagged queries (txt), tagged spans (json), csv dialogues, or a folder."
        ),
    ],
    split: Annotated[
        list[str] | None,
        typer.Option(help="Of dialogues the csv whose name ends in this; may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Draws the identifiers that are injected.")] = 0,
    detector: Annotated[
        list[str] | None,
        typer.Option(help="Detector to measure; may be repeated. Default: those of the settings."),
    ] = None,
    show_missed: Annotated[
        bool,
        typer.Option(
            "--show-missed",
            help="First print what was missed or wrongly masked, in the corpus's own words: the "
            "known corpora are made up, no patient's. Not for real visits.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """How well identifiers are masked: tagged texts, known names, identifiers injected."""
    settings = load_settings(detectors=tuple(detector) if detector else None)
    _print(
        evaluate_deid(
            data,
            build_engines(settings).detectors(),
            splits=split or (),
            seed=seed,
            show=typer.echo if show_missed else None,
        ),
        as_json,
    )


@app.command()
def speech(
    data: choices.DataFolder,
    asr: choices.Asr = None,
    hypotheses: Annotated[
        Path | None,
        typer.Option(help="Score the texts in this folder, one file per visit; nothing is heard."),
    ] = None,
    as_json: AsJson = False,
    quiet: choices.Quiet = False,
) -> None:
    """Word error rate, of all words, medical terms and drugs, and real-time factor."""
    if hypotheses is not None:
        _print(evaluate_hypotheses(data, hypotheses), as_json)
        return
    settings, engines = _engines(quiet)
    heard = partial(recognise, engines=engines, asr=asr or settings.asr, num_speakers=2)
    _print(evaluate_speech(data, heard), as_json)


@app.command()
def diarization(
    data: choices.DataFolder,
    asr: choices.Asr = None,
    num_speakers: choices.NumSpeakers = 2,
    as_json: AsJson = False,
    quiet: choices.Quiet = False,
) -> None:
    """Share of recognised words given to the wrong speaker, and DER where there is an rttm."""
    settings, engines = _engines(quiet)
    heard = partial(
        recognise, engines=engines, asr=asr or settings.asr, num_speakers=num_speakers or None
    )
    _print(evaluate_diarization(data, heard), as_json)


def _engines(quiet: bool) -> tuple[Settings, Engines]:
    settings = load_settings()
    notice = (lambda _text: None) if quiet else console.notice
    return settings, build_engines(settings, notice=notice)


def _print(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result))
        return
    for name, value in result.items():
        if isinstance(value, list | dict):
            typer.echo(f"{name}: {json.dumps(value, indent=2)}")
        else:
            typer.echo(f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value}")
