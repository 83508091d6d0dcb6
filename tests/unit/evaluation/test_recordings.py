from pathlib import Path

import pytest

from medscribe.domain.transcript import Role
from medscribe.errors import InputError
from medscribe.evaluation.recordings import recordings, recordings_with_transcripts

RTTM = "SPEAKER {name} 1 {start} {duration} <NA> <NA> {who} <NA> <NA>\n"


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_recordings_and_transcripts_in_their_own_folders_are_paired(tmp_path: Path) -> None:
    write(tmp_path / "audio" / "V1.mp3")
    write(tmp_path / "transcripts" / "V1.txt", "D: Any pain?\n\nP: Yes.\n")
    write(tmp_path / "transcripts" / "V2.txt", "D: Any pain?\n\nP: No.\n")
    (found,) = recordings(tmp_path)
    assert found.name == "V1"
    assert found.transcript is not None
    assert [u.role for u in found.transcript] == [Role.CLINICIAN, Role.PATIENT]
    assert found.turns is None


def test_recordings_and_transcripts_side_by_side_are_paired(tmp_path: Path) -> None:
    write(tmp_path / "sample.WAV")
    write(tmp_path / "sample.txt", "D: Any pain?\nP: Yes.\n")
    (found,) = recordings_with_transcripts(tmp_path)
    assert found.transcript is not None
    assert [u.text for u in found.transcript] == ["Any pain?", "Yes."]


def test_turns_are_found_by_the_name_inside_the_rttm(tmp_path: Path) -> None:
    write(tmp_path / "dev00.wav")
    lines = [
        RTTM.format(name="dev00", start=5.0, duration=1.5, who="B"),
        RTTM.format(name="dev01", start=0.0, duration=9.0, who="C"),
        RTTM.format(name="dev00", start=1.0, duration=2.0, who="A"),
    ]
    write(tmp_path / "all.rttm", "".join(lines))
    (found,) = recordings(tmp_path)
    assert found.turns is not None
    assert [(t.label, t.span.start, t.span.end) for t in found.turns] == [
        ("A", 1.0, 3.0),
        ("B", 5.0, 6.5),
    ]


def test_a_transcript_of_the_same_visit_is_found_by_its_series_name(tmp_path: Path) -> None:
    write(tmp_path / "visit__audios__1.mp3")
    write(tmp_path / "visit__audio2transcript.json", '[{"speaker": "Doctor", "text": "Hello."}]')
    write(tmp_path / "expected.json", "{}")
    (found,) = recordings_with_transcripts(tmp_path)
    assert found.transcript is not None
    assert found.transcript[0].text == "Hello."


def test_recordings_without_any_reference_are_listed_without_one(tmp_path: Path) -> None:
    write(tmp_path / "empty.wav")
    (found,) = recordings(tmp_path)
    assert (found.transcript, found.turns) == (None, None)


def test_a_folder_without_transcripts_says_what_is_needed(tmp_path: Path) -> None:
    write(tmp_path / "empty.wav")
    with pytest.raises(InputError, match="transcript of the same name"):
        recordings_with_transcripts(tmp_path)


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder of data"):
        recordings(tmp_path / "nothing")


def test_an_rttm_without_times_is_refused_without_quoting_it(tmp_path: Path) -> None:
    write(tmp_path / "x.rttm", RTTM.format(name="x", start="early", duration=1, who="A"))
    with pytest.raises(InputError, match="no valid times") as refused:
        recordings(tmp_path)
    assert "early" not in str(refused.value)
