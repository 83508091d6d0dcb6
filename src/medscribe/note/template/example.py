"""An example note -> a template with its outline: headings, order, length and style.

Nothing of the example's text goes into the template beyond headings (see `headings`): an example
is most often a real note of a real patient.
"""

import json
import re
from collections.abc import Iterator, Sequence

from medscribe.errors import InputError
from medscribe.note.reading.agreement import is_finite, third_person
from medscribe.note.template.headings import FoundSection, found_sections, statements_in
from medscribe.note.template.outline import NoteStyle, Template
from medscribe.note.template.parts import Part, division_of, smallest
from medscribe.note.template.reading import read_template

LONGEST_EXAMPLE = 200_000
"""Characters."""
_SHORT_WORDS = 7
_UNKNOWN = "A heading that MedScribe does not know: look its code up, or leave it out."
# What is told may be shortened to the length of the example; what was decided may not be lost.
_LEAST_STATEMENTS = 5


def template_from_example(text: str, name: str = "my_note") -> tuple[Template, str]:
    """The template of an example note, and its TOML with comments on what was guessed.

    Headings keep their order; of a kind that comes twice the first counts. An unknown heading
    holds the division of the section before it. History is at most as long as in the example.
    Raises `InputError` for a text without headings, `ConfigurationError` for a name that is none.
    """
    if len(text) > LONGEST_EXAMPLE:
        raise InputError("The example is too long: give one note.")
    found = _once(found_sections(text))
    if not found:
        raise InputError(
            "No heading was found in the example: write each on a line of its own, in capitals, "
            "with # before it, or with a colon after it."
        )
    style = _style([line for section in found for line in section.lines])
    toml = "\n".join(_toml(found, name, style))
    template = read_template(toml, f"Template {name}.toml", name)
    return template, toml + _left_out(template)


def _left_out(template: Template) -> str:
    """A comment naming what no section holds; "" where all is held."""
    if not template.parts_left_out:
        return "\n"
    return (
        "\n\n# No section holds these: what is said of them is not written. Add them to the\n"
        f"# `divisions` of a section that should hold them: {', '.join(template.parts_left_out)}.\n"
    )


def _once(found: Sequence[FoundSection]) -> list[FoundSection]:
    """Each kind once; without headings that only stand over others ("SUBJECTIVE" above "HPI")."""
    kept: list[FoundSection] = []
    keys: set[str] = set()
    for section, following in zip(found, [*found[1:], None], strict=False):
        if section.kind is None:
            # "# John Smith" over the whole note opens no section.
            if section.title or section.lines:
                kept.append(section)
            continue
        if _only_groups(section, following) or section.kind.key in keys:
            continue
        keys.add(section.kind.key)
        kept.append(section)
    return kept


def _only_groups(section: FoundSection, following: FoundSection | None) -> bool:
    if section.lines or not section.kind or not following or not following.kind:
        return False
    own = {part for division in section.kind.divisions for part in smallest(division)}
    below = {part for division in following.kind.divisions for part in smallest(division)}
    return below < own


def _toml(found: Sequence[FoundSection], name: str, style: NoteStyle) -> Iterator[str]:
    yield f"name = {_quoted(name)}"
    yield 'version = "1"'
    yield f"title = {_quoted(name.replace('_', ' ').replace('-', ' ').strip().capitalize())}"
    yield 'summary = "Made from an example note."'
    yield 'loinc = ""'
    yield 'no_loinc = "Made from an example: give the LOINC code of this kind of document here."'
    yield f'style = "{style}"'
    keys: set[str] = set()
    for number, section in enumerate(found, start=1):
        yield ""
        yield from _section_toml(section, _guessed(found, number - 1), number, keys)


def _section_toml(
    section: FoundSection, guessed: Part, number: int, keys: set[str]
) -> Iterator[str]:
    kind = section.kind
    if kind is None:
        yield f"# Not a heading that MedScribe knows: what belongs here was guessed ({guessed})"
        yield "# from the headings around it. Put `divisions` right, and say in `instruction` what"
        yield "# belongs here."
    if section.title is None:
        yield "# Its words were not taken over, as they may hold a name: write the title yourself."
    title = section.title or f"SECTION {number}"
    key = _new_key(kind.key if kind else _slug(title), keys)
    divisions = kind.divisions if kind else (guessed,)
    yield "[[sections]]"
    yield f"key = {_quoted(key)}"
    yield f"title = {_quoted(title)}"
    yield f"divisions = {json.dumps(list(divisions))}"
    yield f"loinc = {_quoted(kind.loinc if kind else '')}"
    reason = kind.no_loinc if kind else _UNKNOWN
    if reason:
        yield f"no_loinc = {_quoted(reason)}"
    count = len(statements_in(section.lines))
    if count and divisions == (Part.HISTORY,):
        yield f"most_statements = {max(count, _LEAST_STATEMENTS)}"
    if kind:
        yield f"instruction = {_quoted(kind.instruction)}"


def _guessed(found: Sequence[FoundSection], at: int) -> Part:
    """The division of the nearest known heading, before or else after."""
    for section in [*reversed(found[:at]), *found[at:]]:
        if section.kind:
            return division_of(section.kind.divisions[0])
    return Part.SUBJECTIVE


def _style(lines: Sequence[str]) -> NoteStyle:
    """Patient where most sentences speak to "you", telegraphic where most are short and have no
    verb, else full."""
    statements = statements_in(lines)
    if not statements:
        return NoteStyle.FULL
    spoken = [bool(re.search(r"\byour?\b", text, re.IGNORECASE)) for text in statements]
    if 2 * sum(spoken) > len(spoken):
        return NoteStyle.PATIENT
    clipped = [len(text.split()) <= _SHORT_WORDS and not _has_verb(text) for text in statements]
    return NoteStyle.TELEGRAPHIC if 2 * sum(clipped) > len(clipped) else NoteStyle.FULL


def _has_verb(text: str) -> bool:
    words = re.findall(r"[a-z']+", text.lower())
    return any(
        word in ("is", "are", "was", "were", "has", "had", "have", "will", "should", "denies")
        or (is_finite(word.removesuffix("s")) and third_person(word.removesuffix("s")) == word)
        for word in words
    )


def _new_key(wanted: str, keys: set[str]) -> str:
    key, number = wanted, 2
    while key in keys:
        key, number = f"{wanted}_{number}", number + 1
    keys.add(key)
    return key


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def _quoted(text: str) -> str:
    """A TOML string; JSON escapes are TOML escapes too."""
    return json.dumps(text, ensure_ascii=False)
