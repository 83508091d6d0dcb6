import pytest

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.evaluation.speaker_time import jaccard_errors, speaker_time_errors

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


def test_the_same_turns_have_no_jaccard_error() -> None:
    assert jaccard_errors(TWO, turns(("S2", 0.0, 10.0), ("S1", 10.0, 20.0))) == [0.0, 0.0]


def test_the_jaccard_error_is_what_is_not_shared_over_what_either_has_and_knows_no_collar() -> None:
    """A has 10 s of 10.2 s in common with S1, B 9.8 s of 10 s with S2."""
    errors = jaccard_errors(TWO, turns(("S1", 0.0, 10.2), ("S2", 10.2, 20.0)))
    assert errors == pytest.approx([1 - 10 / 10.2, 1 - 9.8 / 10])


def test_a_speaker_who_is_not_found_is_wrong_altogether_however_little_he_says() -> None:
    reference = turns(("A", 0.0, 18.0), ("B", 18.0, 20.0))
    assert jaccard_errors(reference, turns(("S1", 0.0, 20.0))) == pytest.approx([0.1, 1.0])


def test_false_alarms_and_overlaps_count_as_time_of_the_voice() -> None:
    overlapping = turns(("A", 0.0, 10.0), ("B", 4.0, 6.0))
    found = turns(("S1", 0.0, 12.0), ("S2", 4.0, 5.0), ("S3", 13.0, 14.0))
    assert jaccard_errors(overlapping, found) == pytest.approx([1 - 10 / 12, 0.5])


def test_the_mapping_has_the_least_sum_of_errors_not_the_most_time_together() -> None:
    """A with S1 and B with S2 have more time together (10 s against 9.5 s), but sum up to
    0.5 + 1; A with S2 and B with S1 to less."""
    reference = turns(("A", 0.0, 12.0), ("B", 12.0, 20.0))
    found = turns(("S1", 0.0, 10.0), ("S1", 12.0, 20.0), ("S2", 10.5, 12.0))
    assert jaccard_errors(reference, found) == pytest.approx([1 - 1.5 / 12, 1 - 8 / 18])


def test_no_reference_has_no_jaccard_errors_and_no_turns_miss_every_speaker() -> None:
    assert jaccard_errors([], TWO) == []
    assert jaccard_errors(TWO, []) == [1.0, 1.0]
