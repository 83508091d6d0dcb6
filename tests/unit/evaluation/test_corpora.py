from pathlib import Path

import pytest

from medscribe.domain.transcript import Role
from medscribe.errors import ConfigurationError, InputError
from medscribe.evaluation.corpora import read_predictions, read_split, read_visits, split_file

ACI = 'encounter_id,dialogue,note\nD1,"[doctor] hi .\n[patient_guest] hello .\nagain",A note.\n'
METADATA = "encounter_id,cc\nD1,cough\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_split_is_the_csv_whose_name_ends_in_it(tmp_path: Path) -> None:
    wanted = write(tmp_path / "clinicalnlp_taskB_test1.csv", ACI)
    write(tmp_path / "clinicalnlp_taskB_test1_metadata.csv", METADATA)
    write(tmp_path / "train.csv", ACI)
    assert split_file(tmp_path, "test1") == wanted


def test_metadata_is_never_a_split(tmp_path: Path) -> None:
    write(tmp_path / "valid_metadata.csv", METADATA)
    with pytest.raises(ConfigurationError, match="No csv"):
        split_file(tmp_path, "metadata")


def test_a_name_that_fits_exactly_goes_before_longer_ones(tmp_path: Path) -> None:
    write(tmp_path / "old_valid.csv", ACI)
    wanted = write(tmp_path / "valid.csv", ACI)
    assert split_file(tmp_path, "valid") == wanted


def test_a_split_that_fits_two_files_is_refused_with_their_names(tmp_path: Path) -> None:
    write(tmp_path / "a_asr.csv", ACI)
    write(tmp_path / "b_asr.csv", ACI)
    with pytest.raises(ConfigurationError, match="a_asr, b_asr"):
        split_file(tmp_path, "asr")


def test_dialogues_become_utterances_with_roles(tmp_path: Path) -> None:
    write(tmp_path / "valid.csv", ACI)
    (visit,) = read_split(tmp_path, "valid")
    assert (visit.name, visit.note) == ("D1", "A note.")
    assert [(u.role, u.text) for u in visit.utterances] == [
        (Role.CLINICIAN, "hi ."),
        (Role.COMPANION, "hello . again"),
    ]


def test_mts_dialog_labels_are_read_too(tmp_path: Path) -> None:
    rows = (
        'ID,section_header,section_text,dialogue\n0,CC,Cough.,"Doctor: Any cough? \nPatient: Yes"\n'
    )
    write(tmp_path / "MTS-Dialog-ValidationSet.csv", rows)
    (visit,) = read_visits(tmp_path, None)
    assert visit.note == "Cough."
    assert [(u.speaker, u.role) for u in visit.utterances] == [
        ("doctor", Role.CLINICIAN),
        ("patient", Role.PATIENT),
    ]


def test_a_folder_of_transcripts_is_read_without_a_split(tmp_path: Path) -> None:
    write(tmp_path / "transcripts" / "V1.txt", "D: Any pain?\n\nP: Yes.\n")
    (visit,) = read_visits(tmp_path, None)
    assert (visit.name, visit.note, len(visit.utterances)) == ("V1", None, 2)


def test_several_csv_files_need_a_split(tmp_path: Path) -> None:
    write(tmp_path / "train.csv", ACI)
    write(tmp_path / "valid.csv", ACI)
    with pytest.raises(ConfigurationError, match="--split"):
        read_visits(tmp_path, None)


@pytest.mark.parametrize(
    ("name", "content"), [("valid.csv", "a,b\n1,2\n"), ("valid.csv", "dialogue\n")]
)
def test_a_csv_without_dialogues_is_refused(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path / name, content)
    with pytest.raises(InputError):
        read_split(tmp_path, "valid")


def test_a_folder_without_dialogues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No dialogues"):
        read_visits(tmp_path, None)
    with pytest.raises(InputError, match="no folder"):
        read_visits(tmp_path / "nothing", None)


TWO = 'encounter_id,dialogue,note\nD1,"[doctor] hi",One.\nD2,"[doctor] hi",Two.\n'


@pytest.mark.parametrize(
    "content",
    [
        "encounter_id,note\nD2,second\nD1,first\n",
        "Dialogues,note\nx,first\ny,second\n",
        "TestID,SystemOutput\nother1,first\nother2,second\n",
    ],
)
def test_predictions_are_matched_by_id_or_else_by_order(tmp_path: Path, content: str) -> None:
    write(tmp_path / "valid.csv", TWO)
    path = write(tmp_path / "out" / "p.csv", content)
    assert read_predictions(path, read_split(tmp_path, "valid")) == ["first", "second"]


def test_predictions_of_another_split_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "valid.csv", TWO)
    path = write(tmp_path / "out" / "p.csv", "encounter_id,note\nD9,secret\n")
    with pytest.raises(InputError, match="1 rows for 2 visits") as refused:
        read_predictions(path, read_split(tmp_path, "valid"))
    assert "secret" not in str(refused.value)


def test_a_missing_file_of_predictions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no csv of predictions"):
        read_predictions(tmp_path / "p.csv", [])


@pytest.mark.corpus
def test_all_corpora_are_read_whole(corpora: Path) -> None:
    assert len(read_split(corpora / "aci-bench", "test1")) == 40
    assert len(read_visits(corpora / "mts-dialog", "ValidationSet")) == 100
    primock = read_visits(corpora / "primock57", None)
    assert len(primock) == 35
    assert all(visit.note for visit in primock)
    assert len(read_visits(corpora / "visits", None)) == 213
