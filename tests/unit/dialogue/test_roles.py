import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.roles import RoleModel, assign_roles, load_role_model, turn_terms
from medscribe.domain.transcript import Relation, Role, RoleBasis, Speaker, Utterance

VISIT = """
S1  Good morning, what brings you in today?
S2  My knee hurts. I think I twisted it when I was running.
S1  Okay. Any fever or chills? Do you have any other medical problems?
S2  No, not really. I take something for my blood pressure.
S1  Alright, let me take a look. I'm going to press on your knee, let me know if it hurts.
S2  Yeah, it hurts right there.
S1  So we're going to get an x-ray, and I want you to follow up with me in two weeks.
"""


def utterances(script: str, **roles: Role) -> list[Utterance]:
    """Lines of a label and what was said -> utterances, with the roles given for labels."""
    turns = [line.split("  ", 1) for line in script.strip().splitlines()]
    return [
        Utterance(id=f"u{number}", speaker=label, role=roles.get(label, Role.UNKNOWN), text=text)
        for number, (label, text) in enumerate(turns, start=1)
    ]


def decided(script: str, **roles: Role) -> dict[str, Role]:
    _, speakers = assign_roles(utterances(script, **roles), load_role_model())
    return {speaker.label: speaker.role for speaker in speakers}


def test_the_one_who_asks_and_plans_is_the_clinician() -> None:
    assert decided(VISIT) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT}


def test_it_does_not_matter_who_speaks_first() -> None:
    exchanged = VISIT.replace("S1", "X").replace("S2", "S1").replace("X", "S2")
    assert decided(exchanged) == {"S1": Role.PATIENT, "S2": Role.CLINICIAN}


def test_every_utterance_gets_the_role_of_its_speaker() -> None:
    said = utterances(VISIT)
    with_roles, _ = assign_roles(said, load_role_model())
    assert [u.role for u in with_roles if u.speaker == "S1"] == [Role.CLINICIAN] * 4
    assert [u.role for u in with_roles if u.speaker == "S2"] == [Role.PATIENT] * 3
    assert [u.text for u in with_roles] == [u.text for u in said]


def test_speakers_who_sound_alike_stay_unknown() -> None:
    script = "S1  Okay, thank you.\nS2  Okay, thank you."
    assert decided(script) == {"S1": Role.UNKNOWN, "S2": Role.UNKNOWN}


def test_a_third_voice_stays_unknown() -> None:
    script = VISIT + "S3  He has been limping since.\n"
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT, "S3": Role.UNKNOWN}


def cast(script: str, **roles: Role) -> list[Speaker]:
    return assign_roles(utterances(script, **roles), load_role_model())[1]


def test_given_roles_stay_and_carry_what_the_words_say() -> None:
    roles = {"S1": Role.CLINICIAN, "S2": Role.PATIENT}
    with_roles, speakers = assign_roles(utterances(VISIT, **roles), load_role_model())
    assert {s.label: s.role for s in speakers} == roles
    assert all(s.basis is RoleBasis.TAGS and not s.contradicted for s in speakers)
    clinician, patient = (s.margin for s in speakers)
    assert clinician is not None and patient is not None and clinician > 0 > patient
    assert all(u.role is roles[u.speaker] for u in with_roles)


LONGER = (
    VISIT.rstrip()
    + """
S2  Okay, thank you. I was so worried that I couldn't sleep.
S1  Do you have any questions for me? I'll order the x-ray.
S2  No, I feel better already. My wife told me to come.
"""
)


def test_tags_that_are_exchanged_stay_and_are_marked() -> None:
    exchanged = {"S1": Role.PATIENT, "S2": Role.CLINICIAN}
    speakers = cast(LONGER, **exchanged)
    assert {s.label: s.role for s in speakers} == exchanged
    assert all(s.contradicted for s in speakers)


def test_a_clinician_and_a_companion_may_be_exchanged_as_well() -> None:
    speakers = cast(LONGER, S1=Role.COMPANION, S2=Role.CLINICIAN)
    assert all(s.contradicted for s in speakers)


