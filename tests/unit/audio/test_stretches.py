"""Stretches for a recogniser: never too long, no speech lost, the same live and at once."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from medscribe.audio.stretches import Heard, StretchCutter, StretchRule
from medscribe.audio.voice import HOP

RATE = 16_000
Samples = NDArray[np.float32]


class LoudnessDetector:
    """Whatever is loud is a voice: tests say by samples what the voice model would have said."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> Samples:
        held = np.concatenate([self._rest, samples])
        whole = len(held) // HOP * HOP
        self._rest = held[whole:]
        return (np.abs(held[:whole].reshape(-1, HOP)).mean(axis=1) > 0.01).astype(np.float32)

    def finish(self) -> Samples:
        return self.feed(np.zeros(HOP - len(self._rest), np.float32))


def sound(*parts: tuple[str, float]) -> Samples:
    """("voice", 2.0), ("quiet", 0.7) ... -> samples."""
    random = np.random.default_rng(3)
    pieces = [
        random.normal(0, 0.1, round(seconds * RATE)) * (kind == "voice") for kind, seconds in parts
    ]
    return np.concatenate(pieces).astype(np.float32)


def heard(samples: Samples, rule: StretchRule | None = None, block: int = 8000) -> Heard:
    cutter = StretchCutter(rule, detector=LoudnessDetector())
    found = [cutter.feed(samples[i : i + block]) for i in range(0, len(samples), block)]
    found.append(cutter.finish())
    return Heard(
        voice=tuple(span for each in found for span in each.voice),
        stretches=tuple(span for each in found for span in each.stretches),
    )


def lengths(found: Heard) -> list[float]:
    return [round(span.duration, 1) for span in found.stretches]


TALK = st.lists(
    st.tuples(st.floats(0.2, 45), st.floats(0.6, 4)).map(
        lambda pair: (("voice", pair[0]), ("quiet", pair[1]))
    ),
    min_size=1,
    max_size=6,
)


@given(talk=TALK, block=st.integers(100, 40_000))
@settings(max_examples=40, deadline=None)
def test_sound_in_pieces_of_any_size_gives_the_stretches_of_the_whole(
    talk: Sequence[tuple[tuple[str, float], tuple[str, float]]], block: int
) -> None:
    samples = sound(*(part for pair in talk for part in pair))
    assert heard(samples, block=block) == heard(samples, block=len(samples))


@given(talk=TALK)
@settings(max_examples=40, deadline=None)
def test_no_stretch_is_too_long_and_no_voice_is_lost(
    talk: Sequence[tuple[tuple[str, float], tuple[str, float]]],
) -> None:
    found = heard(sound(*(part for pair in talk for part in pair)))
    assert all(span.duration <= 28.0 + 1e-6 for span in found.stretches)
    edges = [edge for span in found.stretches for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    for voice in found.voice:
        inside = [s for s in found.stretches if s.start < voice.end and s.end > voice.start]
        assert inside[0].start <= voice.start
        assert inside[-1].end >= voice.end
        assert all(one.end == other.start for one, other in pairwise(inside))


def test_sentences_with_short_pauses_between_them_go_together() -> None:
    found = heard(sound(("voice", 4), ("quiet", 0.8), ("voice", 3), ("quiet", 1), ("voice", 2)))
    assert len(found.voice) == 3
    assert len(found.stretches) == 1


def test_a_long_pause_ends_a_stretch() -> None:
    found = heard(sound(("voice", 4), ("quiet", 3), ("voice", 3)))
    assert len(found.stretches) == 2


def test_a_full_stretch_ends_at_its_next_pause() -> None:
    found = heard(sound(("voice", 21), ("quiet", 0.7), ("voice", 3), ("quiet", 3)))
    assert lengths(found) == [21.2, 3.4]


def test_a_stretch_that_would_grow_too_long_ends_at_the_pause_before() -> None:
    found = heard(sound(("voice", 15), ("quiet", 0.8), ("voice", 16), ("quiet", 3)))
    assert lengths(found) == [15.2, 16.4]


def test_a_long_monologue_is_cut_where_it_is_quietest() -> None:
    samples = sound(("voice", 40))
    samples[round(20.4 * RATE) : round(20.6 * RATE)] *= 0.2
    first, second = heard(samples).stretches
    assert first.end == second.start == pytest.approx(20.5, abs=0.06)
    assert len(heard(samples).voice) == 1


def test_a_click_is_no_speech() -> None:
    assert heard(sound(("quiet", 1), ("voice", 0.06), ("quiet", 3))) == Heard()


def test_nothing_said_gives_no_stretch() -> None:
    assert heard(sound(("quiet", 5))) == Heard()


def test_a_voice_at_the_very_end_is_not_lost() -> None:
    found = heard(sound(("quiet", 1), ("voice", 0.5)))
    assert found.stretches[-1].end == pytest.approx(1.5)


def test_closing_ends_voice_and_stretch_and_sound_goes_on() -> None:
    cutter = StretchCutter(detector=LoudnessDetector())
    cutter.feed(sound(("quiet", 0.5), ("voice", 2)))
    closed = cutter.close()
    assert len(closed.voice) == len(closed.stretches) == 1
    cutter.feed(sound(("voice", 2)))
    rest = cutter.finish()
    assert rest.stretches[0].start >= closed.stretches[0].end


def test_hours_of_silence_and_talk_are_not_kept() -> None:
    cutter = StretchCutter(detector=LoudnessDetector())
    for _ in range(50):
        cutter.feed(sound(("voice", 30), ("quiet", 2)))
    assert len(cutter._kept) < 60 * RATE


def test_an_absurdly_short_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="1 s"):
        StretchRule(max_seconds=0.5)
