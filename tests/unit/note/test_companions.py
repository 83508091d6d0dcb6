"""What companions tell is attributed to them: a mother's word is not the patient's."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.note.conversation import talk

from medscribe.domain.medication import Experiencer, MedicationOrder, OrderAction, Prescription
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Relation, Role
from medscribe.note.prescription import extract_prescription
from medscribe.note.reading.subject import HE, SHE, UNKNOWN, Subject, find_subject
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create

TODDLER = """
    CLINICIAN  Hi there, what brings the two of you in today?
    MOTHER     My son has had a fever for three days. He's been pulling at his left ear.
    CLINICIAN  How high did the fever get?
    MOTHER     It went up to a hundred and three last night. I gave him Motrin and it came down.
    CLINICIAN  Has he had any vomiting or diarrhea?
    MOTHER     No.
    CLINICIAN  Does he have a rash?
    MOTHER     Yes.
    CLINICIAN  Is he eating and drinking okay?
    MOTHER     He's drinking but he won't eat. I'm exhausted. I had a cough last week.
    CLINICIAN  Does he have any allergies to medications?
    MOTHER     Yes, he's allergic to amoxicillin. It gave him hives.
    CLINICIAN  Is your son taking any medications?
    MOTHER     He takes cetirizine 2.5 milligrams once a day. I take lisinopril myself.
    CLINICIAN  His temperature is 101.2. The left tympanic membrane is red and bulging.
    CLINICIAN  So he has a left ear infection. I'm going to start him on azithromycin 100 milligrams once a day for five days. You can give him Tylenol for the fever. Come back in one week.
    MOTHER     Okay, that sounds good.
"""  # noqa: E501
FATHER_OF_84 = """
    CLINICIAN  Good morning, what can I do for you?
    PATIENT    I've been feeling dizzy when I stand up.
    DAUGHTER   Dad fell twice last month.
    CLINICIAN  Any chest pain?
    PATIENT    No, no chest pain.
    CLINICIAN  Any headaches?
    DAUGHTER   He complains of headaches in the morning.
    PATIENT    I don't have headaches.
    CLINICIAN  What medications are you taking?
    PATIENT    I take metformin 500 milligrams twice a day.
    DAUGHTER   He also takes furosemide 40 milligrams every morning. My dad is allergic to sulfa.
    CLINICIAN  How is your memory?
    PATIENT    My memory is fine.
    DAUGHTER   He has been forgetting to take his pills. I have high blood pressure too.
    CLINICIAN  I think the dizziness is from low blood pressure. I want you to stop the furosemide. I'll see you back in two weeks.
    PATIENT    That sounds good.
