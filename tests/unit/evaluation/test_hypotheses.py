"""Stored recognitions and the visits that they belong to."""

from pathlib import Path

import pytest

from medscribe.errors import InputError
from medscribe.evaluation.hypotheses import read_hypotheses
from medscribe.evaluation.speech import evaluate_hypotheses

VISITS = ("day1_consultation01", "day1_consultation02", "day1_consultation010")


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem}.txt").write_text(text, "utf-8")
    return folder


def test_files_are_matched_by_the_visits_name_with_or_without_more_behind_it(
    tmp_path: Path,
) -> None:
    folder = write(
        tmp_path,
        day1_consultation01_conversation_transcript="one",
        day1_consultation010="ten",
        unrelated="no",
    )
    assert read_hypotheses(folder, VISITS) == {
        "day1_consultation01": "one",
        "day1_consultation010": "ten",
    }


@pytest.mark.parametrize("stems", [(), ("unrelated",), ("day10", "day")])
def test_a_folder_without_a_file_for_any_visit_is_refused(
    tmp_path: Path, stems: tuple[str, ...]
) -> None:
    folder = write(tmp_path, **dict.fromkeys(stems, "text"))
    with pytest.raises(InputError, match="named after a visit"):
        read_hypotheses(folder, ("day9",))


def test_two_files_for_one_visit_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, day1_consultation02_a="one", day1_consultation02_b="two")
    with pytest.raises(InputError, match="more than one"):
        read_hypotheses(folder, VISITS)


def test_no_folder_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        read_hypotheses(tmp_path / "nowhere", VISITS)
    (tmp_path / "day1_consultation01.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_hypotheses(tmp_path, VISITS)


GRID = """
        intervals [1]:
            xmin = {start}
            xmax = {end}
            text = "{text}"
"""


def test_both_speakers_in_order_of_time_are_what_was_said(tmp_path: Path) -> None:
    """Two of nine words wrong, one of three terms, one of one drug."""
    pytest.importorskip("jiwer", reason="the evaluate extra is not installed")
    grids = tmp_path / "transcripts"
    grids.mkdir()
    for speaker, start, text in (
        ("doctor", 1, "Any chest pain?"),
        ("patient", 3, "<UNSURE>No</UNSURE>, I take aspirin every day."),
    ):
        (grids / f"visit1_{speaker}.TextGrid").write_text(
            GRID.format(start=start, end=start + 1, text=text)
        )
    stored = write(tmp_path / "asr", visit1_transcript="any chest pain no I take as spring day")
    result = evaluate_hypotheses(tmp_path, stored)
    rates = {"wer": 2 / 9, "medical_wer": 1 / 3, "drug_wer": 1.0, "rtf": None}
    assert result == {"files": 1, **rates, "by_file": {"visit1": rates}}


@pytest.mark.corpus
def test_the_recognisers_of_primock57_rank_as_their_words_do(corpora: Path) -> None:
    pytest.importorskip("jiwer", reason="the evaluate extra is not installed")
    primock = corpora / "primock57"
    large = evaluate_hypotheses(primock, primock / "asr" / "groq-whisper-large-v3")
    medasr = evaluate_hypotheses(primock, primock / "asr" / "google-medasr")
    assert large["files"] == medasr["files"] == 33
    for rate in ("wer", "medical_wer", "drug_wer"):
        assert 0 < large[rate] < medasr[rate] < 1
