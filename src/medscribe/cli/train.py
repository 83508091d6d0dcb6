"""`medscribe train`: the open corpora -> the small models and tables that ship with MedScribe."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from medscribe.cli.choices import DataFolder
from medscribe.errors import InputError

app = typer.Typer(help="Rebuild the embedded models and tables (needs the extra `train`).")

OutFile = Annotated[Path, typer.Option("--out", help="File or folder to write.")]


@contextmanager
def _named_files() -> Iterator[None]:
    """Files of the public corpora that are missing are named; their names hold no patient's."""
    try:
        yield
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "A file"
        raise InputError(
            f"{name} cannot be read or written: check --data and --out against docs/evaluation.md."
        ) from None


@app.command()
def roles(data: DataFolder, out: OutFile) -> None:
    """The model that tells clinician from patient, from aci-bench and mts-dialog."""
    from medscribe.training.roles import train_role_model

    with _named_files():
        typer.echo(json.dumps(train_role_model(data, out)))


@app.command()
def note(data: DataFolder, out: OutFile) -> None:
    """The model of the extractive note writer, from aci-bench train and valid."""
    from medscribe.training.note import train_note_model

    with _named_files():
        typer.echo(json.dumps(train_note_model(data, out)))


@app.command()
def sentences(data: DataFolder, out: OutFile) -> None:
    """The model that finds sentence ends in unpunctuated talk, from aci-bench and mts-dialog."""
    from medscribe.training.note_boundaries import train_boundaries
    from medscribe.training.note_corpus import punctuated_turns

    with _named_files():
        turns = punctuated_turns(data / "aci-bench", data / "mts-dialog")
        typer.echo(json.dumps(train_boundaries(turns, out)))


@app.command()
def drugs(data: DataFolder, out: OutFile) -> None:
    """Drug names, marketed strengths and daily maxima, from the public tables."""
    from medscribe.training.drugs import compile_drug_tables

    with _named_files():
        compile_drug_tables(data, out)


@app.command()
def diagnoses(data: DataFolder, out: OutFile) -> None:
    """Names of diseases with their codes and titles, from ICD-10-CM; `--out` is a folder."""
    from medscribe.training.diagnoses import compile_icd_tables

    with _named_files():
        compile_icd_tables(data, out)


@app.command()
def concepts(data: DataFolder, out: OutFile) -> None:
    """The vocabulary of the open concept F1."""
    from medscribe.training.concepts import compile_concept_vocabulary

    with _named_files():
        compile_concept_vocabulary(data, out)


@app.command()
def voiceprint(out: OutFile) -> None:
    """The speaker encoder, from the weights in the Resemblyzer wheel (fetched with pip)."""
    import tempfile

    from medscribe.training.voiceprint import build_voiceprint, fetch_resemblyzer_wheel

    with tempfile.TemporaryDirectory() as folder:
        build_voiceprint(fetch_resemblyzer_wheel(Path(folder)), out)


@app.command()
def language(data: DataFolder, out: OutFile) -> None:
    """PocketSphinx's language model of clinic visits (needs the program flite)."""
    from medscribe.training.clinic_language import train_clinic_language

    with _named_files():
        typer.echo(json.dumps(train_clinic_language(data, out)))


@app.command()
def names(
    census: Annotated[Path, typer.Option(help="Folder with the US Census name lists.")],
    dictionary: Annotated[Path, typer.Option(help="Folder with the SCOWL word lists.")],
    data: DataFolder,
    out: OutFile,
    world: Annotated[
        Path | None, typer.Option(help="Folder faker/providers/person of the package Faker.")
    ] = None,
) -> None:
    """The word list by which the clinical detector knows names from words."""
    from medscribe.training.names import compile_name_list

    with _named_files():
        typer.echo(json.dumps(compile_name_list(census, dictionary, data, out, world)))
