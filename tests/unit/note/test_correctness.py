"""What a note must never get wrong: polarity, sex, allergies, doses, follow-up, placeholders."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.note.conversation import talk

from medscribe.domain.note import Note
from medscribe.domain.privacy import PLACEHOLDER
from medscribe.note.composing.review_of_systems import review_lines, symptoms_of
from medscribe.note.reading.casing import lowered, spoken_case
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.subject import HE, SHE, UNKNOWN, find_subject
from medscribe.note.reading.symptom_polarity import symptoms_told
from medscribe.note.reading.units import units_of
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create


def _note(script: str) -> Note:
    return create(Options(least_worth=0.02)).write(talk(script), load_template("soap"))


def _section(script: str, key: str) -> str:
    sections = {section.key: section.statements for section in _note(script).sections}
    return " ".join(statement.text for statement in sections[key])


def _review(script: str) -> list[str]:
    units = units_of(passages_of(talk(script)))
    return [text for text, _ in review_lines(symptoms_of(units, HE))]


@pytest.mark.parametrize(
    ("said", "reported", "denied"),
    [
        ("No shortness of breath.", [], ["shortness of breath"]),
        ("no shortness of breath", [], ["shortness of breath"]),
        ("No rashes, but my neck has swelling", ["swelling"], ["rashes"]),
        ("No nausea or vomiting, but I do feel dizzy.", ["dizziness"], ["nausea", "vomiting"]),
        ("There is a little swelling in the evening, but no redness.", ["swelling"], ["redness"]),
        ("I have a cough and no fever.", ["cough"], ["fever"]),
        ("I have had no fever, chills, or cough.", [], ["fever", "chills", "cough"]),
        ("I haven't had any cough.", [], []),
        ("I have not had any cough.", [], ["cough"]),
        ("I feel dizzy and short of breath.", ["dizziness", "shortness of breath"], []),
        ("The cough is not getting better.", [], []),
        ("My mother had seizures.", [], []),
        ("I was worried about chest pain.", [], []),
        ("I used to have headaches.", [], []),
        ("No more headaches than usual.", [], []),
        ("No dizziness because of the cough.", [], ["dizziness"]),
    ],
)  # fmt: skip
def test_polarity_holds_for_the_symptom_it_was_said_of(
    said: str, reported: list[str], denied: list[str]
) -> None:
    told = symptoms_told(said)
    assert [t.symptom for t in told if not t.denied] == reported
    assert [t.symptom for t in told if t.denied] == denied


def test_denials_in_sentences_of_their_own_are_denials() -> None:
    script = """
        CLINICIAN  Do you have any chest pain, shortness of breath, or headaches?
        PATIENT    No chest pain. No shortness of breath. I had a headache two times last week.
    """
    assert _review(script) == [
        "Respiratory: Denies shortness of breath.",
        "Cardiovascular: Denies chest pain.",
        "Neurological: Reports headache.",
    ]


def test_a_capital_changes_no_polarity() -> None:
    script = """
        CLINICIAN  Any rashes?
        PATIENT    No rashes, but I guess like my neck seems to be a little swollen.
    """
    assert _review(script) == ["Skin: Denies rashes."]
    assert _review(script.lower().replace("clinician", "CLINICIAN").replace("patient", "PATIENT"))


def test_a_symptom_both_affirmed_and_denied_is_left_out() -> None:
    script = """
        CLINICIAN  Any headaches?
        PATIENT    No.
        PATIENT    I had a headache yesterday.
    """
    assert _review(script) == []


def test_the_first_word_loses_its_capital_and_names_keep_theirs() -> None:
    said = "No rashes, but I had an MRI in Boston. And <UNCERTAIN:DATE_2> OK"
    spoken = "no rashes, but i had an MRI in Boston. and <UNCERTAIN:DATE_2> ok"
    assert spoken_case(said) == spoken
    assert lowered("Is <NAME_1_2> Ill <") == "is <NAME_1_2> ill <"


def _units(question: str, answer: str) -> list[str]:
    script = f"CLINICIAN  {question}\nPATIENT    {answer}"
    return [unit.text for unit in units_of(passages_of(talk(script))) if unit.text]


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Are you allergic to anything?", "Yes, penicillin.", "you are allergic to penicillin"),
        ("Any allergies?", "Penicillin.", "you are allergic to penicillin"),
        ("Do you take any medicines?", "Yes, metformin.", "you take metformin"),
        ("Do you smoke?", "Yeah, about a pack a day.", "you smoke, about a pack a day"),
        ("You haven't brought up any blood?", "No.", "you have not brought up any blood"),
        ("Is your knee still swollen?", "No.", "your knee is not still swollen"),
    ],
)  # fmt: skip
def test_what_an_answer_names_is_kept(question: str, answer: str, statement: str) -> None:
    assert _units(question, answer) == [statement]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Do you have any chest pain?", "No, only when I walk."),
        ("Any fevers?", "Yeah, no, I haven't had those."),
        ("Any fevers?", "Yes and no."),
        ("Do you have any pain?", "Not much."),
        ("Do you have any pain?", "Not that bad."),
        ("Have you been sleeping okay?", "No trouble at all."),
        ("So no fever?", "Yes."),
        ("Do you have any headaches?", "No. Well, I had a headache last week."),
        ("Any rash?", "Right here."),
        ("Any nausea or vomiting?", "Yes."),
    ],
)
def test_an_unclear_answer_affirms_and_denies_nothing(question: str, answer: str) -> None:
    units = units_of(passages_of(talk(f"CLINICIAN  {question}\nPATIENT    {answer}")))
    assert not any(unit.fused for unit in units)


@pytest.mark.parametrize("answer", ["Definitely not.", "Of course not.", "I don't think so."])
def test_an_emphatic_no_is_a_no(answer: str) -> None:
    assert _units("Do you have any chest pain?", answer)[0] == "you deny chest pain"


ALLERGY = """
    CLINICIAN  Good morning, Mrs. Johnson. What brings you in today?
    PATIENT    I am here for my blood pressure and my diabetes.
    CLINICIAN  Are you allergic to any medications?
    PATIENT    Yes, I am allergic to penicillin. It gave me hives when I was a child.
