"""`medscribe engines`: what can be chosen, what is installed, what is missing."""

import typer
from rich.table import Table

from medscribe.bootstrap import ENGINE_PACKAGES
from medscribe.cli import console
from medscribe.plugin import describe_engine, engine_names


def engines() -> None:
    """List every engine: recognition, diarization, detectors, writers, checks, language models.

    `installed` speaks of libraries alone: an engine's model is looked for when it is used.
    """
    table = Table()
    for heading in ("kind", "name", "state", "what it is"):
        table.add_column(heading)
    for package in ENGINE_PACKAGES:
        for name in engine_names(package):
            info = describe_engine(package, name)
            state = "installed" if info.installed else f"pip install 'medscribe[{info.extra}]'"
            # Brackets of an extra would be read as markup.
            table.add_row(package.rsplit(".", 1)[-1], name, state.replace("[", r"\["), info.summary)
    console.output.print(table)
    typer.echo("Installed: its libraries are here; a model of its own is looked for at first use.")
    typer.echo("Choose with --asr NAME or in medscribe.toml; models: medscribe models list")
