"""A template made from an example note holds its outline, and no word of its patient."""

import re

import pytest

from medscribe.errors import ConfigurationError, InputError
from medscribe.note.template import NoteStyle, Part, Template, template_from_example

EXAMPLE = """\
MIRABELLA Q. THORNQUIST
DOB: 03/04/1951    MRN: 7788231
Patient: Mirabella Thornquist, 12 Quarry Lane
Dr. Ogden Vance
ST. BRANNOC INFIRMARY

SUBJECTIVE
CC: cough
HPI:
Ms. Thornquist has coughed for 3 weeks. Her son Peregrine had it too. She denies fever. She sleeps
poorly. It began on March 4. Honey helped. She is worried.
PMH: asthma since 1990
Meds: salbutamol 2 puffs
FUNCTIONAL STATUS
Walks with a cane.
THORNQUIST FAMILY CONCERNS:
Her son telephoned.
## Mirabella's wishes 2024
To sing at the wedding of Peregrine.
O/E
Wheeze on both sides.
Impression
----------
Asthma, worse.
Plan:
Prednisolone 30 mg for five days.
Back in 2 weeks.
Signed: Ogden Vance, 555-0142
OGDEN VANCE
"""
IDENTIFIERS = re.findall(
    r"\w+",
    "mirabella thornquist ogden vance peregrine quarry brannoc infirmary 7788231 1951 1990 2024 "
    "0142 asthma prednisolone salbutamol honey cane wheeze",
)


def titles(template: Template) -> list[str]:
    return [section.title for section in template.sections]


def test_headings_keep_their_order_and_find_their_kind() -> None:
    template, _ = template_from_example(EXAMPLE, "chest_clinic")

    assert template.name == "chest_clinic"
    assert titles(template) == [
        "CC", "HPI", "PMH", "Meds", "FUNCTIONAL STATUS", "SECTION 6", "O/E", "Impression", "Plan",
    ]  # fmt: skip
    by_title = {section.title: section for section in template.sections}
    assert by_title["HPI"].loinc == "10164-2"
    assert by_title["O/E"].divisions == (Part.EXAM,)
    assert by_title["Impression"].divisions == (Part.ASSESSMENT,)


def test_nothing_that_identifies_anybody_is_taken_over() -> None:
    _, toml = template_from_example(EXAMPLE)

    for word in IDENTIFIERS:
        assert word not in toml.lower()


@pytest.mark.parametrize(
    "heading",
    [
        "# Ada Moreau",
        "ADA MOREAU",
        "Ada Moreau:",
        "Ada Moreau\n----",
        "**Moreau plan**",
        "PLAN 1987",
    ],
)
def test_a_name_or_a_number_in_a_heading_stays_behind(heading: str) -> None:
    _, toml = template_from_example(f"HPI\nA cough.\n{heading}\nSomething.\nPLAN\nRest.")

    assert not re.search("moreau|ada|1987|something|cough", toml, re.IGNORECASE)


def test_an_unknown_heading_takes_its_division_from_its_neighbours_and_says_so() -> None:
    template, toml = template_from_example("EXAM\nClear.\nWOUND CARE\nDry.\nPLAN\nRest.")

    assert template.sections[1].title == "WOUND CARE"
    assert template.sections[1].divisions == (Part.EXAM,)
    assert "guessed (exam)" in toml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# History\nA.\n## Plan\nB.", ["History", "Plan"]),
        ("**History:**\nA.\n**Plan**\nB.", ["History", "Plan"]),
        ("1. History:\nA.\n2. Plan:\nB.", ["History", "Plan"]),
        ("S: sore throat\nO: red\nA: viral\nP: fluids", ["S", "O", "A", "P"]),
        ("History\n=======\nA.\nA/P\n---\nB.", ["History", "A/P"]),
        ("HISTORY\nA.\nPLAN\nB.\nPLAN\nC.", ["HISTORY", "PLAN"]),
        ("OBJECTIVE\nVitals: fine\nExam: clear", ["Vitals", "Exam"]),
    ],
)
def test_headings_in_every_form_are_found(text: str, expected: list[str]) -> None:
    assert titles(template_from_example(text)[0]) == expected


def test_body_systems_within_a_section_are_no_headings_of_the_note() -> None:
    template, _ = template_from_example("EXAM:\nLungs: clear.\nHeart: regular.\nPLAN:\nRest.")

    assert titles(template) == ["EXAM", "PLAN"]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("HPI\nShe has had a cough for weeks.\nPLAN\nShe should drink more fluids.", "full"),
        ("HPI\n2/7 cough. No fever. No blood.\nPLAN\nFluids. Rest.", "telegraphic"),
        ("PLAN\nYou should rest your knee. Call us if you get worse.", "patient"),
    ],
)
def test_the_style_is_the_one_of_the_example(text: str, style: str) -> None:
    assert template_from_example(text)[0].style == NoteStyle(style)


def test_history_is_as_long_as_in_the_example_and_no_plan_is_cut() -> None:
    template, _ = template_from_example(EXAMPLE)
    limits = {section.title: section.most_statements for section in template.sections}

    assert limits["HPI"] == 7
    assert limits["Plan"] is None


def test_what_no_section_holds_is_said() -> None:
    template, toml = template_from_example("HPI\nA cough.\nPLAN\nRest.")

    assert Part.ALLERGIES in template.parts_left_out
    assert "allergies" in toml.rsplit("# No section holds these", 1)[1]


def test_an_example_without_headings_and_a_wrong_name_are_refused() -> None:
    with pytest.raises(InputError, match="No heading was found"):
        template_from_example("she has a cough and that is all")
    with pytest.raises(InputError, match="too long"):
        template_from_example("HPI\n" * 100_000)
    with pytest.raises(ConfigurationError, match="field name"):
        template_from_example("HPI\nA cough.", "../mine")
