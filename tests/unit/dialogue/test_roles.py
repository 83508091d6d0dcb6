import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.roles import RoleModel, assign_roles, load_role_model, turn_terms
from medscribe.domain.transcript import Role, Speaker, Utterance

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


def test_given_roles_stay_and_carry_no_margin() -> None:
    roles = {"S1": Role.PATIENT, "S2": Role.CLINICIAN}
    with_roles, speakers = assign_roles(utterances(VISIT, **roles), load_role_model())
    assert {s.label: s.role for s in speakers} == roles
    assert all(s.margin is None for s in speakers)
    assert all(u.role is roles[u.speaker] for u in with_roles)


def test_turns_without_a_role_take_the_one_given_to_their_speaker() -> None:
    first, *rest = utterances(VISIT)
    said = [first.model_copy(update={"role": Role.COMPANION}), *rest]
    with_roles, speakers = assign_roles(said, load_role_model())
    assert speakers[0] == Speaker(label="S1", role=Role.COMPANION, margin=None)
    assert all(u.role is Role.COMPANION for u in with_roles if u.speaker == "S1")


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
    assert speakers == [Speaker(label="S1", role=Role.UNKNOWN, margin=0.0)]


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
    assert [u.model_copy(update={"role": Role.UNKNOWN}) for u in with_roles] == said
    assert [s.label for s in speakers] == list(dict.fromkeys(label for label, _ in turns))
    assert [s.role for s in speakers].count(Role.CLINICIAN) <= 1
