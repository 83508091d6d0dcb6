"""Tags of clinician and patient, exchanged in a recording, are put right."""

from pathlib import Path

import pytest
from tests.talk import talk

from medscribe.domain.transcript import Role
from medscribe.note.exchanged_roles import tags_exchanged, with_true_roles
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create
from medscribe.training.note_corpus import read_swapped, read_visits

EXCHANGED = """
    PATIENT    What brings you in today? Do you have any pain?
    CLINICIAN  My left knee has been hurting for two weeks.
    PATIENT    Did you have any fever?
    CLINICIAN  No.
    PATIENT    On your knee exam I do appreciate an effusion. I'm going to order an x-ray.
"""


def test_a_patient_who_examines_and_orders_is_the_clinician() -> None:
    utterances = with_true_roles(talk(EXCHANGED))
    assert [utterance.role for utterance in utterances[:2]] == [Role.CLINICIAN, Role.PATIENT]
    assert [u.text for u in utterances] == [u.text for u in talk(EXCHANGED)]


def test_the_note_tells_what_the_patient_said_as_history() -> None:
    note = create(Options()).write(talk(EXCHANGED), load_template("soap"))
    text = " ".join(statement.text for statement in note.statements)
    assert "knee has been hurting" in text
    assert "x-ray" in text


@pytest.mark.parametrize(
    "script",
    [
        "",
        "PATIENT  I have a cough.\nCLINICIAN  Do you smoke?\nPATIENT  No.",
        "PATIENT  Did you get my labs? Are you going to prescribe something?\nCLINICIAN  Yes.",
        "CLINICIAN  I'm going to order an x-ray.\nPATIENT  Do you think I need it? Can you wait?",
        "UNKNOWN  I'm going to order an x-ray.\nUNKNOWN  Do you think so?",
    ],
)
def test_other_talk_stays_as_it_is(script: str) -> None:
    utterances = talk(script)
    assert with_true_roles(utterances) == list(utterances)


def test_companions_stay_companions() -> None:
    script = EXCHANGED + "\n    COMPANION  He limps.\n"
    assert with_true_roles(talk(script))[-1].role is Role.COMPANION


@pytest.mark.corpus
def test_only_the_visits_listed_as_exchanged_are_touched(corpora: Path) -> None:
    folder = corpora / "aci-bench"
    for name in ("train.csv", "valid.csv"):
        for visit in read_visits(folder / name):
            assert tags_exchanged(visit.utterances) == (visit.id in read_swapped(folder))
