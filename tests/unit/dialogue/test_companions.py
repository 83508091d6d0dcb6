"""Who speaks for the patient, and as whom."""

import pytest

from medscribe.dialogue.companion_signs import TurnSigns, read_signs, relation_of
from medscribe.dialogue.companions import Turn, find_companions, relation_said
from medscribe.domain.transcript import Relation

CHILD = """
S1  Good morning. What brings you in with the little one?
S2  He's been pulling at his ear since Sunday, and he won't sleep.
S1  How old is he? Does he have a fever?
S2  He's four. He had one last night and I gave him ibuprofen.
"""


def turns(script: str) -> list[Turn]:
    lines = [line.split("  ", 1) for line in script.strip().splitlines()]
    return [Turn(speaker, read_signs(text)) for speaker, text in lines]


def companions(script: str, *, clinical: tuple[str, ...] = ()) -> dict[str, Relation | None]:
    """S1 is the clinician."""
    heard = turns(script)
    others = list(dict.fromkeys(turn.speaker for turn in heard if turn.speaker != "S1"))
    return find_companions(heard, others, ["S1"], clinical)


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("Hi doctor, I'm his mother.", Relation.MOTHER),
        ("I am her daughter, she lives with me.", Relation.DAUGHTER),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m mom.", Relation.MOTHER),
        ("i 'm the patient 's husband", Relation.HUSBAND),
        ("Hello. Wife here.", Relation.WIFE),
        ("I'm his legal guardian.", Relation.GUARDIAN),
        ("I'm Tom's girlfriend.", Relation.PARTNER),
        ("I'll be the interpreter today.", Relation.INTERPRETER),
    ],
)
def test_a_voice_says_whose_kin_it_is(said: str, relation: Relation) -> None:
    kin = read_signs(said).is_kin
    assert kin is not None and relation_of(kin) is relation


@pytest.mark.parametrize(
    "said",
    [
        "I'm the father of three.",
        "My mother had diabetes.",
        "I live with my mom and dad.",
        "I'm her son-in-law's boss.",
        "I'm worried about her mother.",
        "",
    ],
)
def test_other_talk_of_kin_names_no_speaker(said: str) -> None:
    assert read_signs(said).is_kin is None


def test_kin_without_a_relation_of_its_own_is_kin_all_the_same() -> None:
    assert companions("S1  Hello.\nS2  I hurt my back.\nS3  I'm her niece.") == {"S3": None}


@pytest.mark.parametrize(
    "asked",
    [
        "Mom, how has he been eating?",
        "Good morning, mom.",
        "Okay so, what did you see, mom?",
        "mom how is he sleeping",
    ],
)
def test_a_clinician_calls_the_voice_that_answers(asked: str) -> None:
    assert companions(f"{CHILD}S1  {asked}\nS2  He is fine.") == {"S2": Relation.MOTHER}


def test_who_agrees_to_be_the_father_is() -> None:
    assert companions(CHILD + "S1  And you're dad?\nS2  Yes.") == {"S2": Relation.FATHER}


def test_who_denies_to_be_the_father_is_who_he_says() -> None:
    denied = CHILD + "S1  And you're dad?\nS2  No, I'm his uncle."
    assert companions(denied) == {"S2": Relation.UNCLE}
    assert companions(CHILD + "S1  And you're dad?\nS2  No.") == {"S2": None}


def test_who_speaks_for_a_child_is_a_companion_though_it_says_not_as_whom() -> None:
    assert companions(CHILD) == {"S2": None}


def test_a_patient_who_tells_of_the_family_stays_a_patient() -> None:
    script = """
    S1  Any family history? How is your father?
    S2  My dad had a stroke. He is in a home now, and he can't speak. My mom, she looks after him.
    S1  How old is he?
    S2  He's eighty.
    """.replace("    S", "S")
    assert companions(script) == {}


def test_a_patient_who_talks_of_his_doctor_and_wife_stays_a_patient() -> None:
    script = """
    S1  What brings you in? Do you have pain when you walk?
    S2  My knee hurts. I fell, and my wife, she told me to come. She had the same with her knee.
    S1  Did you take anything for it?
    S2  I took ibuprofen. Dr. Hill gave me some, he said I should rest. She says so, too.
    """.replace("    S", "S")
    assert companions(script) == {}


def test_a_daughter_who_cares_for_her_mother_is_no_companion_in_her_own_visit() -> None:
    script = """
    S1  Are you under stress? Do you sleep?
    S2  I can't sleep and I have headaches. My mother is ill, I'm her caregiver.
    S1  I see. And do you eat well? Do you exercise?
    S2  I lost weight, and my back hurts.
    """.replace("    S", "S")
    assert companions(script) == {}


ADULT = """
S1  What brings you in? Where does it hurt?
S2  I have had pain in my back since I fell.
"""


def test_beside_the_patient_a_third_voice_says_who_it_is() -> None:
    assert companions(ADULT + "S3  I'm her son. She can't get up.") == {"S3": Relation.SON}


@pytest.mark.parametrize(
    "script",
    [
        "S2  This is my wife.\nS3  Good morning.",
        "S1  Is this your wife?\nS2  Yes.\nS3  Good morning.",
    ],
)
def test_a_third_voice_is_who_the_patient_shows(script: str) -> None:
    assert companions(ADULT + script) == {"S3": Relation.WIFE}


def test_nobody_is_who_the_patient_says_it_is_not() -> None:
    assert companions(ADULT + "S1  Is this your wife?\nS2  No.\nS3  Good morning.") == {}


def test_who_is_shown_among_two_more_voices_is_not_guessed() -> None:
    script = ADULT + "S2  This is my wife.\nS3  Good morning.\nS4  Good morning."
    assert companions(script) == {}


def test_a_third_voice_that_tells_how_the_patient_is_is_a_companion() -> None:
    script = ADULT + "S3  She fell twice. She won't use her stick."
    assert companions(script) == {"S3": None}


def test_a_colleague_who_tells_how_the_patient_is_is_none() -> None:
    told = "S3  She fell twice. She won't use her stick."
    assert companions(ADULT + told, clinical=("S3",)) == {}
    assert companions(f"{ADULT}{told} The patient denies fever.") == {}
    assert companions(f"{ADULT}S3  I'm the nurse. She fell twice. She has her stick.") == {}


def test_an_interpreter_says_i_for_the_patient() -> None:
    script = "S1  Where does it hurt?\nS2  Hola.\nS3  I'm the interpreter. My back hurts, I fell."
    assert companions(script) == {"S3": Relation.INTERPRETER}


def test_without_a_clinician_nobody_is_found_by_a_call() -> None:
    heard = turns("S2  Mom, how is he?\nS3  Fine.")
    assert find_companions(heard, ["S2", "S3"], []) == {}


def test_a_companion_that_is_known_gets_the_relation_that_was_said() -> None:
    assert relation_said(turns(CHILD + "S2  I'm his dad."), "S2", ["S1"]) is Relation.FATHER
    assert relation_said(turns(CHILD), "S2", ["S1"]) is None


def test_case_and_detached_punctuation_do_not_matter() -> None:
    assert read_signs("I 'M HIS MOTHER . HE DO N'T SLEEP") == read_signs(
        "i'm his mother. he don't sleep"
    )


def test_nothing_said_shows_nothing() -> None:
    assert read_signs("") == TurnSigns()
