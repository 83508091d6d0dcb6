"""The `medscribe` command: joins the commands, and turns errors into one line and an exit code."""

import logging
import os
import sys
from typing import Annotated

import structlog
import typer

from medscribe import __version__
from medscribe.cli import console, encounters, evaluate, master_key, models, templates, train
from medscribe.cli.engines import engines
from medscribe.cli.exit_codes import INTERNAL, INTERRUPTED, exit_code
from medscribe.cli.export import export
from medscribe.cli.listen import listen
from medscribe.cli.note import note
from medscribe.cli.scribe import scribe
from medscribe.cli.serve import serve
from medscribe.cli.transcribe import transcribe
from medscribe.errors import MedScribeError, place_of

HELP = """Self-hosted clinical scribe: a recorded visit becomes a transcript, a note with evidence,
a structured prescription and safety alerts. Nothing leaves this machine.

Start with:  medscribe scribe visit.mp3 --out out/visit

Or, from words already written:  medscribe note dialogue.txt

Settings come from MEDSCRIBE_... variables and medscribe.toml (docs/configuration.md).
"""

app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command()(scribe)
app.command()(note)
app.command()(transcribe)
app.command()(listen)
app.command()(export)
app.command()(serve)
app.command()(engines)
app.add_typer(models.app, name="models")
app.add_typer(encounters.app, name="encounters")
app.add_typer(templates.app, name="templates")
app.add_typer(master_key.app, name="keys")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(train.app, name="train")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"medscribe {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Log ids, counts and durations to standard error.")
    ] = False,
) -> None:
    level = logging.INFO if verbose else logging.ERROR
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main() -> None:
    """Run the command line. Never a traceback: those can quote what was said."""
    try:
        app()
    except MedScribeError as error:
        console.failure(str(error))
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        _say_stopped()
        sys.exit(INTERRUPTED)
    except SystemExit as stop:
        # Typer answers Ctrl-C itself, with this code and without a word.
        if stop.code == INTERRUPTED:
            _say_stopped()
        raise
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the outermost loop of this process
        where = place_of(error)
        console.failure(
            f"MedScribe failed in a way it should not ({type(error).__name__} "
            f"at {where}). Please report this line; it holds nothing of the patient."
        )
        sys.exit(INTERNAL)


def _say_stopped() -> None:
    console.errors.print("Stopped. To resume a recording, give the same command again.")
