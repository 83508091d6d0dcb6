import json
from pathlib import Path

import pytest

from medscribe.dialogue.roles import load_role_model, read_role_model
from medscribe.errors import InputError
from medscribe.training.roles import train_role_model

pytest.importorskip("sklearn", reason="the train extra is not installed")

ACI_ROW = '{id},virtassist,"[doctor] {asks}\n[patient] {answers}",A note.\n'
MTS_ROW = '{id},GENHX,Text.,"Doctor: {asks}\nPatient: {answers}\nGuest_family: {answers}"\n'


def made_corpora(folder: Path, *, swapped: bool = False) -> Path:
    """Corpora whose clinicians ask "do you have pain" and whose patients say "yes it hurts"."""
    asks, answers = "do you have pain", "yes it hurts"
    aci, mts = folder / "aci-bench", folder / "mts-dialog"
    aci.mkdir(parents=True)
    mts.mkdir()
    says = {"asks": answers, "answers": asks} if swapped else {"asks": asks, "answers": answers}
    rows = "".join(ACI_ROW.format(id=f"D{number}", **says) for number in range(20))
    for name in ("train", "valid"):
        (aci / f"{name}.csv").write_text("encounter_id,dataset,dialogue,note\n" + rows, "utf-8")
    if swapped:
        listed = "".join(f"D{number}\ttrain\tread\n" for number in range(20))
        (aci / "aci_bench_swapped_speaker_encounters.tsv").write_text(
            "encounter_id\tsplit\tverified_by\n" + listed, "utf-8"
        )
    row = MTS_ROW.format(id=0, asks=asks, answers=answers)
    for name in ("TrainingSet", "ValidationSet"):
        text = "ID,section_header,section_text,dialogue\n" + row
        (mts / f"MTS-Dialog-{name}.csv").write_text(text, "utf-8")
    return folder


def test_a_trained_model_tells_questions_from_answers(tmp_path: Path) -> None:
    figures = train_role_model(made_corpora(tmp_path / "data"), tmp_path / "roles.json")
    asking, answering = read_role_model(tmp_path / "roles.json").turn_scores(
        ["do you have pain", "yes it hurts"]
    )
    assert asking > 0 > answering
    assert figures["aci_bench_valid"] == figures["mts_dialog_validation"] == 1.0


def test_turns_of_guests_are_left_out(tmp_path: Path) -> None:
    figures = train_role_model(made_corpora(tmp_path / "data"), tmp_path / "roles.json")
    assert figures["turns"] == 20 * 2 + 2


def test_exchanged_speaker_tags_are_put_right(tmp_path: Path) -> None:
    train_role_model(made_corpora(tmp_path / "data", swapped=True), tmp_path / "roles.json")
    asking, answering = read_role_model(tmp_path / "roles.json").turn_scores(
        ["do you have pain", "yes it hurts"]
    )
    assert asking > 0 > answering


def test_training_twice_gives_the_same_file(tmp_path: Path) -> None:
    data = made_corpora(tmp_path / "data")
    train_role_model(data, tmp_path / "first.json")
    train_role_model(data, tmp_path / "second.json")
    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"aci-bench/train\.csv is missing"):
        train_role_model(tmp_path, tmp_path / "roles.json")


@pytest.mark.corpus
def test_the_shipped_model_comes_out_of_training_again(corpora: Path, tmp_path: Path) -> None:
    train_role_model(corpora, tmp_path / "roles.json")
    again, shipped = read_role_model(tmp_path / "roles.json"), load_role_model()
    assert again.weights.keys() == shipped.weights.keys()
    assert again.weights == pytest.approx(dict(shipped.weights), abs=0.011)
    assert (tmp_path / "roles.json").stat().st_size < 30_000
    assert set(json.loads((tmp_path / "roles.json").read_text("utf-8"))) == {
        "intercept",
        "weights_in_hundredths",
    }
