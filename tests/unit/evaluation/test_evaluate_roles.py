from pathlib import Path

import pytest

from medscribe.dialogue.roles import load_role_model
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.role_outcomes import Outcome, outcome_of
from medscribe.evaluation.roles import decided_from_words, evaluate_roles

ASKS = "What brings you in today? Do you have any fever or chills?"
ANSWERS = "My knee hurts. I think I twisted it when I was running."
ANYBODY = "Okay, thank you."


def visit(clinician: str, patient: str) -> list[Utterance]:
    return [
        Utterance(id="u1", speaker="doctor", role=Role.CLINICIAN, text=clinician),
        Utterance(id="u2", speaker="patient", role=Role.PATIENT, text=patient),
    ]


def outcome_from_words(said: list[Utterance]) -> Outcome | None:
    return outcome_of(said, decided_from_words(said, load_role_model()))


@pytest.mark.parametrize(
    ("clinician", "patient", "outcome"),
    [
        (ASKS, ANSWERS, Outcome.RIGHT),
        (ANSWERS, ASKS, Outcome.WRONG),
        (ANYBODY, ANYBODY, Outcome.UNDECIDED),
    ],
)
def test_a_visit_is_judged_from_words_alone(clinician: str, patient: str, outcome: Outcome) -> None:
    assert outcome_from_words(visit(clinician, patient)) is outcome


def test_a_companion_who_stays_unknown_spoils_nothing() -> None:
    guest = Utterance(id="u3", speaker="guest", role=Role.COMPANION, text="He has been limping.")
    assert outcome_from_words([*visit(ASKS, ANSWERS), guest]) is Outcome.RIGHT


def test_a_visit_without_known_roles_is_not_judged() -> None:
    unknown = [u.model_copy(update={"role": Role.UNKNOWN}) for u in visit(ASKS, ANSWERS)]
    assert outcome_from_words(unknown) is None


def dialogue(*turns: tuple[str, str]) -> str:
    """Tag and words of each turn, as a cell of a csv."""
    return '"' + "\n".join(f"[{tag}] {said}" for tag, said in turns) + '"'


TRUE = dialogue(("doctor", ASKS), ("patient", ANSWERS))
EXCHANGED = dialogue(*[("doctor", ANSWERS), ("patient", ASKS)] * 5)


def csv_of(folder: Path, name: str, *rows: tuple[str, str]) -> None:
    lines = [f"{visit},{said}" for visit, said in rows]
    (folder / name).write_text("id,dialogue\n" + "\n".join(lines) + "\n", "utf-8")


def test_figures_count_visits_and_turns(tmp_path: Path) -> None:
    csv_of(
        tmp_path,
        "valid.csv",
        ("D1", TRUE),
        ("D2", dialogue(("doctor", ANSWERS), ("patient", ASKS))),
    )
    result = evaluate_roles(tmp_path, load_role_model(), "valid")
    figures = {key: result[key] for key in ("encounters", "right", "wrong", "undecided")}
    assert figures == {"encounters": 2, "right": 1, "wrong": 1, "undecided": 0}
    assert result["turn_accuracy"] == 0.5
    assert result["not_right"] == ["D2"]
    assert result["swapped_tags"] == []


def test_without_a_split_every_csv_of_dialogues_is_read(tmp_path: Path) -> None:
    csv_of(tmp_path, "train.csv", ("D1", TRUE))
    csv_of(tmp_path, "valid.csv", ("D2", TRUE))
    (tmp_path / "train_metadata.csv").write_text("id,dialogue\nD1,none\n", "utf-8")
    (tmp_path / "scores.csv").write_text("system,score\na,1\n", "utf-8")
    assert evaluate_roles(tmp_path, load_role_model(), None)["encounters"] == 2


def test_exchanged_tags_are_told_by_words_and_by_the_list_beside_the_data(tmp_path: Path) -> None:
    csv_of(tmp_path, "valid.csv", ("D1", TRUE), ("D2", EXCHANGED))
    result = evaluate_roles(tmp_path, load_role_model(), None)
    assert (result["swapped_tags"], result["wrong_but_tags_swapped"]) == (["D2"], [])
    (tmp_path / "known_swapped.tsv").write_text("id\tby\nD1\tread\nD2\tread\n", "utf-8")
    result = evaluate_roles(tmp_path, load_role_model(), None)
    assert (result["swapped_tags"], result["wrong_but_tags_swapped"]) == (["D2"], ["D2"])


