import pytest

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.evaluation.speaker_time import speaker_time_errors

pytest.importorskip("scipy", reason="the evaluate extra is not installed")


def turns(*stretches: tuple[str, float, float]) -> list[SpeakerTurn]:
    return [
        SpeakerTurn(label=label, span=TimeSpan(start=start, end=end))
        for label, start, end in stretches
    ]


TWO = turns(("A", 0.0, 10.0), ("B", 10.0, 20.0))


def test_the_same_turns_with_other_labels_have_no_errors() -> None:
    wrong, spoken = speaker_time_errors(TWO, turns(("S2", 0.0, 10.0), ("S1", 10.0, 20.0)))
    assert wrong == 0.0
    assert spoken == pytest.approx(20.0 - 0.25 - 0.5 - 0.25)


def test_a_change_of_speaker_within_the_collar_is_no_error() -> None:
    wrong, _ = speaker_time_errors(TWO, turns(("S1", 0.0, 10.2), ("S2", 10.2, 20.0)))
    assert wrong == 0.0


def test_a_late_change_of_speaker_is_wrong_beyond_the_collar() -> None:
    wrong, _ = speaker_time_errors(TWO, turns(("S1", 0.0, 12.0), ("S2", 12.0, 20.0)))
    assert wrong == pytest.approx(2.0 - 0.25)


def test_missed_speech_is_wrong() -> None:
    wrong, _ = speaker_time_errors(TWO, turns(("S1", 0.0, 10.0)))
    assert wrong == pytest.approx(10.0 - 0.5)


def test_speech_where_nobody_speaks_is_wrong() -> None:
    late = turns(("S1", 0.0, 10.0), ("S2", 10.0, 23.0))
    wrong, _ = speaker_time_errors(TWO, late)
    assert wrong == pytest.approx(3.0 - 0.25)


def test_where_two_speak_at_once_both_must_be_found() -> None:
    overlapping = turns(("A", 0.0, 10.0), ("B", 4.0, 6.0))
    wrong, spoken = speaker_time_errors(overlapping, turns(("S1", 0.0, 10.0)))
    assert wrong == pytest.approx(1.5)
    assert spoken == pytest.approx(10.0 - 0.5 - 2 * 0.5 + 1.5)


def test_one_label_for_two_speakers_confuses_the_shorter() -> None:
    reference = turns(("A", 0.0, 10.0), ("B", 10.0, 14.0))
    wrong, _ = speaker_time_errors(reference, turns(("S1", 0.0, 14.0)))
    assert wrong == pytest.approx(4.0 - 0.5)


def test_nothing_found_misses_everything() -> None:
    wrong, spoken = speaker_time_errors(TWO, [])
    assert wrong == spoken > 0
