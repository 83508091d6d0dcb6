"""Who spoke when is told without the pauses."""

from medscribe.dialogue.voiced import voiced_turns
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn


def turn(label: str, start: float, end: float) -> SpeakerTurn:
    return SpeakerTurn(label=label, span=TimeSpan(start=start, end=end))


def spans(*pairs: tuple[float, float]) -> list[TimeSpan]:
    return [TimeSpan(start=start, end=end) for start, end in pairs]


def test_a_pause_inside_a_turn_is_nobodys() -> None:
    assert voiced_turns([turn("S1", 0, 10)], spans((1, 4), (6, 9))) == [
        turn("S1", 1, 4),
        turn("S1", 6, 9),
    ]


def test_a_span_in_which_the_speaker_changes_is_divided() -> None:
    turns = [turn("S1", 0, 5), turn("S2", 5, 8), turn("S1", 8, 12)]
    assert voiced_turns(turns, spans((1, 11))) == [
        turn("S1", 1, 5),
        turn("S2", 5, 8),
        turn("S1", 8, 11),
    ]


def test_a_turn_without_a_voice_is_left_out() -> None:
    assert voiced_turns([turn("S1", 0, 2), turn("S2", 3, 4)], spans((2.5, 5))) == [turn("S2", 3, 4)]
    assert voiced_turns([turn("S1", 0, 2)], []) == []
