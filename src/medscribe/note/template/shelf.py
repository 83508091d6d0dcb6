"""Name of a template -> the template: one of one's own folder, else one that ships."""

from importlib.resources import files
from pathlib import Path

from medscribe.errors import ConfigurationError
from medscribe.note.template.outline import NAME, Template
from medscribe.note.template.reading import LONGEST_TEMPLATE, read_template


def template_names(folder: Path | None = None) -> list[str]:
    """Names that `load_template` knows, sorted: those that ship, and `NAME.toml` in `folder`.

    Files whose name is no template's (small letters, digits, _ and -) are left out.
    """
    return sorted({*_shipped_names(), *own_names(folder)})


def own_names(folder: Path | None) -> list[str]:
    """Names of the templates in `folder`, sorted; none where there is no such folder.

    Raises `ConfigurationError` for one that may not be read: a shipped template must not stand in
    for one's own unnoticed.
    """
    return [name for name in _file_names(folder) if NAME.fullmatch(name)]


def misnamed(folder: Path | None) -> list[str]:
    """Names of files in `folder` that would be templates, were they named as templates are."""
    return [name for name in _file_names(folder) if not NAME.fullmatch(name)]


def _file_names(folder: Path | None) -> list[str]:
    """Names of the TOML files in `folder`, without `.toml`, sorted; not of hidden ones."""
    if folder is None:
        return []
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError:
        raise ConfigurationError(
            "The folder of your own templates cannot be read: make `templates_dir` a folder that "
            "you may read."
        ) from None
    return sorted(
        name.removesuffix(".toml")
        for name in names
        if name.endswith(".toml") and not name.startswith(".")
    )


def load_template(name: str, folder: Path | None = None) -> Template:
    """The template of that name; one in `folder` comes before one that ships.

    Raises `ConfigurationError` naming the choices where there is none of that name, and naming
    file, section and field where one's own is not valid.
    """
    return read_template(template_text(name, folder), f"Template {name}.toml", name)


def template_or_heading(name: str, folder: Path | None = None) -> Template:
    """The template a kept note was written by; one without sections, called by its name, where it
    is no longer there or no longer valid: the note must be had all the same."""
    try:
        return load_template(name, folder)
    except ConfigurationError:
        title = name.replace("_", " ").replace("-", " ").strip().capitalize() or "Note"
        return Template.model_construct(name=name, version="", title=title, sections=())


def template_text(name: str, folder: Path | None = None) -> str:
    """The TOML of a template as it stands in its file; raises as `load_template` does."""
    if folder is not None and name in own_names(folder):
        return file_text(folder / f"{name}.toml")
    if name not in _shipped_names():
        named = name if NAME.fullmatch(name) else "of that name"
        raise ConfigurationError(
            f"There is no template {named}. Choose one of: {', '.join(template_names(folder))}."
        )
    return (files("medscribe.note") / "templates" / f"{name}.toml").read_text("utf-8")


def file_text(path: Path) -> str:
    """The text of a template's file; raises `ConfigurationError` where it cannot be read."""
    try:
        # A pipe would be waited for; of a file that is too large no more than that is read.
        if not path.is_file():
            raise FileNotFoundError
        with path.open(encoding="utf-8-sig") as file:
            return file.read(LONGEST_TEMPLATE + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise ConfigurationError(f"{path.name} is no text in UTF-8: save it as such.") from None
        raise ConfigurationError(
            f"{path.name} cannot be read: give a file that exists and that you may read."
        ) from None


def _shipped_names() -> list[str]:
    folder = files("medscribe.note") / "templates"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