"""  # noqa: E501


def write(script: str) -> Note:
    return create(Options()).write(talk(script), load_template("soap"))


def text_of(note: Note) -> str:
    return " ".join(statement.text for statement in note.statements)


def section(note: Note, key: str) -> str:
    found = next(section for section in note.sections if section.key == key)
    return " ".join(statement.text for statement in found.statements)


def prescribed(script: str) -> Prescription:
    return extract_prescription(talk(script), created_at=datetime(2025, 1, 1, tzinfo=UTC))


def order_of(script: str, drug: str) -> MedicationOrder:
    return next(order for order in prescribed(script).orders if order.drug.lower() == drug)


def test_a_mother_reports_what_her_son_has() -> None:
    text = section(write(TODDLER), "history_of_present_illness")
    assert "Mother reports that the patient has had a fever for 3 days" in text
    assert "he has been pulling at his left ear" in text
    assert "she gave him Motrin and it came down" in text


def test_a_mothers_answers_are_hers() -> None:
    note = write(TODDLER)
    assert "Mother denies vomiting or diarrhea." in text_of(note)
    assert "Mother reports rash." in text_of(note)
    review = section(note, "review_of_systems")
    assert "Mother reports fever" in review
    assert "Mother denies vomiting or diarrhea" in review
    assert not re.search(r"(?:: |\. )(?:Reports|Denies)", review)


def test_what_a_mother_has_herself_is_not_in_the_note() -> None:
    text = text_of(write(TODDLER))
    assert "exhausted" not in text
    assert "cough" not in text
    assert "lisinopril" not in text


def test_nothing_a_mother_tells_is_the_patients_own_word() -> None:
    note = write(TODDLER)
    assert not re.search(r"[Tt]he patient (?:reports|denies|states|agrees)", text_of(note))
    told = {u.id for u in talk(TODDLER) if u.role is Role.COMPANION}
    for statement in note.statements:
        if statement.text[0] != "F" and {e.utterance_id for e in statement.evidence} & told:
            assert "Mother" in statement.text, statement.text


def test_history_by_a_mother_stands_under_its_own_heading() -> None:
    note = write(TODDLER)
    assert section(note, "allergies") == (
        "Mother reports that he is allergic to amoxicillin; it gave him hives."
    )
    assert "cetirizine 2.5 mg" in section(note, "medications")
    assert section(note, "family_history") == ""


def test_the_one_who_agrees_with_the_plan_is_named() -> None:
    assert "Mother agrees with the recommended medical treatment plan." in text_of(write(TODDLER))
    assert "The patient agrees with the recommended" in text_of(write(FATHER_OF_84))
    both = write(FATHER_OF_84 + "    DAUGHTER   Sounds good to me.")
    assert "The patient and daughter agree with the recommended" in text_of(both)


def test_you_said_to_a_mother_is_the_mother() -> None:
    plan = section(write(TODDLER), "assessment_and_plan")
    assert "The mother can give him Tylenol for the fever." in plan
    assert "We will start him on azithromycin 100 mg once daily for 5 days." in plan


def test_father_and_daughter_are_both_heard_as_themselves() -> None:
    note = write(FATHER_OF_84)
    history = section(note, "history_of_present_illness")
    assert "The patient has been feeling dizzy when he stands up." in history
    assert "Daughter reports that the patient fell twice last month" in history
    assert "he has been forgetting to take his pills" in history
    assert "high blood pressure" not in history
    medicines = section(note, "medications")
    assert "The patient takes metformin 500 mg twice daily." in medicines
    assert "Daughter reports that he also takes furosemide 40 mg every morning." in medicines
    assert section(note, "chief_complaint") == "Feeling dizzy."


def test_where_patient_and_companion_differ_both_are_told() -> None:
    review = section(write(FATHER_OF_84), "review_of_systems")
    assert "Denies headaches. Daughter reports headaches." in review


def test_without_a_relation_it_is_the_companion_who_reports() -> None:
    text = text_of(write(TODDLER.replace("MOTHER", "COMPANION")))
    assert "Companion denies vomiting or diarrhea." in text
    assert "Companion reports that" in text
    assert "he has been pulling at his left ear" in text
    assert "Mother" not in text


def test_a_named_speaker_changes_every_line_downstream() -> None:
    wife = write(FATHER_OF_84.replace("DAUGHTER", "WIFE").replace("Dad ", "My husband "))
    assert "Wife reports that the patient fell twice last month" in text_of(wife)
    assert "Daughter" not in text_of(wife)


def test_exchanged_speakers_are_exchanged_in_the_note() -> None:
    wrong = talk("""
        PATIENT    What brings you in?
        CLINICIAN  I have had chest pain for two days. I take aspirin 81 milligrams.
        PATIENT    Any fever?
        CLINICIAN  No.
        PATIENT    Please start lisinopril 10 milligrams once a day. Come back in two weeks.
        CLINICIAN  Sounds good.
    """)
    exchange = {Role.CLINICIAN: Role.PATIENT, Role.PATIENT: Role.CLINICIAN}
    right = [u.model_copy(update={"role": exchange[u.role]}) for u in wrong]
    before, after = (
        create(Options()).write(talk_, load_template("soap")) for talk_ in (wrong, right)
    )
    assert "Denies fever" in section(after, "review_of_systems")
    assert "Start lisinopril 10 mg once daily" in section(after, "assessment_and_plan")
    assert "Denies fever" not in text_of(before)
    when = datetime(2025, 1, 1, tzinfo=UTC)
    actions = {o.drug: o.action for o in extract_prescription(right, created_at=when).orders}
    assert actions == {"aspirin": OrderAction.MENTION, "lisinopril": OrderAction.START}
    unheard = extract_prescription(wrong, created_at=when).orders
    assert OrderAction.START not in {o.action for o in unheard}


def test_a_companion_decides_no_medicine() -> None:
    order = order_of("WIFE  He takes metformin 500 milligrams. Let's start metformin.", "metformin")
    assert (order.action, order.experiencer) == (OrderAction.MENTION, Experiencer.PATIENT)


@pytest.mark.parametrize(
    ("script", "experiencer"),
    [
        ("WIFE  My husband takes warfarin.", Experiencer.PATIENT),
        ("WIFE  I take warfarin too.", Experiencer.FAMILY),
        ("WIFE  I gave him warfarin this morning.", Experiencer.PATIENT),
        ("WIFE  His mother takes warfarin.", Experiencer.FAMILY),
        ("FRIEND  I take warfarin.", Experiencer.OTHER),
        ("INTERPRETER  I take warfarin.", Experiencer.PATIENT),
        (
            "CLINICIAN  Let's put your husband on warfarin.\nWIFE  Okay, he will take it.",
            Experiencer.PATIENT,
        ),
        ("CLINICIAN  Does your husband take warfarin?\nPATIENT  Yes.", Experiencer.FAMILY),
    ],
)
def test_whose_medicine_a_companion_speaks_of(script: str, experiencer: Experiencer) -> None:
    assert order_of(script, "warfarin").experiencer is experiencer


@pytest.mark.parametrize(
    ("said", "allergic_to"),
    [
        ("MOTHER  My son is allergic to penicillin.", ["penicillin"]),
        ("MOTHER  He can't take penicillin. He gets hives.", ["penicillin"]),
        ("MOTHER  Penicillin gives my daughter hives.", ["penicillin"]),
        ("MOTHER  I'm allergic to penicillin, but he is not.", []),
        ("MOTHER  Penicillin gives me hives.", []),
        ("MOTHER  His sister is allergic to penicillin.", []),
        ("CLINICIAN  Any allergies?\nMOTHER  Yes, penicillin.", ["penicillin"]),
        ("CLINICIAN  Any allergies?\nMOTHER  I'm allergic to penicillin.", []),
    ],
)
def test_whose_allergy_a_companion_tells(said: str, allergic_to: list[str]) -> None:
    found = prescribed(said)
    assert [allergy.substance.lower() for allergy in found.allergies] == allergic_to


def test_no_allergies_of_a_mother_are_not_no_allergies_of_her_child() -> None:
    assert prescribed("MOTHER  I'm not allergic to anything.").no_known_allergies is None
    assert prescribed("MOTHER  He has no known drug allergies.").no_known_allergies is True


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("My son has had a cough for a week.", "Mother reports that the patient has had a cough"),
        ("I noticed a rash on his belly.", "Mother reports that she noticed a rash on his belly"),
        ("I think he has had a fever since Monday.", "Mother reports that he has had a fever"),
        ("My son's been coughing at night.", "Mother reports that the patient has been coughing"),
        ("His brother has had a cough too.", "Mother reports that his brother has had a cough"),
    ],
)
def test_how_a_mothers_words_are_told(said: str, written: str) -> None:
    note = write(f"CLINICIAN  What is going on?\nMOTHER  {said}\nMOTHER  He is two years old.")
    assert written in text_of(note)


def test_a_daughter_beside_her_mother_leaves_no_doubt_who_she_is() -> None:
    note = write("""
        CLINICIAN  What is going on?
        DAUGHTER   My mom has had chest pain since Monday. She has a fever. I gave her aspirin.
    """)
    assert "Daughter reports that the patient has had chest pain since Monday" in text_of(note)
    assert "the patient has a fever" in text_of(note)
    assert "the daughter gave" in text_of(note)


def test_he_after_another_man_is_not_the_patient() -> None:
    note = write("""
        CLINICIAN  What is going on?
        MOTHER     He has had a cough for a week. My husband is sick too. He has had chest pain.
    """)
    assert "cough" in text_of(note)
    assert "chest pain" not in text_of(note).lower()


def test_a_mother_who_is_asked_for_herself_does_not_answer_for_her_child() -> None:
    note = write("""
        CLINICIAN  What is going on?
        MOTHER     He has had a cough for a week.
        CLINICIAN  Do you smoke at home?
        MOTHER     Yes.
    """)
    assert "smoke" not in text_of(note)


def test_a_patient_spoken_to_by_a_companion_is_told_of() -> None:
    note = write("""
        CLINICIAN  Have you fallen lately?
        PATIENT    I do not think so.
        DAUGHTER   Dad, you fell twice last month and you hurt your hip.
    """)
    assert "Daughter reports that he fell twice last month and he hurt his hip." in text_of(
        note
    ) or "Daughter reports that the patient fell twice last month" in text_of(note)


def test_an_interpreter_speaks_in_the_patients_stead() -> None:
    note = write("""
        CLINICIAN    What is going on?
        INTERPRETER  I have had chest pain since Monday and I feel dizzy.
        CLINICIAN    Any fever?
        INTERPRETER  No.
    """)
    assert "Interpreter relays that the patient has had chest pain since Monday" in text_of(note)
    assert "Interpreter denies fever" in section(note, "review_of_systems")


@pytest.mark.parametrize(
    ("script", "subject"),
    [
        ("MOTHER  My son has a cough.", HE),
        ("MOTHER  She has a cough.", SHE),
        ("HUSBAND  My wife has a cough.", SHE),
        ("MOTHER  I am a woman with a cough.", UNKNOWN),
        ("DAUGHTER  Dad fell. He hurt his hip. My husband drove him here.", HE),
    ],
)
def test_a_companion_tells_the_patients_sex_and_not_the_own(script: str, subject: Subject) -> None:
    assert find_subject(talk(script)) == subject


_VOCABULARY = (
    "my son dad mom i he she him her his has had a fever cough gave takes aspirin allergic to you "
    "your and but no yes not is was , . ? <NAME_1> we the patient 's noticed think mother"
)
_WORDS = st.sampled_from(_VOCABULARY.split())
_TALKS = st.lists(
    st.tuples(
        st.sampled_from([Role.CLINICIAN, Role.PATIENT, Role.COMPANION, Role.UNKNOWN]),
        st.sampled_from([None, *Relation]),
        st.lists(_WORDS, min_size=1, max_size=12).map(" ".join),
    ),
    min_size=1,
    max_size=8,
)


@given(_TALKS)
def test_whoever_speaks_nobody_speaks_in_the_note_and_quotes_are_verbatim(
    turns: list[tuple[Role, Relation | None, str]],
) -> None:
    said = [
        MaskedUtterance(id=f"u{n}", speaker="S", role=role, relation=relation, text=text)
        for n, (role, relation, text) in enumerate(turns)
    ]
    note = create(Options()).write(said, load_template("soap"))
    texts = {utterance.id: utterance.text for utterance in said}
    for statement in note.statements:
        assert not re.search(r"\b(?:I|me|my|we|our|you|your)\b", statement.text)
        for evidence in statement.evidence:
            assert evidence.quote in texts[evidence.utterance_id]


def test_an_interpreter_relays_what_the_patient_says() -> None:
    told = text_of(
        write("""
    CLINICIAN    What brings her in today?
    PATIENT      Me duele el estomago.
    INTERPRETER  She says she has stomach pain since Sunday.
    CLINICIAN    Does it get worse after eating?
    INTERPRETER  Yes, she says that it gets worse after meals and she has vomited twice.
    """)
    )
    assert "Interpreter relays that she has stomach pain since Sunday" in told
    assert "says" not in told


def test_relatives_who_say_who_they_are_tell_no_history() -> None:
    told = text_of(
        write("""
    CLINICIAN  Good morning. Who do we have here?
    SISTER     And I'm her sister, and this is her son, <NAME_3>.
    PATIENT    I've had no appetite since the chemo and I throw up every morning.
    SISTER     I'm her sister and she has had a fever since Sunday.
    """)
    )
    assert "her sister" not in told
    assert "her son" not in told
    assert "Sister reports that the patient has had a fever" in told


def test_a_medicine_that_a_patient_asks_for_is_no_plan() -> None:
    note = write("""
    CLINICIAN  How are you sleeping? Are you still on sertraline 50?
    PATIENT    Yes, but I want to go up to 200 mg, start me on 200 of sertraline.
    CLINICIAN  We'll increase the sertraline to 100 milligrams daily. See you in one week.
    """)
    plan = section(note, "assessment_and_plan")
    assert "100 mg" in plan
    assert "200" not in plan
