"""A segment is a sentence, or ends with its line or before a pause."""

from tests.unit.speech.medasr.dictation import read_words

from medscribe.speech.medasr.segments import segments_of


def test_a_sentence_is_a_segment() -> None:
    segments = segments_of([read_words("No fever. No cough. Chest clear")])
    assert [segment.text for segment in segments] == ["No fever.", "No cough.", "Chest clear"]


def test_an_abbreviation_does_not_end_one() -> None:
    assert len(segments_of([read_words("50 mg p.o. twice a day")])) == 1


def test_a_line_ends_one_and_empty_lines_are_none() -> None:
    segments = segments_of([read_words("aspirin"), [], read_words("metformin")])
    assert [segment.text for segment in segments] == ["aspirin", "metformin"]


def test_a_long_pause_ends_one() -> None:
    words = read_words("no fever and no cough")
    assert len(segments_of([words[:1] + words[4:]])) == 2
    assert segments_of([]) == []
