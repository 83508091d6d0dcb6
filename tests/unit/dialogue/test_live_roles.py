"""Roles while a visit goes on: early, and without flapping."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.live_roles import LEAST_EVIDENCE, TURNS_TO_CHANGE, LiveRoles
from medscribe.dialogue.roles import RoleModel, assign_roles, load_role_model
from medscribe.domain.transcript import Relation, Role, RoleBasis, SpeakerCorrection, Utterance
from medscribe.errors import InputError

ASKS = RoleModel(weights={"ask": 4.0, "hurts": -4.0}, intercept=0.0)
"""Who says `ask` speaks like a clinician, who says `hurts` like a patient, 4.0 a turn."""


def turns(*said: str) -> list[Utterance]:
    """ "1 ask" -> S1 says "ask"."""
    return [
        Utterance(id=f"u{number}", speaker=f"S{each[0]}", role=Role.UNKNOWN, text=each[2:])
        for number, each in enumerate(said, start=1)
    ]


def roles(live: LiveRoles, said: list[Utterance]) -> dict[str, Role]:
    utterances, speakers = live.assign(said)
    by_label = {speaker.label: speaker.role for speaker in speakers}
    assert [u.role for u in utterances] == [by_label[u.speaker] for u in utterances]
    return by_label


VISIT = ("1 ask", "2 it hurts")
DECIDED = {"S1": Role.CLINICIAN, "S2": Role.PATIENT}
EXCHANGED = {"S1": Role.PATIENT, "S2": Role.CLINICIAN}


def test_roles_are_decided_once_both_have_spoken_clearly() -> None:
    live = LiveRoles(ASKS)
    assert roles(live, turns("1 ask")) == {"S1": Role.UNKNOWN}
    assert roles(live, turns(*VISIT)) == DECIDED


def test_little_evidence_decides_nothing() -> None:
    weak = RoleModel(
        weights={"ask": LEAST_EVIDENCE / 2 - 0.1, "hurts": -LEAST_EVIDENCE / 2}, intercept=0
    )
    live = LiveRoles(weak)
    assert set(roles(live, turns(*VISIT)).values()) == {Role.UNKNOWN}
    assert roles(live, turns(*VISIT, *VISIT)) == DECIDED


def test_a_decision_stays_when_the_words_become_even() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    assert roles(live, turns(*VISIT, "1 it hurts", "2 ask")) == DECIDED


def test_a_decision_changes_only_after_enough_turns_speak_against_it() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    against = ["1 it hurts", "2 ask"] * 20
    course = [roles(live, turns(*VISIT, *against[:n])) for n in range(1, len(against))]
    changed = course.index(EXCHANGED)
    assert changed >= TURNS_TO_CHANGE
    assert all(each == DECIDED for each in course[:changed])
    assert all(each == EXCHANGED for each in course[changed:])


def test_doubt_that_does_not_last_is_forgotten() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    doubtful = ["1 it hurts", "1 it hurts", "1 it hurts", "2 ask", "2 ask", "2 ask"]
    assert roles(live, turns(*VISIT, *doubtful)) == DECIDED
    settled = [*doubtful, *VISIT, *VISIT, *VISIT, *VISIT, *VISIT]
    assert roles(live, turns(*VISIT, *settled)) == DECIDED
    assert roles(live, turns(*VISIT, *settled, *doubtful[:1])) == DECIDED


def test_words_that_are_given_to_another_voice_do_not_flip_at_once() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    assert roles(live, turns("2 ask", "1 it hurts")) == DECIDED


def test_a_voice_that_is_gone_does_not_stand_in_the_way() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    assert roles(live, turns("1 ask", "3 it hurts")) == {"S1": Role.CLINICIAN, "S3": Role.PATIENT}


def test_a_mother_is_not_the_patient_before_she_is_known_as_a_companion() -> None:
    live = LiveRoles(load_role_model())
    script = (
        "1 Good morning. What brings you in today?",
        "2 He's four, and he's been pulling at his ear.",
        "1 Does he have a fever? Does he have any medical problems?",
        "2 I'm his mother. He had one last night, but he's not hungry, and he won't sleep.",
        "1 Okay, let me take a look at his ear.",
    )
    course = [roles(live, turns(*script[:n])) for n in range(1, len(script) + 1)]
    assert not any(Role.PATIENT in each.values() for each in course)
    assert course[-1] == {"S1": Role.CLINICIAN, "S2": Role.COMPANION}


def test_a_relation_that_is_said_later_is_added() -> None:
    live = LiveRoles(ASKS)
    said = ["1 ask how is he", "2 he hurts he hurts he hurts his ear"]
    assert live.assign(turns(*said))[1][1].relation is None
    _, speakers = live.assign(turns(*said, "1 ask him", "2 i'm his aunt"))
    assert (speakers[1].role, speakers[1].relation) == (Role.COMPANION, Relation.AUNT)


def test_what_the_clinician_says_is_final() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    live.correct(SpeakerCorrection(speaker="S1", role=Role.PATIENT))
    assert roles(live, turns(*VISIT)) == EXCHANGED
    assert roles(live, turns(*VISIT * 30)) == EXCHANGED
    assert live.assign(turns(*VISIT))[1][0].basis is RoleBasis.CLINICIAN


def test_a_correction_outlives_the_absence_of_its_voice() -> None:
    live = LiveRoles(ASKS)
    roles(live, turns(*VISIT))
    live.correct(SpeakerCorrection(speaker="S2", relation=Relation.SON))
    assert roles(live, turns("1 ask")) == {"S1": Role.CLINICIAN}
    assert roles(live, turns(*VISIT))["S2"] is Role.COMPANION


def test_a_voice_that_was_not_heard_cannot_be_corrected() -> None:
    live = LiveRoles(ASKS)
    with pytest.raises(InputError, match="none"):
        live.correct(SpeakerCorrection(speaker="S1", role=Role.PATIENT))
    roles(live, turns(*VISIT))
    with pytest.raises(InputError, match="S1, S2"):
        live.correct(SpeakerCorrection(speaker="S7", role=Role.PATIENT))


def test_roles_that_tags_gave_are_kept() -> None:
    tagged = [u.model_copy(update={"role": EXCHANGED[u.speaker]}) for u in turns(*VISIT * 6)]
    _, speakers = LiveRoles(ASKS).assign(tagged)
    assert {s.label: s.role for s in speakers} == EXCHANGED
    assert all(s.contradicted for s in speakers)


def test_nobody_speaking_gives_nobody() -> None:
    assert LiveRoles(ASKS).assign([]) == ([], [])


@given(st.lists(st.sampled_from(["1 ask", "1 it hurts", "2 ask", "2 it hurts"]), max_size=40))
def test_no_talk_makes_roles_flap(said: list[str]) -> None:
    live = LiveRoles(ASKS)
    decisions = []
    for count in range(1, len(said) + 1):
        now = roles(live, turns(*said[:count]))
        if Role.CLINICIAN in now.values() and (not decisions or decisions[-1][1] != now):
            decisions.append((count, now))
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(decisions)]
    assert all(gap >= TURNS_TO_CHANGE for gap in gaps)


def test_a_whole_visit_ends_as_it_is_decided_offline() -> None:
    said = turns(*VISIT * 10)
    live = LiveRoles(ASKS)
    for count in range(1, len(said)):
        live.assign(said[:count])
    assert live.assign(said) == assign_roles(said, ASKS)
