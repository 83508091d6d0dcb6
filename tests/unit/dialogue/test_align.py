"""Every word gets a speaker; no word is lost, doubled or moved."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.align import attribute_words
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, SpeakerTurn, Utterance, Word


def said(line: str, start: float = 0.0, *, pace: float = 0.4) -> list[Word]:
    """Words of `line`, one every `pace` seconds without a gap."""
    return [
        Word(text=text, span=TimeSpan(start=start + i * pace, end=start + (i + 1) * pace))
        for i, text in enumerate(line.split())
    ]


def turn(label: str, start: float, end: float) -> SpeakerTurn:
    return SpeakerTurn(label=label, span=TimeSpan(start=start, end=end))


def lines(utterances: list[Utterance]) -> list[str]:
    return [f"{each.speaker}: {each.text}" for each in utterances]


def test_a_segment_in_which_the_speaker_changes_is_split_between_the_words() -> None:
    words = said("any chest pain no none at all")
    found = attribute_words(words, [turn("S1", 0, 1.2), turn("S2", 1.2, 2.8)])
    assert lines(found) == ["S1: any chest pain", "S2: no none at all"]
    assert [each.id for each in found] == ["u1", "u2"]
    assert found[0].span == TimeSpan(start=0, end=words[2].span.end)
    assert all(each.role is Role.UNKNOWN for each in found)


def test_a_word_goes_where_its_middle_lies() -> None:
    found = attribute_words(said("one two", pace=1.0), [turn("S1", 0, 1.4), turn("S2", 1.4, 2)])
    assert lines(found) == ["S1: one", "S2: two"]


def test_a_word_outside_all_turns_goes_to_the_nearest() -> None:
    words = [*said("hello", 0.0), *said("there", 2.0), *said("bye", 9.0)]
    found = attribute_words(words, [turn("S1", 0, 1.0), turn("S2", 2.6, 4)])
    assert lines(found) == ["S1: hello", "S2: there", "S2: bye"]


def test_a_word_under_two_turns_goes_to_the_one_that_began_last() -> None:
    found = attribute_words(said("yes", 2.0), [turn("S1", 0, 5), turn("S2", 1.8, 2.6)])
    assert lines(found) == ["S2: yes"]


def test_a_long_turn_that_began_early_is_found_behind_short_ones() -> None:
    turns = [turn("S1", 0, 10), turn("S2", 1, 2), turn("S2", 3, 4)]
    assert lines(attribute_words(said("still", 6.0), turns)) == ["S1: still"]


def test_a_sliver_of_another_voice_inside_a_sentence_is_smoothed_away() -> None:
    words = said("it started last night", pace=0.25)
    turns = [turn("S1", 0, 0.25), turn("S2", 0.25, 0.5), turn("S1", 0.5, 1.0)]
    assert lines(attribute_words(words, turns)) == ["S1: it started last night"]


def test_a_short_yes_between_pauses_stays_with_who_said_it() -> None:
    words = [*said("any pain", 0), *said("no", 1.2, pace=0.2), *said("any fever", 1.8)]
    turns = [turn("S1", 0, 0.8), turn("S2", 1.2, 1.4), turn("S1", 1.8, 2.6)]
    assert lines(attribute_words(words, turns)) == ["S1: any pain", "S2: no", "S1: any fever"]


def test_a_long_pause_starts_a_new_utterance_of_the_same_speaker() -> None:
    words = [*said("take a deep breath", 0), *said("and again", 5)]
    found = attribute_words(words, [turn("S1", 0, 6)])
    assert lines(found) == ["S1: take a deep breath", "S1: and again"]


def test_words_without_turns_are_of_one_speaker() -> None:
    assert lines(attribute_words(said("good morning"), [])) == ["S1: good morning"]


def test_nothing_said_gives_no_utterance() -> None:
    assert attribute_words([], [turn("S1", 0, 1)]) == []


_TIMES = st.tuples(st.floats(0, 60), st.floats(0, 3))
_WORDS = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "pain", "knee"]), _TIMES).map(
        lambda e: Word(text=e[0], span=TimeSpan(start=e[1][0], end=e[1][0] + e[1][1]))
    ),
    max_size=40,
)
_TURNS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2", "S3"]), _TIMES).map(
        lambda e: turn(e[0], e[1][0], e[1][0] + e[1][1])
    ),
    max_size=20,
)


@given(words=_WORDS, turns=_TURNS)
def test_every_word_is_kept_exactly_once_and_in_order(
    words: list[Word], turns: list[SpeakerTurn]
) -> None:
    found = attribute_words(words, turns)
    assert [word for each in found for word in each.words] == words
    assert [each.id for each in found] == [f"u{n}" for n in range(1, len(found) + 1)]
    assert {each.speaker for each in found} <= {each.label for each in turns} | {"S1"}


@given(word=_TIMES, turns=_TURNS.filter(bool))
def test_the_turn_of_a_lone_word_is_never_farther_than_another(
    word: tuple[float, float], turns: list[SpeakerTurn]
) -> None:
    middle = word[0] + word[1] / 2
    (found,) = attribute_words(
        [Word(text="pain", span=TimeSpan(start=word[0], end=word[0] + word[1]))], turns
    )

    def away(each: SpeakerTurn) -> float:
        return max(each.span.start - middle, middle - each.span.end, 0.0)

    nearest = min(away(each) for each in turns)
    own = min(away(each) for each in turns if each.label == found.speaker)
    assert own <= nearest + 1e-9
