"""Note templates: data in `templates/*.toml` -> `Template`."""

import tomllib
from enum import StrEnum
from importlib.resources import files

from medscribe.domain.record import Record
from medscribe.errors import ConfigurationError


class TemplateSection(Record):
    """One heading of a note. `division` is what the writer sorts sentences into:
    subjective, exam, results or assessment_and_plan; `loinc` the section's code. `cues` is a
    regular expression: sentences of the division in which it is found go under this heading,
    the others under the division's first heading without cues."""

    key: str
    title: str
    division: str
    loinc: str
    cues: str = ""


class NoteStyle(StrEnum):
    """`full`: whole sentences. `telegraphic`: as a GP jots down, "2/7 hx diarrhoea. No blood."
    `patient`: plain words to the patient, "You ..."."""

    FULL = "full"
    TELEGRAPHIC = "telegraphic"
    PATIENT = "patient"


class Template(Record):
    """A kind of note: its sections in order, its style, and words to expect in such a visit."""

    name: str
    version: str
    title: str
    style: NoteStyle = NoteStyle.FULL
    hotwords: tuple[str, ...] = ()
    sections: tuple[TemplateSection, ...]


def template_names() -> list[str]:
    """Names of the templates that ship with MedScribe, sorted."""
    folder = files("medscribe.note") / "templates"
    names = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def load_template(name: str) -> Template:
    """The template of that name; `ConfigurationError` names the choices if there is none."""
    if name not in template_names():
        raise ConfigurationError(
            f"There is no template of that name. Choose one of: {', '.join(template_names())}."
        )
    text = (files("medscribe.note") / "templates" / f"{name}.toml").read_text("utf-8")
    return Template.model_validate(tomllib.loads(text))
