"""What the clinician says about a voice holds."""

import pytest

from medscribe.dialogue.corrections import apply_corrections, flipped, with_roles
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import (
    Relation,
    Role,
    RoleBasis,
    Speaker,
    SpeakerCorrection,
    SpeakerTurn,
    Utterance,
)
from medscribe.errors import InputError

CLINICIAN = Speaker(label="S1", role=Role.CLINICIAN, margin=-2.0, contradicted=True)
PATIENT = Speaker(label="S2", role=Role.PATIENT, margin=2.0, contradicted=True)
UNKNOWN = Speaker(label="S3", role=Role.UNKNOWN)
MOTHER = Speaker(label="S4", role=Role.COMPANION, relation=Relation.MOTHER)


def said_by(*speakers: Speaker) -> list[Utterance]:
    """One utterance each, ten seconds long, in order."""
    return [
        Utterance(
            id=f"u{number}",
            speaker=speaker.label,
            role=speaker.role,
            relation=speaker.relation,
            text="Hello.",
            span=TimeSpan(start=10 * number, end=10 * number + 10),
        )
        for number, speaker in enumerate(speakers)
    ]


def corrected(
    speakers: list[Speaker], *corrections: SpeakerCorrection, turns: tuple[SpeakerTurn, ...] = ()
) -> dict[str, tuple[Role, Relation | None]]:
    """Role and relation by label; utterances agree with them."""
    utterances, placed = apply_corrections(said_by(*speakers), speakers, corrections, turns)
    by_label = {each.label: (each.role, each.relation) for each in placed}
    assert {u.speaker: (u.role, u.relation) for u in utterances} == by_label
    return by_label


def test_a_corrected_role_rests_on_the_clinician_and_is_contradicted_no_more() -> None:
    _, speakers = apply_corrections(
        said_by(CLINICIAN, PATIENT),
        [CLINICIAN, PATIENT],
        [SpeakerCorrection(speaker="S1", role=Role.CLINICIAN)],
    )
    assert speakers[0].basis is RoleBasis.CLINICIAN
    assert speakers[0].margin == CLINICIAN.margin
    assert not any(speaker.contradicted for speaker in speakers)


def test_a_flip_exchanges_the_two_and_no_one_else() -> None:
    cast = [CLINICIAN, PATIENT, MOTHER]
    assert corrected(cast, *flipped(cast)) == {
        "S1": (Role.PATIENT, None),
        "S2": (Role.CLINICIAN, None),
        "S4": (Role.COMPANION, Relation.MOTHER),
    }


def test_two_flips_change_nothing() -> None:
    cast = [CLINICIAN, PATIENT]
    once = apply_corrections(said_by(*cast), cast, flipped(cast))
    _, twice = apply_corrections(*once, flipped(once[1]))
    assert [speaker.role for speaker in twice] == [Role.CLINICIAN, Role.PATIENT]


@pytest.mark.parametrize(
    ("cast", "missing"),
    [
        ([CLINICIAN, UNKNOWN], "no voice is the patient"),
        ([PATIENT], "no voice is the clinician"),
        ([], "no voice is the clinician"),
        ([CLINICIAN, PATIENT, PATIENT.model_copy(update={"label": "S9"})], "more than one voice"),
    ],
)
def test_what_a_flip_lacks_is_said(cast: list[Speaker], missing: str) -> None:
    with pytest.raises(InputError, match=missing):
        flipped(cast)


def test_of_two_voices_one_correction_says_who_the_other_is() -> None:
    assert corrected([CLINICIAN, PATIENT], SpeakerCorrection(speaker="S1", role=Role.PATIENT)) == {
        "S1": (Role.PATIENT, None),
        "S2": (Role.CLINICIAN, None),
    }


def test_a_nurse_does_not_make_the_doctor_a_patient() -> None:
    cast = [CLINICIAN, PATIENT, UNKNOWN]
    assert corrected(cast, SpeakerCorrection(speaker="S3", role=Role.CLINICIAN)) == {
        "S1": (Role.CLINICIAN, None),
        "S2": (Role.PATIENT, None),
        "S3": (Role.CLINICIAN, None),
    }


def test_a_relation_alone_makes_a_companion() -> None:
    assert corrected(
        [CLINICIAN, PATIENT], SpeakerCorrection(speaker="S2", relation=Relation.MOTHER)
    )["S2"] == (Role.COMPANION, Relation.MOTHER)


def test_a_companion_who_is_corrected_to_one_keeps_the_relation() -> None:
    correction = SpeakerCorrection(speaker="S4", role=Role.COMPANION)
    assert corrected([MOTHER], correction)["S4"] == (Role.COMPANION, Relation.MOTHER)


def test_who_is_no_companion_has_no_relation() -> None:
    correction = SpeakerCorrection(speaker="S4", role=Role.PATIENT)
    assert corrected([CLINICIAN, MOTHER], correction)["S4"] == (Role.PATIENT, None)


def test_a_name_alone_changes_no_role() -> None:
    utterances, speakers = apply_corrections(
        said_by(CLINICIAN), [CLINICIAN], [SpeakerCorrection(speaker="S1", name="Ann Lee")]
    )
    assert speakers == [CLINICIAN]
    assert utterances == said_by(CLINICIAN)


def test_the_later_of_two_corrections_wins() -> None:
    assert corrected(
        [UNKNOWN],
        SpeakerCorrection(speaker="S3", relation=Relation.SON),
        SpeakerCorrection(speaker="S3", role=Role.PATIENT),
    ) == {"S3": (Role.PATIENT, None)}
    assert corrected(
        [UNKNOWN],
        SpeakerCorrection(speaker="S3", role=Role.PATIENT),
        SpeakerCorrection(speaker="S3", relation=Relation.SON),
    ) == {"S3": (Role.COMPANION, Relation.SON)}


def test_a_voice_is_found_again_by_when_it_spoke() -> None:
    heard = (TimeSpan(start=11, end=19), TimeSpan(start=9, end=10))
    correction = SpeakerCorrection(speaker="S1", relation=Relation.WIFE, heard=heard)
    assert corrected([CLINICIAN, UNKNOWN], correction) == {
        "S1": (Role.CLINICIAN, None),
        "S3": (Role.COMPANION, Relation.WIFE),
    }


def test_turns_tell_who_spoke_when_before_utterances_do() -> None:
    turns = (
        SpeakerTurn(label="S3", span=TimeSpan(start=0, end=5)),
        SpeakerTurn(label="S1", span=TimeSpan(start=5, end=20)),
    )
    correction = SpeakerCorrection(
        speaker="S9", relation=Relation.WIFE, heard=(TimeSpan(start=1, end=4),)
    )
    assert corrected([CLINICIAN, UNKNOWN], correction, turns=turns)["S3"][1] is Relation.WIFE


def test_where_nobody_speaks_any_more_the_label_counts() -> None:
    correction = SpeakerCorrection(
        speaker="S3", role=Role.PATIENT, heard=(TimeSpan(start=500, end=501),)
    )
    assert corrected([CLINICIAN, UNKNOWN], correction)["S3"] == (Role.PATIENT, None)


def test_an_unknown_label_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="S1, S2"):
        corrected([CLINICIAN, PATIENT], SpeakerCorrection(speaker="S7", role=Role.PATIENT))


def test_roles_reach_the_utterances_of_their_voices_only() -> None:
    utterances = said_by(UNKNOWN, CLINICIAN)
    placed = with_roles(utterances, [UNKNOWN.model_copy(update={"role": Role.PATIENT})])
    assert [utterance.role for utterance in placed] == [Role.PATIENT, Role.CLINICIAN]