def test_a_few_turns_do_not_contradict_tags() -> None:
    script = "\n".join(VISIT.strip().splitlines()[:3])
    assert not any(s.contradicted for s in cast(script, S1=Role.PATIENT, S2=Role.CLINICIAN))


def test_roles_from_words_rest_on_words() -> None:
    assert all(s.basis is RoleBasis.WORDS and not s.contradicted for s in cast(VISIT))


def test_turns_without_a_role_take_the_one_given_to_their_speaker() -> None:
    first, *rest = utterances(VISIT)
    said = [first.model_copy(update={"role": Role.COMPANION}), *rest]
    with_roles, speakers = assign_roles(said, load_role_model())
    assert (speakers[0].role, speakers[0].basis) == (Role.COMPANION, RoleBasis.TAGS)
    assert all(u.role is Role.COMPANION for u in with_roles if u.speaker == "S1")


def test_a_turn_that_was_tagged_otherwise_keeps_its_tag() -> None:
    said = utterances(VISIT, S1=Role.CLINICIAN, S2=Role.PATIENT)
    said[2] = said[2].model_copy(update={"role": Role.COMPANION, "relation": Relation.WIFE})
    with_roles, speakers = assign_roles(said, load_role_model())
    assert with_roles[2] == said[2]
    assert speakers[0].role is Role.CLINICIAN and speakers[0].relation is None


CHILD = """
S1  Good morning. What brings you in today? How old is he?
S2  He's four. I'm his mother. He's been pulling at his ear, and he won't sleep.
S1  Does he have a fever? Is he eating? Any medical problems?
S2  He had one last night and I gave him ibuprofen. He's not hungry.
S1  Okay, let me take a look at his ear.
"""


def test_a_mother_who_speaks_for_a_child_is_a_companion() -> None:
    with_roles, speakers = assign_roles(utterances(CHILD), load_role_model())
    assert [(s.role, s.relation) for s in speakers] == [
        (Role.CLINICIAN, None),
        (Role.COMPANION, Relation.MOTHER),
    ]
    assert {(u.role, u.relation) for u in with_roles if u.speaker == "S2"} == {
        (Role.COMPANION, Relation.MOTHER)
    }


def test_beside_its_mother_the_child_who_says_little_is_the_patient() -> None:
    script = CHILD + "S3  My ear hurts.\nS2  He had it last year, too. He was three.\n"
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.COMPANION, "S3": Role.PATIENT}


def test_a_tagged_companion_gets_the_relation_that_was_said() -> None:
    speakers = cast(CHILD, S1=Role.CLINICIAN, S2=Role.COMPANION)
    assert (speakers[1].relation, speakers[1].basis) == (Relation.MOTHER, RoleBasis.TAGS)


def test_a_tagged_patient_is_never_made_a_companion() -> None:
    assert decided(CHILD, S1=Role.CLINICIAN, S2=Role.PATIENT)["S2"] is Role.PATIENT


def test_a_nurse_who_says_so_is_a_clinician_too() -> None:
    script = VISIT + "S3  Hi, I'm the nurse. Let me take your blood pressure. Any allergies?\n"
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT, "S3": Role.CLINICIAN}


def test_a_patient_who_works_as_a_nurse_stays_the_patient() -> None:
    script = VISIT.replace("My knee hurts.", "I'm a nurse, and my knee hurts.")
    assert decided(script)["S2"] is Role.PATIENT


def test_a_resident_who_presents_the_case_is_not_the_patient() -> None:
    script = VISIT + (
        "S3  She is a thirty year old with pain on exam of the left knee. Let's follow up the "
        "x-ray. Any history of surgery? Let's go ahead and order physical therapy, and I would "
        "like you to continue the ibuprofen. We're going to do that, alright? Do you have any "
        "other questions? Let me know if you need a refill and follow up with me in a month.\n"
    )
    assert decided(script)["S2"] is Role.PATIENT
    assert decided(script)["S3"] is not Role.PATIENT