def test_companions_are_counted_with_what_they_were_called(tmp_path: Path) -> None:
    mother = ("patient_guest", "Hi, I'm his mother. He was pulling at his ear, and he won't sleep.")
    csv_of(
        tmp_path,
        "valid.csv",
        ("D1", dialogue(("doctor", ASKS), ("patient", ANSWERS), mother)),
        ("D2", dialogue(("doctor", ASKS), ("patient", ANSWERS), ("guest_family", "Okay."))),
    )
    result = evaluate_roles(tmp_path, load_role_model(), None)
    assert result["companions"] == {"mentions": 2, "right": 1, "wrong": 0, "with_relation": 1}


def test_a_mother_who_is_tagged_as_the_patient_is_named_and_not_wrong(tmp_path: Path) -> None:
    said = [
        ("doctor", "How old is he? " + ASKS),
        ("patient", "He's four. He was sick. He can't eat."),
    ]
    csv_of(tmp_path, "valid.csv", ("D1", dialogue(*said, *said)), ("D2", TRUE))
    result = evaluate_roles(tmp_path, load_role_model(), None)
    assert (result["right"], result["patients_who_speak_for_another"]) == (2, ["D1"])


def test_live_roles_are_judged_after_some_turns_and_for_every_change(tmp_path: Path) -> None:
    turns = [("doctor", ASKS), ("patient", ANSWERS)]
    wavering = [*turns, *[("doctor", ANSWERS), ("patient", ASKS)] * 15]
    csv_of(tmp_path, "valid.csv", ("D1", dialogue(*turns * 3)), ("D2", dialogue(*wavering)))
    result = evaluate_roles(tmp_path, load_role_model(), None)
    assert result["first_5_turns"] == {"dialogues": 2, "right": 1.0, "wrong": 0.0}
    assert result["first_10_turns"] == {"dialogues": 1, "right": 1.0, "wrong": 0.0}
    assert result["changes_after_first_decision"] == {"dialogues": 1, "more_than_once": 0}
    assert result["live_ends_as_offline"] == 1.0


def test_dialogues_without_known_roles_are_refused(tmp_path: Path) -> None:
    (tmp_path / "valid.csv").write_text('id,dialogue\nD1,"[a] hi\n[b] hello"\n', "utf-8")
    with pytest.raises(InputError, match="No dialogue names"):
        evaluate_roles(tmp_path, load_role_model(), "valid")


@pytest.mark.corpus
def test_every_primock_visit_is_right(corpora: Path) -> None:
    result = evaluate_roles(corpora / "primock57", load_role_model(), None)
    assert (result["encounters"], result["right"]) == (35, 35)
    assert result["turn_accuracy"] > 0.84
    assert result["swapped_tags"] == result["patients_who_speak_for_another"] == []
    assert result["changes_after_first_decision"]["dialogues"] == 0


@pytest.mark.corpus
def test_only_visits_with_exchanged_tags_are_not_right(corpora: Path) -> None:
    result = evaluate_roles(corpora / "aci-bench", load_role_model(), None)
    known = [*result["wrong_but_tags_swapped"], *result["undecided_but_tags_swapped"]]
    assert sorted(result["not_right"]) == sorted(known)
    assert set(result["swapped_tags"]) == set(result["wrong_but_tags_swapped"])
    assert result["changes_after_first_decision"]["more_than_once"] == 0


@pytest.mark.corpus
def test_parents_of_long_interviews_are_companions_and_nobody_else(
    corpora: Path, tmp_path: Path
) -> None:
    """Every third interview: all 213 take a quarter of a minute and come out right as well."""
    every_third = tmp_path / "transcripts"
    every_third.mkdir()
    for path in sorted((corpora / "visits" / "transcripts").glob("*.txt"))[::3]:
        (every_third / path.name).symlink_to(path)

    result = evaluate_roles(tmp_path, load_role_model(), None)

    assert result["right"] == result["encounters"] == len(list(every_third.iterdir()))
    assert len(result["patients_who_speak_for_another"]) == 7
