"""TOML text of a template -> `Template`, or an error that says which field to put right."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from medscribe.domain.transcript import Role
from medscribe.errors import ConfigurationError
from medscribe.note.template.outline import NAME, NoteStyle, Template, TemplateSection
from medscribe.note.template.parts import Part

LONGEST_TEMPLATE = 200_000
"""Characters; a larger file is no template."""
_PLACE = re.compile(r"\(at (?:line \d+, column \d+|end of document)\)")
_KNOWN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHOICES: Mapping[str, Sequence[str]] = {
    "divisions": tuple(Part),
    "style": tuple(NoteStyle),
    "said_by": tuple(Role),
}
_WANTED = {
    "missing": "It is missing: add it.",
    "string_type": "Give text in quotes.",
    "int_type": "Give a whole number.",
    "int_parsing": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "finite_number": "Give a whole number.",
    "string_pattern_mismatch": "Write it on one line, and do not leave it empty.",
    "bool_type": "Give true or false.",
    "bool_parsing": "Give true or false.",
    "tuple_type": 'Give a list, such as ["exam"].',
    "dict_type": "Give a table of words.",
    "string_too_short": "Do not leave it empty.",
    "string_too_long": "Make it shorter.",
    "too_short": "Give at least one.",
    "greater_than_equal": "Give a larger number, or leave it out for no limit.",
}


def read_template(text: str, source: str, name: str | None = None) -> Template:
    """The template that `text` describes.

    `source` names the file in errors; `name`, where given, is what the template must be called.
    Raises `ConfigurationError` with the file, the section and the field that are wrong and what to
    write instead.
    """
    if len(text) > LONGEST_TEMPLATE:
        raise ConfigurationError(f"{source}: this is too large for a template; give a smaller one.")
    content = _toml(text.removeprefix("\ufeff"), source)
    try:
        template = Template.model_validate(content)
    except ValidationError as error:
        raise ConfigurationError(_explained(error, content, source)) from None
    if name is not None and not NAME.fullmatch(name):
        raise ConfigurationError(
            f"{source}: name the file in small letters, digits, _ and -, such as my_clinic.toml."
        )
    if name is not None and template.name != name:
        raise ConfigurationError(
            f'{source}, field name: write `name = "{name}"`, or name the file after the template.'
        )
    return template


def _toml(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        place = f" {found.group()}" if found else ""
        raise ConfigurationError(
            f"{source}: this is not valid TOML{place}: look for a missing quote or bracket, or for "
            "a key that is given twice."
        ) from None
    except (RecursionError, ValueError):
        raise ConfigurationError(
            f"{source}: this holds brackets in too many brackets, or a number of thousands of "
            "digits: take them out."
        ) from None


def _explained(error: ValidationError, content: Mapping[str, Any], source: str) -> str:
    """The first fault as a sentence."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = [part for part in first["loc"] if part != "__root__"]
    where = ""
    if len(place) > 1 and place[0] == "sections" and isinstance(place[1], int):
        where = f", section {place[1] + 1}{_key_of(content, place[1])}"
        place = place[2:]
    name = str(place[0]) if place else ""
    if name == "sections" and first["type"] == "tuple_type":
        return f"{source}, field sections: Write `[[sections]]`, in two brackets, above each."
    if where and not place:
        return f"{source}{where}: Write `[[sections]]` and the section's fields below it."
    field = f", field {name}" if _KNOWN_KEY.fullmatch(name) else ""
    return f"{source}{where}{field}: {_wanted(first['type'], first['msg'], name, bool(where))}"


def _key_of(content: Mapping[str, Any], number: int) -> str:
    section = content["sections"][number]
    key = section.get("key") if isinstance(section, dict) else None
    return f" ({key})" if isinstance(key, str) and _KNOWN_KEY.fullmatch(key) else ""


def _wanted(kind: str, message: str, field: str, in_section: bool) -> str:
    if kind == "extra_forbidden":
        record = TemplateSection if in_section else Template
        return f"There is no such field. Choose among: {', '.join(record.model_fields)}."
    if kind == "enum":
        return f"Choose among: {', '.join(_CHOICES.get(field, ()))}."
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return _WANTED.get(kind, "This has not the form that is wanted: see docs/templates.md.")