def test_of_three_who_say_much_the_doctor_may_say_least() -> None:
    script = """
S2  My back hurts. I fell and I couldn't get up, it was my hip as well, and I was so tired.
S3  I think my mother is not well. She fell twice. She won't use her stick, she was so weak.
S1  Okay. Any fever or chills? Let me take a look.
S3  No, I don't think she had. She didn't sleep, and I was worried, so I came with her.
S2  Yeah, I feel better lying down. I take something for the pain, but it does not help me.
"""
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT, "S3": Role.COMPANION}


def test_beside_a_known_clinician_the_other_voice_is_the_patient() -> None:
    assert decided(VISIT, S1=Role.CLINICIAN)["S2"] is Role.PATIENT


def test_beside_a_known_patient_the_other_voice_is_the_clinician() -> None:
    assert decided(VISIT, S2=Role.PATIENT)["S1"] is Role.CLINICIAN


def test_beside_a_known_clinician_one_who_sounds_more_like_one_stays_unknown() -> None:
    assert decided(VISIT, S2=Role.CLINICIAN)["S1"] is Role.UNKNOWN


def test_beside_clinician_and_patient_another_voice_stays_unknown() -> None:
    script = VISIT + "S3  I hurt my knee as well, and I was so tired.\n"
    assert decided(script, S1=Role.CLINICIAN, S2=Role.PATIENT)["S3"] is Role.UNKNOWN


def test_a_single_speaker_who_speaks_as_a_clinician_is_one() -> None:
    alone = "\n".join(line for line in VISIT.splitlines() if line.startswith("S1"))
    assert decided(alone) == {"S1": Role.CLINICIAN}


def test_a_single_speaker_who_could_be_anybody_stays_unknown() -> None:
    assert decided("S1  Okay. The weather is nice.") == {"S1": Role.UNKNOWN}


def test_a_speaker_of_unknown_words_only_stays_unknown() -> None:
    _, speakers = assign_roles(utterances("S1  Zzyzx."), load_role_model())
    assert speakers == [Speaker(label="S1", role=Role.UNKNOWN, margin=None)]


def test_nobody_speaking_gives_nobody() -> None:
    assert assign_roles([], load_role_model()) == ([], [])


def test_words_inside_placeholders_do_not_count() -> None:
    model = load_role_model()
    masked, plain = model.turn_scores(["how are you <NAME_1> ?", "how are you ?"])
    assert masked == plain
    assert turn_terms("<UNCERTAIN:NAME_12>") == set()


def test_words_around_a_placeholder_are_no_neighbours() -> None:
    assert turn_terms("thanks <NAME_1> doctor") == {"thanks", "doctor"}


def test_case_punctuation_and_apostrophes_do_not_matter() -> None:
    assert (
        turn_terms("I'M fine.")
        == turn_terms("i\N{RIGHT SINGLE QUOTATION MARK}m fine")
        == {
            "i'm",
            "fine",
            "i'm fine",
        }
    )


def test_a_score_is_the_intercept_and_the_scaled_weights_of_known_terms() -> None:
    model = RoleModel(weights={"any": 2.0, "fever": 4.0}, intercept=-1.0)
    assert model.turn_scores(["any fever", "any", "hello", ""]) == [
        pytest.approx(-1.0 + 6.0 / 2**0.5),
        1.0,
        0.0,
        0.0,
    ]


@given(st.lists(st.tuples(st.sampled_from(["S1", "S2", "S3"]), st.text(max_size=40)), max_size=12))
def test_any_talk_is_decided_without_loss(turns: list[tuple[str, str]]) -> None:
    said = [
        Utterance(id=f"u{number}", speaker=label, role=Role.UNKNOWN, text=text)
        for number, (label, text) in enumerate(turns)
    ]
    with_roles, speakers = assign_roles(said, load_role_model())
    stripped = {"role": Role.UNKNOWN, "relation": None}
    assert [u.model_copy(update=stripped) for u in with_roles] == said
    assert [s.label for s in speakers] == list(dict.fromkeys(label for label, _ in turns))
    assert [s.role for s in speakers].count(Role.CLINICIAN) <= 1
