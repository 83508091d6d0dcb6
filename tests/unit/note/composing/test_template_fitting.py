"""One composed note in the outline of every template, with its evidence."""

import pytest
from tests.talk import talk

from medscribe.domain.note import Author, Evidence, Note, Section, Statement
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TextSpan
from medscribe.note.composing.statement_parts import parts_of, plan_part
from medscribe.note.composing.template_fitting import composing_template, fitted, with_wording
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.subject import HE
from medscribe.note.template import Part, Template, load_template, read_template, template_names
from medscribe.note.writers.extractive import Options, create

VISIT = talk("""
CLINICIAN  What brings you in today?
PATIENT    My knee has been hurting for two weeks. I had my appendix out in 1990.
CLINICIAN  Any fever?
PATIENT    No fever.
CLINICIAN  Are you allergic to any medications?
PATIENT    I am allergic to penicillin, it gives me hives.
CLINICIAN  Your blood pressure is 130 over 80. There is swelling of the knee.
CLINICIAN  This is a knee sprain. I am going to prescribe ibuprofen 600 mg three times a day.
CLINICIAN  I want you to rest the knee. Let's order an x-ray of the knee.
CLINICIAN  Follow up in two weeks.
""")


def written(name: str, visit: tuple[MaskedUtterance, ...] = VISIT) -> Note:
    return create(Options()).write(visit, load_template(name))


def statement(number: int, text: str, utterance: str = "u1", problem: int = 0) -> Statement:
    return Statement(
        id=f"s{number}",
        text=text,
        evidence=(Evidence(utterance_id=utterance, quote=text, span=TextSpan(start=0, end=99)),),
        author=Author.COMPOSER,
        problem=f"s{problem}" if problem else None,
    )


def plan(*statements: Statement) -> tuple[Section, ...]:
    return (Section(key="assessment_and_plan", title="A", statements=statements),)


def template(sections: str, more: str = "") -> Template:
    return read_template(f'name = "t"\nversion = "1"\ntitle = "T"\n{more}\n{sections}', "t.toml")


def texts(sections: tuple[Section, ...]) -> dict[str, list[str]]:
    return {section.key: [each.text for each in section.statements] for section in sections}


def fit(sections: tuple[Section, ...], wanted: Template, script: str = "") -> dict[str, list[str]]:
    passages = passages_of(talk(script)) if script else ()
    return texts(fitted(sections, wanted, passages, HE))


@pytest.mark.parametrize("name", template_names())
def test_every_template_is_written_with_evidence_and_numbers_of_its_own(name: str) -> None:
    note = written(name)
    said = {utterance.id: utterance.text for utterance in VISIT}

    assert [section.key for section in note.sections] == [
        section.key for section in load_template(name).sections
    ]
    ids = [each.id for each in note.statements]
    assert ids == sorted(set(ids), key=lambda each: int(each[1:]))
    for each in note.statements:
        assert each.evidence
        assert all(evidence.quote in said[evidence.utterance_id] for evidence in each.evidence)
        assert each.problem is None or each.problem in ids


@pytest.mark.parametrize("name", ["h_and_p", "progress_note", "referral_letter"])
def test_a_note_for_clinicians_says_all_that_soap_says(name: str) -> None:
    known = {each.text for each in written("soap").statements}

    lost = known - {each.text for each in written(name).statements}
    assert not [text for text in lost if "agrees with" not in text]


def test_soap_is_composed_as_it_is() -> None:
    soap = load_template("soap")
    sections = plan(statement(7, "Rest."))

    assert composing_template(soap) is soap
    assert fitted(sections, soap, (), HE) == sections


def test_a_copy_of_soap_under_another_name_holds_the_same_note() -> None:
    copy = load_template("soap").model_copy(update={"name": "mine"})

    assert create(Options()).write(VISIT, copy).sections == written("soap").sections


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Start lisinopril 10 mg daily.", Part.PRESCRIPTIONS),
        ("Continue the inhaler.", Part.PRESCRIPTIONS),
        ("Order an MRI of the knee.", Part.TESTS),
        ("Refer him to physical therapy.", Part.REFERRALS),
        ("Follow up in two weeks.", Part.FOLLOW_UP),
        ("Advised to contact the office if he has fever.", Part.FOLLOW_UP),
        ("Advised to rest the knee.", Part.ADVICE),
        ("He should stay off work for a week.", Part.WORK),
        ("Light duty until the next visit.", Part.WORK),
        ("He cannot go into work until this is clear.", Part.WORK),
        ("Advised to take a few days off.", Part.WORK),
        ("He works from home and is stable.", Part.IMPRESSIONS),
        ("This is consistent with a sprain.", Part.IMPRESSIONS),
        ("His follow-up blood work showed a low hemoglobin.", Part.IMPRESSIONS),
        ("He is retaining fluid.", Part.IMPRESSIONS),
    ],
)
def test_a_statement_of_the_plan_finds_its_part(text: str, part: Part) -> None:
    assert plan_part(text) is part


