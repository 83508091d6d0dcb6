"""`medscribe encounters`: what the store holds; resume, export, purge."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from medscribe.bootstrap import build
from medscribe.cli import choices, console
from medscribe.cli.evidence import evidence
from medscribe.cli.files import OUTDATED, result_files, with_surrogates
from medscribe.cli.review import EncounterId, identifiers, speakers
from medscribe.domain.event import EventKind
from medscribe.errors import InputError
from medscribe.export.folder import write_files
from medscribe.note.statements.revise import changes
from medscribe.note.template import load_template
from medscribe.pipeline import intake, review
from medscribe.settings import load_settings

app = typer.Typer(help="Encounters in the store: list, resume, export, purge.")

app.command()(evidence)
app.command()(speakers)
app.command()(identifiers)


@app.command("list")
def list_encounters() -> None:
    """Ids and states; nothing of what was said."""
    medscribe = build(load_settings())
    table = Table()
    for heading in ("id", "created", "status", "next stage"):
        table.add_column(heading, no_wrap=heading == "id")
    for encounter in medscribe.store.encounters():
        created = encounter.created_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(encounter.id, created, encounter.status, encounter.next_stage or "-")
    console.output.print(table)
    medscribe.close()


@app.command()
def resume(quiet: choices.Quiet = False) -> None:
    """Finish every encounter that was cut off, by a crash say. They stay until exported."""
    with console.progress_shown(quiet) as progress:
        medscribe = build(load_settings(), progress=progress, notice=console.notice)
        count = intake.sweep(medscribe.store, medscribe.audio_log, medscribe.queue)
        medscribe.queue.drain()
    typer.echo(f"Resumed {count} encounters.")
    medscribe.close()


@app.command()
def export(
    encounter_id: EncounterId,
    out: Annotated[Path, typer.Option(help="Folder for the result files.")] = Path("out"),
    reveal: choices.Reveal = False,
    surrogates: choices.Surrogates = False,
    patient: choices.Patient = None,
) -> None:
    """Write the result files of a finished encounter."""
    choices.check_names_shown(reveal, surrogates, patient)
    settings = load_settings()
    medscribe = build(settings)
    results = medscribe.store.results(encounter_id)
    if surrogates:
        results = with_surrogates(results, settings, patient or encounter_id)
    if reveal:
        medscribe.store.note_event(encounter_id, EventKind.REVEALED)
    files = result_files(results, reveal=reveal, templates=settings.templates_folder)
    paths = write_files(out, files, outdated=OUTDATED, private=reveal)
    typer.echo(f"Wrote {len(paths)} files to {out}")
    medscribe.close()


@app.command()
def redraft(encounter_id: EncounterId, quiet: choices.Quiet = False) -> None:
    """Write the note anew, as when a stand-in wrote it because the language model was away."""
    with console.progress_shown(quiet) as progress:
        medscribe = build(load_settings(), progress=progress, notice=console.notice)
        before = medscribe.store.results(encounter_id).note
        # Refused now, while the note that there is still stands.
        options = medscribe.store.get(encounter_id).options
        load_template(options.template, medscribe.settings.templates_folder)
        review.redraft(medscribe.store, encounter_id)
        medscribe.queue.submit(encounter_id)
        medscribe.queue.drain()
    note = medscribe.store.results(encounter_id).note
    assert before is not None
    assert note is not None
    state = "is still stale: the writer did not answer" if note.stale else "is up to date"
    typer.echo(f"The note {state}; {len(changes(before, note))} statements differ.")
    medscribe.close()


@app.command()
def purge(encounter_id: EncounterId) -> None:
    """Destroy an encounter's key, sound and results. This cannot be undone."""
    medscribe = build(load_settings())
    if medscribe.audio_log(encounter_id).is_being_recorded():
        raise InputError("This visit is being recorded. Stop listening first, then purge it.")
    intake.discard(medscribe.store, medscribe.audio_log, encounter_id)
    typer.echo("Purged.")
    medscribe.close()
