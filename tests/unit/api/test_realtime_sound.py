"""The realtime client's sound: where it is cut makes no difference, its length is exact."""

from itertools import pairwise

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medscribe.api.realtime import sound
from medscribe.api.realtime.sound import SoundStream


def tone(seconds: float, rate: int) -> np.ndarray:
    times = np.arange(round(seconds * rate)) / rate
    return np.round(np.sin(2 * np.pi * 440 * times) * 20_000).astype("<i2")


def heard(sound: str, pieces: list[bytes]) -> np.ndarray:
    stream = SoundStream(sound)
    return np.concatenate([*(stream.take(piece) for piece in pieces), stream.finish()])


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(0, 48_000), max_size=30))
def test_where_a_stream_is_cut_makes_no_difference(cuts: list[int]) -> None:
    data = tone(1.0, 24_000).tobytes()
    edges = [0, *sorted(cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(edges)]

    assert np.array_equal(heard("audio/pcm", pieces), heard("audio/pcm", [data]))


@pytest.mark.parametrize("samples", [300, 24_000, 24_003, 100_002])
def test_two_samples_come_of_three(samples: int) -> None:
    assert len(heard("audio/pcm", [bytes(2 * samples)])) == samples * 2 // 3


def test_a_tone_stays_a_tone_without_clicks() -> None:
    data = tone(1.0, 24_000).tobytes()

    samples = heard("audio/pcm", [data[i : i + 960] for i in range(0, len(data), 960)])

    wanted = tone(1.0, 16_000) / 32_768
    assert np.abs(samples - wanted)[50:-50].max() < 0.002


@pytest.mark.parametrize(("law", "codec"), [("pcmu", "pcm_mulaw"), ("pcma", "pcm_alaw")])
def test_every_telephone_code_means_what_the_standard_says(law: str, codec: str) -> None:
    codes = bytes(range(256))
    decoder = av.CodecContext.create(codec, "r")
    decoder.sample_rate, decoder.layout = 8_000, "mono"
    (frame,) = decoder.decode(av.Packet(codes))

    table = sound._mu_law() if law == "pcmu" else sound._a_law()

    assert np.array_equal(table, frame.to_ndarray().reshape(-1))


def test_telephone_sound_doubles_its_rate() -> None:
    assert len(heard("audio/pcmu", [b"\xff" * 8_000])) == 16_000