def test_what_was_is_past_history_and_what_is_taken_is_a_medicine() -> None:
    history = Section(
        key="history_of_present_illness",
        title="H",
        statements=(
            statement(1, "He had knee surgery in 2001."),
            statement(2, "He takes metformin 500 mg daily."),
            statement(3, "He takes ibuprofen for the pain."),
            statement(4, "He is a 60-year-old with a history of gout who presents with a cough."),
        ),
    )

    parts = [part for _, part in parts_of([history])]
    assert parts == [Part.PAST_HISTORY, Part.MEDICATIONS, Part.HISTORY, Part.HISTORY]


def test_the_narrower_section_wins_and_cues_before_it() -> None:
    wanted = template("""
[[sections]]
key = "all"
title = "ALL"
divisions = ["assessment_and_plan"]
[[sections]]
key = "tests"
title = "TESTS"
divisions = ["tests"]
[[sections]]
key = "knees"
title = "KNEES"
divisions = ["plan"]
cues = '\\bknee\\b'
excludes = 'brace'
""")
    sections = plan(
        statement(1, "Order a blood count."),
        statement(2, "Order an MRI of the knee."),
        statement(3, "Advised to wear a knee brace."),
    )

    assert fit(sections, wanted) == {
        "all": ["Advised to wear a knee brace."],
        "tests": ["Order a blood count."],
        "knees": ["Order an MRI of the knee."],
    }


def test_a_repeating_section_leaves_the_others_what_they_have() -> None:
    wanted = template("""
[[sections]]
key = "summary"
title = "SUMMARY"
divisions = ["prescriptions"]
repeats = true
[[sections]]
key = "plan"
title = "PLAN"
divisions = ["assessment_and_plan"]
""")
    note = fitted(plan(statement(1, "Start aspirin 81 mg.")), wanted, (), HE)

    assert texts(note) == {"summary": ["Start aspirin 81 mg."], "plan": ["Start aspirin 81 mg."]}
    assert [each.id for section in note for each in section.statements] == ["s1", "s2"]


def test_a_short_section_keeps_what_tells_most_in_its_order() -> None:
    wanted = template("""
[[sections]]
key = "plan"
title = "PLAN"
divisions = ["assessment_and_plan"]
most_statements = 2
[[sections]]
key = "brief"
title = "BRIEF"
divisions = ["assessment_and_plan"]
repeats = true
most_words = 5
""")
    sections = plan(
        statement(1, "It was good to see him again today."),
        statement(2, "He has fever."),
        statement(3, "Start aspirin 81 mg daily."),
    )

    assert fit(sections, wanted) == {
        "plan": ["He has fever.", "Start aspirin 81 mg daily."],
        "brief": ["Start aspirin 81 mg daily."],
    }


def test_no_order_and_no_allergy_is_left_out_for_length() -> None:
    wanted = template("""
[[sections]]
key = "plan"
title = "PLAN"
divisions = ["plan", "impressions", "allergies"]
most_words = 5
""")
    orders = [
        "We will order a chest x-ray.",
        "Refer him to the surgeon.",
        "Start aspirin 81 mg daily.",
        "Advised to come back next week.",
    ]
    sections = (
        Section(key="allergies", title="A", statements=(statement(9, "Allergic to latex."),)),
        *plan(
            statement(1, "The fever of 39 may come from the cough."),
            *(statement(number, order) for number, order in enumerate(orders, start=2)),
        ),
    )

    found = fit(sections, wanted)["plan"]

    assert set(found) == {*orders, "Allergic to latex."}


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("Flexeril 10 mg twice daily.", Part.PRESCRIPTIONS),
        ("She was taking ferrous sulfate 325 mg.", Part.MEDICATIONS),
        ("She was taking lisinopril 10 mg and will start losartan.", Part.PRESCRIPTIONS),
        ("A1c is 7.1.", Part.IMPRESSIONS),
    ],
)
def test_a_dose_alone_is_an_order_and_what_was_taken_is_none(said: str, part: Part) -> None:
    assert plan_part(said) is part


