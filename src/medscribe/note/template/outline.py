"""What a note template is: sections in order, with what belongs in each and how it is written."""

import re
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from medscribe.domain.record import Record
from medscribe.domain.transcript import Role
from medscribe.note.template.cue_cost import costly_part
from medscribe.note.template.loinc import is_loinc
from medscribe.note.template.parts import Part, division_of, smallest, smallest_parts

NAME = re.compile(r"[a-z0-9_-]{1,64}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
# One line that shows something: a heading with a line break would break the note's outline.
_LINE = r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"


class NoteStyle(StrEnum):
    """`full`: whole sentences. `telegraphic`: as a GP jots down, "2/7 hx diarrhoea. No blood."
    `patient`: plain words to the patient, "You ..."."""

    FULL = "full"
    TELEGRAPHIC = "telegraphic"
    PATIENT = "patient"


def _known_loinc(code: str) -> str:
    if code and not is_loinc(code):
        raise ValueError(
            "Give a LOINC code with its right check digit, such as 10164-2, or leave it empty and "
            "say why in `no_loinc`."
        )
    return code


def _quick_pattern(pattern: str) -> str:
    try:
        re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError):
        raise ValueError(
            "This is no regular expression: escape brackets with a backslash and close every group."
        ) from None
    fault = costly_part(pattern)
    if fault:
        raise ValueError(f"This regular expression may take too long. {fault}")
    return pattern


class TemplateSection(Record):
    """One heading of a note.

    `divisions`: the parts of a visit that stand under it (`Part`), such as `["exam"]` or
    `["prescriptions", "follow_up"]`. Each statement goes to one section: the first whose `cues`
    are found in it, else the one that names its part most closely, else the first in order.
    `cues` and `excludes` are regular expressions, case ignored: only statements with a cue, and
    none with an exclusion, belong here. `said_by`: only what rests on words of that role alone.
    `repeats`: holds copies of statements that stand elsewhere too. `needs`: the key of another
    section; only what belongs to the same problem as that one's statements stands here, and nothing
    where it is empty or where several problems come into question, as on a certificate no diagnosis
    may stand but its reason. `most_statements` and `most_words`: length, None for no limit.
    `instruction`: one sentence that tells a language model what belongs here. `loinc`: the
    section's code, or empty with the reason in `no_loinc`.
    """

    key: str
    title: str = Field(min_length=1, max_length=80, pattern=_LINE)
    divisions: tuple[Part, ...] = Field(min_length=1)
    loinc: str = ""
    no_loinc: str = ""
    cues: str = ""
    excludes: str = ""
    said_by: Role | None = None
    repeats: bool = False
    needs: str = ""
    most_statements: int | None = Field(default=None, ge=1)
    most_words: int | None = Field(default=None, ge=5)
    instruction: str = Field(default="", max_length=500)

    _loinc = field_validator("loinc")(_known_loinc)
    _cues = field_validator("cues", "excludes")(_quick_pattern)

    @model_validator(mode="before")
    @classmethod
    def _one_division(cls, given: object) -> object:
        """`division = "exam"` is short for `divisions = ["exam"]`."""
        if isinstance(given, dict) and "division" in given and "divisions" not in given:
            given = {**given, "divisions": [given["division"]]}
            del given["division"]
        return given

    @field_validator("key")
    @classmethod
    def _plain_key(cls, key: str) -> str:
        if not _KEY.fullmatch(key):
            raise ValueError("Write it in small letters, digits and _, a letter first.")
        return key

    @property
    def division(self) -> Part:
        """The division of the first part named."""
        return division_of(self.divisions[0])


class Template(Record):
    """A kind of note.

    `summary`: one line for whoever chooses. `loinc`: code of the document, or empty with the
    reason in `no_loinc`. `wording`: words that this specialty replaces by others, whole words,
    case ignored. `hotwords`: words to expect in such a visit.
    """

    name: str
    version: str = Field(min_length=1, max_length=20)
    title: str = Field(min_length=1, max_length=80, pattern=_LINE)
    summary: str = Field(default="", max_length=200)
    loinc: str = ""
    no_loinc: str = ""
    style: NoteStyle = NoteStyle.FULL
    hotwords: tuple[str, ...] = ()
    wording: dict[str, str] = Field(default_factory=dict)
    sections: tuple[TemplateSection, ...] = Field(min_length=1)

    _loinc = field_validator("loinc")(_known_loinc)

    @field_validator("name")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError("Write it in small letters, digits, _ and -, at most 64 of them.")
        return name

    @field_validator("wording")
    @classmethod
    def _whole_words(cls, wording: dict[str, str]) -> dict[str, str]:
        if any(not said.strip() or not written.strip() for said, written in wording.items()):
            raise ValueError('Give a word on both sides: `"shortness of breath" = "dyspnoea"`.')
        return wording

    @field_validator("sections")
    @classmethod
    def _different_keys(cls, sections: tuple[TemplateSection, ...]) -> tuple[TemplateSection, ...]:
        keys = [section.key for section in sections]
        again = next((key for key in keys if keys.count(key) > 1), None)
        if again:
            raise ValueError(f"Two sections have the key {again}: give each a key of its own.")
        for section in sections:
            if section.needs and section.needs not in {*keys} - {section.key}:
                raise ValueError(
                    f"Let `needs` be the key of another section of this template in {section.key}."
                )
        return sections

    @property
    def parts_left_out(self) -> tuple[Part, ...]:
        """Smallest parts of a visit that no section holds: what is said of them is not written."""
        held = {
            part
            for section in self.sections
            for division in section.divisions
            for part in smallest(division)
        }
        return tuple(part for part in smallest_parts() if part not in held)
