from pathlib import Path

import pytest

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn, Word
from medscribe.errors import InputError
from medscribe.evaluation.diarization import evaluate_diarization
from medscribe.evaluation.recognised_visit import RecognisedVisit

pytest.importorskip("jiwer", reason="the evaluate extra is not installed")

RTTM = """SPEAKER clip 1 0.0 10.0 <NA> <NA> A <NA> <NA>
SPEAKER clip 1 10.0 10.0 <NA> <NA> B <NA> <NA>
"""


def recognised(*said: tuple[str, str]) -> RecognisedVisit:
    """(speaker, words), one second a word, worked on in a fifth of the time."""
    pairs = [(word, speaker) for speaker, words in said for word in words.split()]
    words = tuple(
        Word(text=word, span=TimeSpan(start=second, end=second + 1))
        for second, (word, _) in enumerate(pairs)
    )
    turns = tuple(
        SpeakerTurn(label=speaker, span=word.span)
        for word, (_, speaker) in zip(words, pairs, strict=True)
    )
    speakers = tuple(speaker for _, speaker in pairs)
    return RecognisedVisit(words, speakers, turns, float(len(pairs)), len(pairs) / 5)


def visits(folder: Path) -> Path:
    (folder / "audio").mkdir()
    (folder / "transcripts").mkdir()
    for name in ("V1", "V2"):
        (folder / "audio" / f"{name}.mp3").touch()
        (folder / "transcripts" / f"{name}.txt").write_text(
            "D: Where is the pain?\n\nP: Here in my chest.\n", "utf-8"
        )
    return folder


HEARD = {
    "V1": recognised(("S1", "where is the pain"), ("S2", "here in my chest")),
    "V2": recognised(("S1", "where is the pain here in"), ("S2", "my chest")),
}


def test_words_of_all_files_count_together_and_by_file(tmp_path: Path) -> None:
    result = evaluate_diarization(visits(tmp_path), lambda path: HEARD[path.stem])
    assert result == {
        "files": 2,
        "word_speaker_error": 2 / 16,
        "der": None,
        "jer": None,
        "rtf": pytest.approx(0.2),
        "by_file": {
            "V1": {"word_speaker_error": 0.0, "der": None, "jer": None, "rtf": 0.2, "words": 8},
            "V2": {"word_speaker_error": 0.25, "der": None, "jer": None, "rtf": 0.2, "words": 8},
        },
    }


def test_a_recording_with_an_rttm_gets_a_diarization_error_rate(tmp_path: Path) -> None:
    (tmp_path / "clip.wav").touch()
    (tmp_path / "clip.rttm").write_text(RTTM, "utf-8")
    (tmp_path / "unknown.wav").touch()
    heard = recognised(("S1", "one " * 12), ("S2", "two " * 8))
    result = evaluate_diarization(tmp_path, lambda _: heard)
    assert result["files"] == 1
    assert result["word_speaker_error"] is None
    assert result["der"] == pytest.approx(1.75 / 19.0)
    assert result["jer"] == pytest.approx((2 / 12 + 2 / 10) / 2)
    assert result["by_file"]["clip"]["der"] == result["der"]
    assert result["by_file"]["clip"]["jer"] == result["jer"]


def test_every_speaker_of_every_file_weighs_the_same_in_the_jaccard_error_rate(
    tmp_path: Path,
) -> None:
    for name, speakers in (("pair", "AB"), ("alone", "A")):
        (tmp_path / f"{name}.wav").touch()
        lines = [
            f"SPEAKER {name} 1 {10 * at}.0 10.0 <NA> <NA> {speaker} <NA> <NA>\n"
            for at, speaker in enumerate(speakers)
        ]
        (tmp_path / f"{name}.rttm").write_text("".join(lines), "utf-8")
    heard = {
        "pair": recognised(("S1", "one " * 10), ("S2", "two " * 10)),
        "alone": recognised(("S1", "one " * 5), ("S2", "two " * 5)),
    }
    result = evaluate_diarization(tmp_path, lambda path: heard[path.stem])
    assert result["by_file"]["pair"]["jer"] == pytest.approx(0.0)
    assert result["by_file"]["alone"]["jer"] == pytest.approx(0.5)
    assert result["jer"] == pytest.approx(0.5 / 3)


def test_a_transcript_of_one_speaker_is_no_reference(tmp_path: Path) -> None:
    (tmp_path / "dictation.wav").touch()
    (tmp_path / "dictation.txt").write_text("D: The chest is clear.\n", "utf-8")
    with pytest.raises(InputError, match=r"transcript of two speakers or an \.rttm"):
        evaluate_diarization(tmp_path, lambda _: HEARD["V1"])
