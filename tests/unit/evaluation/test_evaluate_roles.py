from pathlib import Path

import pytest

from medscribe.dialogue.roles import load_role_model
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.corpora import read_split
from medscribe.evaluation.roles import Outcome, evaluate_roles, judge_roles

ASKS = "What brings you in today? Do you have any fever or chills?"
ANSWERS = "My knee hurts. I think I twisted it when I was running."
ANYBODY = "Okay, thank you."


def visit(clinician: str, patient: str) -> list[Utterance]:
    return [
        Utterance(id="u1", speaker="doctor", role=Role.CLINICIAN, text=clinician),
        Utterance(id="u2", speaker="patient", role=Role.PATIENT, text=patient),
    ]


@pytest.mark.parametrize(
    ("clinician", "patient", "outcome"),
    [
        (ASKS, ANSWERS, Outcome.RIGHT),
        (ANSWERS, ASKS, Outcome.WRONG),
        (ANYBODY, ANYBODY, Outcome.UNDECIDED),
    ],
)
def test_a_visit_is_judged_from_words_alone(clinician: str, patient: str, outcome: Outcome) -> None:
    assert judge_roles(visit(clinician, patient), load_role_model()) is outcome


def test_a_companion_who_stays_unknown_spoils_nothing() -> None:
    guest = Utterance(id="u3", speaker="guest", role=Role.COMPANION, text="He has been limping.")
    assert judge_roles([*visit(ASKS, ANSWERS), guest], load_role_model()) is Outcome.RIGHT


def test_a_visit_without_known_roles_is_not_judged() -> None:
    unknown = [u.model_copy(update={"role": Role.UNKNOWN}) for u in visit(ASKS, ANSWERS)]
    assert judge_roles(unknown, load_role_model()) is None


def test_figures_count_visits_and_turns(tmp_path: Path) -> None:
    rows = [
        f'D1,"[doctor] {ASKS}\n[patient] {ANSWERS}"',
        f'D2,"[doctor] {ANSWERS}\n[patient] {ASKS}"',
    ]
    (tmp_path / "valid.csv").write_text("id,dialogue\n" + "\n".join(rows) + "\n", "utf-8")
    assert evaluate_roles(tmp_path, load_role_model(), "valid") == {
        "encounters": 2,
        "right": 1,
        "wrong": 1,
        "undecided": 0,
        "turn_accuracy": 0.5,
    }


def test_dialogues_without_known_roles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "valid.csv").write_text('id,dialogue\nD1,"[a] hi\n[b] hello"\n', "utf-8")
    with pytest.raises(InputError, match="No dialogue names"):
        evaluate_roles(tmp_path, load_role_model(), "valid")


@pytest.mark.corpus
def test_every_primock_visit_is_right(corpora: Path) -> None:
    result = evaluate_roles(corpora / "primock57", load_role_model(), None)
    assert (result["encounters"], result["right"]) == (35, 35)
    assert result["turn_accuracy"] > 0.84


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("split", "exchanged"), [("valid", {"D2N082"}), ("test1", {"D2N114", "D2N125"})]
)
def test_only_visits_with_exchanged_tags_are_not_right(
    corpora: Path, split: str, exchanged: set[str]
) -> None:
    judged = {
        visit.name: judge_roles(visit.utterances, load_role_model())
        for visit in read_split(corpora / "aci-bench", split)
    }
    assert {name for name, outcome in judged.items() if outcome is not Outcome.RIGHT} == exchanged