"""


@pytest.mark.parametrize("in_small_letters", [False, True])
def test_an_allergy_names_its_substance_and_its_reaction(in_small_letters: bool) -> None:
    script = ALLERGY
    if in_small_letters:
        script = "\n".join(line[:15] + line[15:].lower() for line in ALLERGY.splitlines())
    said = _section(script, "allergies")
    assert "allergic to penicillin; it gave her hives when she was a child." in said
    assert "allergic to medications" not in said
    assert "hives" not in _section(script, "history_of_present_illness")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (
            "I am here for my blood pressure and my diabetes. And my right knee has been hurting.",
            "Blood pressure and diabetes.",
        ),
        ("I have never had any chest pain before. I have a bad cough.", "Cough."),
        ("I have been having chest pain and it is getting worse.", "Chest pain."),
        ("I'm here because of a rash on my arm.", "Rash on arm."),
    ],
)
def test_the_complaint_is_what_the_patient_came_for(said: str, complaint: str) -> None:
    script = f"CLINICIAN  What brings you in today?\nPATIENT    {said}"
    assert _section(script, "chief_complaint") == complaint


PLAN = """
    PATIENT    I have had knee pain for two weeks.
    CLINICIAN  I want to increase the lisinopril to twenty milligrams by mouth once a day. I will give you ninety tablets with three refills.
    PATIENT    When should I come back?
    CLINICIAN  {said}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("said", "charted"),
    [
        ("Come back in four weeks.", "Come back in 4 weeks."),
        ("I'll see you in 3 months.", "The patient will follow up in 3 months."),
        ("We will see you back next week.", "The patient will follow up next week."),
        (
            "Thank you, and come see me again in two weeks.",
            "The patient will follow up in 2 weeks.",
        ),
        ("Stop taking the ibuprofen.", "Stop taking the ibuprofen."),
    ],
)
def test_follow_up_and_changes_of_medicines_are_in_the_plan(said: str, charted: str) -> None:
    plan = _section(PLAN.format(said=said), "assessment_and_plan")
    assert charted in plan
    assert "90 tablets with 3 refills" in plan
    assert "We will increase the lisinopril to 20 mg" in plan


DEMOGRAPHICS = """
    CLINICIAN  Good morning, Mrs. <NAME_1>. I am Doctor <NAME_2>. Can you tell me your full name and your date of birth?
    PATIENT    Good morning. My name is <NAME_3>, and I was born on <DATE_1>.
    CLINICIAN  Thank you. And is your phone number still <PHONE_1>?
    PATIENT    Yes, that is right.
    CLINICIAN  Is your email <EMAIL_1>?
    PATIENT    Yes. And my address is <LOCATION_1>.
    PATIENT    I have had knee pain since <UNCERTAIN:DATE_2>.
"""  # noqa: E501


def test_who_the_patient_is_stands_beside_the_note_not_in_it() -> None:
    text = note_text(_note(DEMOGRAPHICS))
    assert PLACEHOLDER.findall(text) == ["<UNCERTAIN:DATE_2>"]
    assert "knee pain since <UNCERTAIN:DATE_2>" in text


