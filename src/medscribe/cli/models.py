"""`medscribe models`: recognition models on this machine, and fetching them."""

from typing import Annotated

import typer
from rich.table import Table

from medscribe.cli import choices, console
from medscribe.errors import ConfigurationError
from medscribe.settings import load_settings
from medscribe.speech.models import find_whisper_model, list_models, pull_model

app = typer.Typer(help="Recognition models: list what there is, pull what is missing.")


@app.command("list")
def list_command() -> None:
    """Models that can be used, their size and whether they are here."""
    settings = load_settings()
    table = Table()
    for heading in ("name", "size MB", "state", "licence", "good for"):
        table.add_column(heading)
    for model in list_models(settings.models_folder):
        state = "here" if model.path else f"medscribe models pull {model.name}"
        table.add_row(model.name, str(model.size_mb), state, model.licence, model.advice)
    console.output.print(table)
    typer.echo(f"Models folder: {settings.models_folder}")


@app.command()
def pull(
    name: Annotated[str, typer.Argument(help="Name as shown by `medscribe models list`.")],
    quiet: choices.Quiet = False,
) -> None:
    """Fetch a model into the models folder; refused where `allow_download` is false."""
    settings = load_settings()
    here = find_whisper_model(settings.models_folder, name) is not None
    if not settings.allow_download and not here:
        raise ConfigurationError(
            "Downloads are switched off: set allow_download to true, or copy the model's folder "
            "into the models folder by hand."
        )
    with console.progress_shown(quiet) as progress:
        path = pull_model(name, settings.models_folder, progress)
    typer.echo(f"Model {name} is in {path}")