def test_a_statement_keeps_its_problem_where_both_stand_in_one_section() -> None:
    sections = plan(
        statement(4, "Gout.", problem=4),
        statement(5, "Start allopurinol 100 mg daily.", problem=4),
    )
    passages = passages_of(VISIT)

    by_problem = fitted(sections, load_template("h_and_p"), passages, HE)[-1].statements
    apart = fitted(sections, load_template("discharge_summary"), passages, HE)

    assert [each.problem for each in by_problem] == [by_problem[0].id] * 2
    assert {each.problem for section in apart for each in section.statements} == {None}


def test_a_specialty_says_things_in_its_own_words() -> None:
    wording = {"shortness of breath": "dyspnoea", "breath": "air", "x-ray": "radiograph"}

    assert with_wording("Shortness of breath on stairs.", wording) == "Dyspnoea on stairs."
    assert with_wording("Order an X-RAY; breathing is calm.", wording) == (
        "Order an radiograph; breathing is calm."
    )
    assert with_wording("Seen by <NAME_1>.", {"name": "label"}) == "Seen by <NAME_1>."


WORK = """
CLINICIAN  What brings you in today?
PATIENT    I hurt my back lifting boxes. I need a month off work.
CLINICIAN  Do you need time off work?
PATIENT    Yes, please.
CLINICIAN  This is a lumbar strain. Stay off work for one week, then light duty.
"""


def test_a_certificate_holds_only_what_the_clinician_said_about_work() -> None:
    sections = written("sick_certificate", talk(WORK)).sections
    held = texts(sections)

    assert held["work"] == ['Said: "Stay off work for one week, then light duty."']
    quoted = {e.utterance_id for each in sections[1].statements for e in each.evidence}
    assert quoted == {"u5"}


def test_a_remark_about_work_that_the_note_left_out_stands_there_word_for_word() -> None:
    held = fit(
        plan(), load_template("sick_certificate"), "CLINICIAN  You can go to work. Any fever?"
    )

    assert held["work"] == ['Said: "You can go to work."']


def test_a_certificate_without_a_word_about_work_names_no_diagnosis() -> None:
    script = "CLINICIAN  You have gout. You are fine otherwise."
    sections = plan(statement(1, "Gout.", problem=1))

    assert fit(sections, load_template("sick_certificate"), script)["diagnosis"] == []


@pytest.mark.parametrize(("work_of", "named"), [(2, ["Back strain."]), (0, [])])
def test_a_certificate_names_the_diagnosis_that_work_was_spoken_of_or_none(
    work_of: int, named: list[str]
) -> None:
    script = "CLINICIAN  You have HIV and a back strain. Stay off work for a week."
    sections = plan(
        statement(1, "HIV.", problem=1),
        statement(2, "Back strain.", problem=2),
        statement(3, "Advised to stay off work for a week.", problem=work_of),
    )

    held = fit(sections, load_template("sick_certificate"), script)
    assert held["diagnosis"] == named
    assert held["work"] == ['Said: "Stay off work for a week."']


def test_what_the_patient_says_is_no_diagnosis_of_a_certificate() -> None:
    script = "CLINICIAN  Stay off work for a week.\nPATIENT  It is a slipped disc."
    sections = plan(statement(1, "Slipped disc.", utterance="u2", problem=1))

    assert fit(sections, load_template("sick_certificate"), script)["diagnosis"] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Advised to come back in approximately 2 weeks.", True),
        ("Return to the clinic in 2 weeks for a recheck.", True),
        ("Follow up in 2 weeks for the hypertension.", False),
        ("Weigh daily, contact the office if he gains 3 pounds in 2 days.", False),
        ("Come back in 3 months to recheck the A1c.", False),
        ("Follow up with psychiatry in 2 weeks.", False),
    ],
)
def test_a_certificate_says_when_to_come_back_and_not_what_for(said: str, shown: bool) -> None:
    script = "CLINICIAN  What I said."

    found = fit(plan(statement(1, said)), load_template("sick_certificate"), script)

    assert found["review"] == ([said] if shown else [])