_MASKS = ["<NAME_1>", "<NAME_1_2>", "<UNCERTAIN:DATE_2>", "<LOCATION_1>", "<AGE_OVER_89_1>"]
_TEMPLATES = st.sampled_from(
    [
        "CLINICIAN  Do you take {}?",
        "CLINICIAN  Have you seen {} for your knee pain?",
        "PATIENT    Yes.",
        "PATIENT    {}.",
        "PATIENT    {} told me that my knee is swollen.",
        "PATIENT    No, just {}.",
        "CLINICIAN  I will refer you to {} , for your knee pain.",
        "CLINICIAN  For your second problem, {} disease, come back on {} in two weeks.",
        "CLINICIAN  Any pain since {} , or swelling?",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_TEMPLATES, st.sampled_from(_MASKS)), min_size=1, max_size=10))
def test_a_placeholder_is_verbatim_wherever_it_stands(said: list[tuple[str, str]]) -> None:
    script = "\n".join(template.replace("{}", mask) for template, mask in said)
    text = note_text(create(Options(least_worth=0)).write(talk(script), load_template("soap")))
    rest = PLACEHOLDER.sub(lambda match: "" if match.group() in script else match.group(), text)
    assert not re.search(r"[<>_]|\b(?:name|uncertain)\b", rest, re.IGNORECASE)


@pytest.mark.parametrize(
    ("script", "subject"),
    [
        ("PATIENT  Sure, 39, I'm a male.", HE),
        ("PATIENT  I'm 39 and I'm a woman.", SHE),
        ("PATIENT  39 year old male.", HE),
        ("PATIENT  As a woman I worry about that.", SHE),
        ("CLINICIAN  She is a 45-year-old female.", SHE),
        ("CLINICIAN  Good morning, Mrs. Johnson.", SHE),
        ("CLINICIAN  good morning mr. <NAME_1>", HE),
        ("CLINICIAN  Thank you, ma'am.", SHE),
        ("CLINICIAN  Are you pregnant?", SHE),
        ("CLINICIAN  How is your prostate?", HE),
        ("PATIENT  Thank you, sir.", UNKNOWN),
        ("CLINICIAN  Is there any history of MS in the family?", UNKNOWN),
        ("CLINICIAN  Did you miss any doses?", UNKNOWN),
        ("PATIENT  My dad had his first heart attack at 50, his heart was bad.", UNKNOWN),
        ("PATIENT  I have a five year old boy, and there were periods of pain.", UNKNOWN),
        ("CLINICIAN  Any prostate cancer in the family?", UNKNOWN),
        ("PATIENT  My wife is pregnant.", HE),
    ],
)  # fmt: skip
def test_the_sex_is_what_was_said_of_the_patient(script: str, subject: object) -> None:
    assert find_subject(talk(script)) == subject


def test_a_denial_taken_back_later_is_neither_told_nor_reviewed() -> None:
    script = """
        PATIENT    My calf hurts.
        CLINICIAN  Any swelling in the area?
        PATIENT    Nope, I don't see any swelling there.
        CLINICIAN  Okay, no?
        PATIENT    Yeah, we'll say that there is swelling.
    """
    text = note_text(_note(script))
    assert "denies" not in text.lower()


def test_not_having_heard_of_a_disease_is_no_denial() -> None:
    question = "Any family history of pulmonary embolism?"
    assert not any("deny" in text for text in _units(question, "No, I haven't heard of that."))


def test_a_known_disease_and_its_medicine_are_named() -> None:
    script = """
        CLINICIAN  OK, in terms of your past medical history, have you been diagnosed with any conditions like high blood pressure, diabetes?
        PATIENT    Uh type 2 diabetes.
        CLINICIAN  OK, and do you take any medications for it?
        PATIENT    Uh I, um insulin for diabetes.
        CLINICIAN  How long have you been smoking for?
        PATIENT    For the past 10 years.
    """  # noqa: E501
    units = [unit.text for unit in units_of(passages_of(talk(script)))]
    assert units[0].endswith("you have type 2 diabetes")
    assert units[1] == "you take insulin for diabetes"
    assert units[2] == "you have been smoking for the past 10 years"


def test_every_medicine_the_patient_takes_is_in_the_note() -> None:
    script = """
        CLINICIAN  What medications do you take?
        PATIENT    Yeah, so blood pressure, I'm taking this medication called Telmisartan. Sorry, for diabetes I'm taking metformin.
    """  # noqa: E501
    text = note_text(create(Options()).write(talk(script), load_template("soap")))
    assert "telmisartan" in text.lower()
    assert "for diabetes the patient is taking metformin" in text.lower()


def test_changes_in_several_things_are_one_item_of_the_review() -> None:
    script = """
        CLINICIAN  Any changes in your bowel movements or urinary patterns?
        PATIENT    No.
    """
    assert not any("Denies urinary" in line for line in _review(script))


def test_examples_in_a_question_are_no_history() -> None:
    script = """
        PATIENT    I have had ankle pain for a day.
        CLINICIAN  I know people may experience with things. Smoking tobacco or cigarettes, drinking alcohol or using marijuana. Have you used any of those?
        PATIENT    No.
    """  # noqa: E501
    assert "Smoking" not in note_text(_note(script))
