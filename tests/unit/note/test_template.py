"""Templates that ship, templates of one's own, and what is said of those that are wrong."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import ConfigurationError
from medscribe.note.template import (
    NoteStyle,
    Part,
    load_template,
    read_template,
    template_names,
    template_text,
)
from medscribe.note.template.loinc import is_loinc
from medscribe.note.template.parts import DIVISIONS, division_of, smallest, smallest_parts
from medscribe.note.template.shelf import misnamed

SHIPPED = template_names()
OWN = """\
name = "mine"
version = "1"
title = "My note"
{more}
[[sections]]
key = "story"
title = "STORY"
divisions = ["subjective"]
loinc = "10164-2"
{extra}
"""


def own(extra: str = "", more: str = "") -> str:
    return OWN.format(extra=extra, more=more)


def fault(text: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        read_template(text, "mine.toml", "mine")
    return str(caught.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_says_what_belongs_in_each_section_and_codes_it(name: str) -> None:
    template = load_template(name)

    assert template.name == name
    assert template.summary
    assert template.loinc or template.no_loinc
    for section in template.sections:
        assert section.loinc or section.no_loinc, section.key
        assert section.instruction, section.key


def test_the_kinds_of_note_a_practice_needs_are_there() -> None:
    assert {
        "soap",
        "h_and_p",
        "progress_note",
        "discharge_summary",
        "referral_letter",
        "sick_certificate",
        "after_visit_summary",
    } <= set(SHIPPED)
    assert load_template("after_visit_summary").style is NoteStyle.PATIENT


@pytest.mark.parametrize("name", ["soap", "h_and_p", "progress_note", "referral_letter"])
def test_a_note_for_clinicians_loses_no_part_of_the_visit(name: str) -> None:
    assert load_template(name).parts_left_out == ()


def test_every_part_belongs_to_one_division() -> None:
    parts = smallest_parts()

    assert len(set(parts)) == len(parts)
    assert {division_of(part) for part in parts} == set(DIVISIONS)
    assert set(smallest(Part.PLAN)) < set(smallest(Part.ASSESSMENT_AND_PLAN))


def test_ones_own_template_comes_before_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "soap.toml").write_text(own().replace('"mine"', '"soap"'))
    (tmp_path / "mine.toml").write_text(own())
    (tmp_path / "Not a name!.toml").write_text(own())

    assert load_template("soap", tmp_path).title == "My note"
    assert load_template("soap").title == "SOAP note"
    assert template_names(tmp_path) == sorted({*SHIPPED, "mine"})
    assert template_text("mine", tmp_path) == own()


@pytest.mark.parametrize("name", ["../mine", "a/b", "/etc/passwd", "", "MINE", "mine.toml", "a\0b"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "mine.toml").write_text(own())

    with pytest.raises(ConfigurationError, match="Choose one of: "):
        load_template(name, folder)


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert template_names(tmp_path / "nowhere") == SHIPPED


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('colour = "red"', "section 1 (story), field colour: There is no such field"),
        ('cues = "("', "section 1 (story), field cues: This is no regular expression"),
        (r"""cues = '(\w+)*x' """, "may take too long"),
        (r"""excludes = '.*a.*b.*c' """, "more than two open repetitions"),
        ("most_statements = 0", "field most_statements: Give a larger number"),
        ('most_statements = "few"', "field most_statements: Give a whole number"),
        ('said_by = "nobody"', "field said_by: Choose among: clinician"),
        ('needs = "elsewhere"', "Let `needs` be the key of another section"),
        ('needs = "story"', "Let `needs` be the key of another section"),
        ("most_words = 7.5", "field most_words: Give a whole number"),
    ],
)
def test_a_wrong_field_of_a_section_is_named_with_what_to_write(extra: str, told: str) -> None:
    message = fault(own(extra))

    assert message.startswith("mine.toml")
    assert told in message


@pytest.mark.parametrize(
    ("said", "written", "told"),
    [
        ('["subjective"]', '["objective"]', "field divisions: Choose among: subjective, exam"),
        ('["subjective"]', "[]", "field divisions: Give at least one"),
        ("10164-2", "10164-3", "right check digit"),
        ("10164-2", "HPI", "Give a LOINC code"),
        ('key = "story"', 'key = "The story"', "field key: Write it in small letters"),
        ('title = "STORY"', "", "section 1 (story), field title: It is missing"),
        ('title = "STORY"', 'title = "A"\ntitle = "B"', "a key that is given twice"),
        ('name = "mine"', 'name = "yours"', 'write `name = "mine"`'),
        ('name = "mine"', 'name = "../mine"', "field name: Write it in small letters"),
        ('title = "STORY"', r'title = "A\nB"', "field title: Write it on one line"),
        ('title = "My note"', 'title = " "', "field title: Write it on one line"),
        ('version = "1"', "version = 1", "field version: Give text in quotes"),
    ],
)
def test_a_wrong_template_says_what_to_write(said: str, written: str, told: str) -> None:
    assert told in fault(own().replace(said, written))


def test_what_is_no_template_is_refused() -> None:
    again = own() + own().split("\n", 4)[4]

    assert "Two sections have the key story" in fault(again)
    assert "field sections: It is missing" in fault(own().split("[[")[0])
    assert "field sections: Give at least one" in fault("sections = []\n" + own().split("[[")[0])
    assert "this is not valid TOML (at line 1" in fault("name = \nversion = 1")
    assert "too large" in fault("#" * 300_000)
    assert "field wording" in fault(own(more='wording = {"" = "x"}'))
    assert "Write `[[sections]]`, in two brackets" in fault(
        own().replace("[[sections]]", "[sections]")
    )
    assert "too many brackets" in fault("x = " + "[" * 20_000)
    assert "too many brackets" in fault("x = " + "9" * 6_000)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"name = '\xff'")

    with pytest.raises(ConfigurationError, match=r"mine\.toml is no text in UTF-8"):
        load_template("mine", tmp_path)


def test_a_mark_of_byte_order_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xef\xbb\xbf" + own().replace("\n", "\r\n").encode())

    assert load_template("mine", tmp_path).title == "My note"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.toml")
    (tmp_path / "loop.toml").symlink_to("loop.toml")

    for name in ("mine", "loop"):
        with pytest.raises(ConfigurationError, match=rf"{name}\.toml cannot be read"):
            load_template(name, tmp_path)


def test_a_folder_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")

    for folder in ("file", "loop"):
        with pytest.raises(ConfigurationError, match="make `templates_dir` a folder"):
            load_template("soap", tmp_path / folder)


def test_a_file_with_another_name_than_templates_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "My Clinic.toml").write_text(own())

    assert misnamed(tmp_path) == ["My Clinic"]
    with pytest.raises(ConfigurationError, match="name the file in small letters"):
        read_template(own(), "My Clinic.toml", "My Clinic")


def test_division_is_short_for_a_list_of_one() -> None:
    short = read_template(own().replace('divisions = ["subjective"]', 'division = "exam"'), "x")

    assert short.sections[0].divisions == (Part.EXAM,)


@pytest.mark.parametrize("code", ["10154-3", "51847-2", "34117-2", "18842-5", "8716-3"])
def test_codes_in_use_have_the_right_check_digit(code: str) -> None:
    assert is_loinc(code)


@given(st.integers(min_value=0, max_value=9_999_999), st.integers(min_value=1, max_value=9))
def test_one_check_digit_fits_and_a_wrong_digit_is_seen(number: int, slip: int) -> None:
    fitting = [check for check in range(10) if is_loinc(f"{number}-{check}")]
    assert len(fitting) == 1

    last = number % 10
    other = number - last + (last + slip) % 10
    assert not is_loinc(f"{other}-{fitting[0]}")
