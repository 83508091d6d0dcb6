"""`medscribe templates ...`: note templates shown, checked, and made from an example note."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from medscribe.cli import console
from medscribe.errors import ConfigurationError, InputError, StoreError
from medscribe.note.template import (
    load_template,
    read_template,
    template_from_example,
    template_names,
    template_text,
)
from medscribe.note.template.shelf import file_text, misnamed, own_names
from medscribe.settings import load_settings

app = typer.Typer(help="Note templates: list, show, check, make from an example.")

Name = Annotated[str, typer.Argument(help="Name as shown by `medscribe templates list`.")]


@app.callback()
def _group() -> None:
    """Keeps `list` a subcommand of its own."""


@app.command("list")
def list_templates() -> None:
    """List the templates that ship and one's own; one's own of the same name comes first.

    Example: medscribe templates list
    """
    folder = load_settings().templates_folder
    own = own_names(folder)
    table = Table()
    for heading in ("name", "title", "style", "sections", "from", "summary"):
        table.add_column(heading)
    for name in template_names(folder):
        origin = "own" if name in own else "shipped"
        try:
            template = load_template(name, folder)
        except ConfigurationError:
            table.add_row(name, "-", "-", "-", origin, "not valid: see `templates check`")
            continue
        table.add_row(
            name,
            template.title,
            template.style.value,
            str(len(template.sections)),
            origin,
            template.summary,
        )
    console.output.print(table)
    if misnamed(folder):
        console.notice(
            "Some files are left out: name each in small letters, digits, _ and -, such as "
            "my_clinic.toml."
        )


@app.command("show")
def show(name: Name) -> None:
    """Print a template's TOML, to copy and change.

    Example: medscribe templates show soap > templates/my_soap.toml
    """
    typer.echo(template_text(name, load_settings().templates_folder), nl=False)


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A template, NAME.toml.")],
) -> None:
    """Check a template, and say what it leaves out.

    Example: medscribe templates check templates/my_soap.toml
    """
    template = read_template(file_text(file), file.name, file.stem)
    typer.echo(f"{file.name} is valid: {len(template.sections)} sections.")
    if template.parts_left_out:
        typer.echo(f"No section holds: {', '.join(template.parts_left_out)}.")


@app.command("from-example")
def from_example(
    note: Annotated[Path, typer.Argument(help="An example note as text.")],
    name: Annotated[str, typer.Option(help="Name of the template: small letters, digits, _, -.")],
    out: Annotated[
        Path | None, typer.Option(help="File to write; without it the template is printed.")
    ] = None,
) -> None:
    """Make a template with the headings of a note; none of its text is taken over.

    Example: medscribe templates from-example note.txt --name my_note --out my_note.toml
    """
    template, toml = template_from_example(_example_text(note), name)
    if out is None:
        typer.echo(toml, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(toml)
    except FileExistsError:
        raise InputError("The output file exists already: name another.") from None
    except OSError:
        raise StoreError("The output file cannot be written: check its folder.") from None
    console.notice(f"Template {template.name}: {len(template.sections)} sections. Read it through.")


def _example_text(note: Path) -> str:
    """The text of an example; errors name no file, as its name may hold a patient's."""
    try:
        return note.read_text("utf-8")
    except OSError:
        raise InputError("The example cannot be read: give a text file that exists.") from None
    except UnicodeError:
        raise InputError("The example is no text in UTF-8: save it as such.") from None
