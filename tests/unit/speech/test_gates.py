"""What a recogniser makes up, told from what was said."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import DecodeQuality, RejectionReason, Segment, Word
from medscribe.speech.gates import LONGEST_WORD_SECONDS, Gated, gate

RATE = 16_000
Samples = NDArray[np.float32]
SURE = DecodeQuality(
    mean_log_probability=-0.2, compression_ratio=1.4, no_speech_probability=0.02, temperature=0
)
UNSURE = SURE.model_copy(update={"mean_log_probability": -1.3, "no_speech_probability": 0.85})
REPETITIVE = SURE.model_copy(update={"compression_ratio": 3.1})


def segment(
    text: str,
    *,
    start: float = 1.0,
    probability: float | None = 0.9,
    quality: DecodeQuality | None = None,
) -> Segment:
    """Words of 0.3 s each, one after the other."""
    words = text.split()
    starts = accumulate([start] + [0.3] * (len(words) - 1))
    return Segment(
        words=tuple(
            Word(text=word, span=TimeSpan(start=at, end=at + 0.3), probability=probability)
            for word, at in zip(words, starts, strict=True)
        ),
        quality=quality,
    )


def fan(seconds: float = 10.0) -> Samples:
    """A steady noise without a voice."""
    noise = np.random.default_rng(0).normal(0, 0.01, int(seconds * RATE))
    return noise.astype(np.float32)


def voice(start: float, end: float, level: float = 0.1) -> Samples:
    """A voice over the fan from `start` to `end` seconds."""
    samples = fan()
    times = np.arange(int((end - start) * RATE)) / RATE
    sung = level * np.sin(2 * np.pi * 150 * times) * (1 + np.sin(2 * np.pi * 4 * times))
    samples[int(start * RATE) : int(start * RATE) + len(sung)] += sung.astype(np.float32)
    return samples


def kept(gated: Gated) -> str:
    return " ".join(piece.text for piece in gated.kept)


def reasons(gated: Gated) -> list[RejectionReason]:
    return [speech.reason for speech in gated.rejected]


def test_what_was_said_passes_unchanged() -> None:
    said = segment("My left knee hurts. No, the right one.", quality=SURE)
    assert gate([said], voice(1, 4)) == Gated(kept=(said,), rejected=())


def test_a_loop_keeps_its_first_phrase_and_shows_the_rest() -> None:
    gated = gate([segment("so take it with food take it with food take it with food")], fan())
    assert kept(gated) == "so take it with food"
    assert [speech.text for speech in gated.rejected] == ["take it with food take it with food"]
    assert reasons(gated) == [RejectionReason.REPETITION]


def test_a_loop_over_several_segments_is_found() -> None:
    pieces = [segment("Take it with food.", start=at) for at in (0.0, 2.0, 4.0, 6.0)]
    gated = gate(pieces, voice(0, 8))
    assert gated.kept == (pieces[0],)
    assert reasons(gated) == [RejectionReason.REPETITION] * 3


def test_what_follows_a_loop_stays() -> None:
    gated = gate([segment("it hurts here " * 4 + "and my knee is swollen")], voice(1, 8))
    assert kept(gated) == "it hurts here and my knee is swollen"


def test_a_loop_that_breaks_off_goes_with_its_last_words() -> None:
    gated = gate([segment("it hurts right here " * 3 + "it hurts")], voice(1, 8))
    assert kept(gated) == "it hurts right here"


@pytest.mark.parametrize("said", ["no no no no", "no no no no no no no no", "very very very bad"])
def test_a_word_repeated_is_an_answer(said: str) -> None:
    assert kept(gate([segment(said, quality=SURE)], voice(1, 4))) == said


def test_one_word_without_end_is_a_loop_where_the_decoder_measures_repetition() -> None:
    gated = gate([segment("the " * 40, quality=REPETITIVE)], voice(0, 9))
    assert kept(gated) == "the"
    assert reasons(gated) == [RejectionReason.REPETITION]


def test_a_prompt_read_aloud_is_rejected_however_sure_the_engine_is() -> None:
    gated = gate(
        [segment("Lisinopril, metformin, losartan, Zoloft.", quality=SURE)],
        voice(1, 4),
        prompt="aspirin lisinopril metformin losartan zoloft",
    )
    assert gated.kept == ()
    assert reasons(gated) == [RejectionReason.PROMPT_ECHO]


def test_a_prompt_read_aloud_in_pieces_is_rejected() -> None:
    pieces = [segment("Lisinopril, metformin."), segment("Losartan, Zoloft.", start=3)]
    gated = gate(pieces, voice(1, 5), prompt="lisinopril metformin losartan zoloft")
    assert gated.kept == ()


def test_two_drugs_of_the_prompt_are_an_answer() -> None:
    said = segment("Lisinopril, metformin.")
    assert gate([said], voice(1, 3), prompt="lisinopril metformin losartan").kept == (said,)


def test_a_question_asked_again_is_believed() -> None:
    said = segment("Is there any chance you could be pregnant?", quality=SURE)
    context = "Okay. Is there any chance you could be pregnant?"
    assert gate([said], voice(1, 4), context=context).kept == (said,)


@pytest.mark.parametrize("samples", [fan(), voice(1, 4)])
def test_what_was_said_before_is_not_believed_again_in_doubt(samples: Samples) -> None:
    heard = segment("Is there any chance you could be pregnant?", quality=UNSURE)
    gated = gate([heard], samples, context="Is there any chance you could be pregnant?")
    assert gated.kept == ()
    assert reasons(gated) == [RejectionReason.PROMPT_ECHO]


@pytest.mark.parametrize("phrase", ["Thank you.", "you", "Thank you very much.", "Bye."])
def test_a_patients_courtesy_survives(phrase: str) -> None:
    """Heard above the room, or sure of it: either is enough."""
    quiet_but_sure = segment(phrase, quality=SURE)
    assert gate([quiet_but_sure], fan()).kept == (quiet_but_sure,)
    mumbled = segment(phrase, probability=0.2)
    assert gate([mumbled], voice(1, 2, level=0.05)).kept == (mumbled,)
    unrated = segment(phrase, probability=None)
    assert gate([unrated], voice(1, 2)).kept == (unrated,)


def test_a_soft_thank_you_far_below_the_clinicians_voice_survives() -> None:
    samples = voice(2, 6, level=0.5) + voice(8, 9, level=0.03) - fan()
    mumbled = segment("Thank you.", start=8.2, probability=0.3)
    assert gate([mumbled], samples).kept == (mumbled,)


@pytest.mark.parametrize("phrase", ["Thank you.", "you", "Bye."])
@pytest.mark.parametrize("probability", [0.2, None])
def test_a_courtesy_heard_in_a_fan_is_rejected(phrase: str, probability: float | None) -> None:
    gated = gate([segment(phrase, probability=probability)], fan())
    assert gated.kept == ()
    assert reasons(gated) == [RejectionReason.SILENCE]


@pytest.mark.parametrize(
    "phrase",
    [
        "Thank you for watching!",
        "Thanks for watching.",
        "Subtitles by the Amara.org community",
        "Please subscribe to my channel",
    ],
)
def test_a_phrase_of_subtitles_falls_by_one_sign_against_it(phrase: str) -> None:
    assert gate([segment(phrase, quality=SURE)], fan()).kept == ()
    assert gate([segment(phrase, probability=0.3)], voice(1, 4)).kept == ()
    told = segment(phrase, quality=SURE)
    assert gate([told], voice(1, 4)).kept == (told,)


def test_thanks_for_watching_over_him_is_no_phrase_of_subtitles_when_heard() -> None:
    said = segment("Thanks for watching over him.", quality=SURE)
    assert gate([said], voice(1, 4)).kept == (said,)


def test_words_whose_decoder_heard_no_speech_are_rejected() -> None:
    assert gate([segment("He fell down the stairs.", quality=UNSURE)], voice(1, 4)).kept == ()
    only_unsure = SURE.model_copy(update={"mean_log_probability": -1.5})
    said = segment("He fell down the stairs.", quality=only_unsure)
    assert gate([said], voice(1, 4)).kept == (said,)


def test_no_word_lasts_longer_than_two_seconds() -> None:
    stretched = Segment(words=(Word(text="Well", span=TimeSpan(start=1, end=9)),))
    gated = gate([stretched], voice(1, 4))
    assert gated.kept[0].words[0].span == TimeSpan(start=1, end=1 + LONGEST_WORD_SECONDS)


def test_no_segments_and_no_sound_are_nothing() -> None:
    assert gate([], np.zeros(0, np.float32)) == Gated(kept=(), rejected=())


PHRASES = st.lists(
    st.sampled_from(
        ["thank you", "it hurts", "no", "you", "please subscribe", "left knee", "pain", "."]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
QUALITIES = st.sampled_from([None, SURE, UNSURE, REPETITIVE])


@given(
    st.lists(st.tuples(PHRASES, QUALITIES, st.sampled_from([None, 0.1, 0.9])), max_size=4),
    st.sampled_from([None, "it hurts left knee no pain you"]),
)
def test_every_word_is_kept_or_rejected_and_order_stays(
    pieces: list[tuple[str, DecodeQuality | None, float | None]], prompt: str | None
) -> None:
    segments = [
        segment(text, start=10.0 * number, quality=quality, probability=probability)
        for number, (text, quality, probability) in enumerate(pieces)
    ]
    gated = gate(segments, fan(2), prompt=prompt, context=prompt)
    all_words = [word for piece in segments for word in piece.words]
    stayed = [word for piece in gated.kept for word in piece.words]
    gone = [text for speech in gated.rejected for text in speech.text.split()]
    assert sorted([word.text for word in stayed] + gone) == sorted(w.text for w in all_words)
    remaining = iter(all_words)
    assert all(word in remaining for word in stayed)
    assert [speech.span.start for speech in gated.rejected] == sorted(
        speech.span.start for speech in gated.rejected
    )
