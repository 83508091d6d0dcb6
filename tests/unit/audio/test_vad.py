"""Speech probabilities do not depend on how the sound arrives; spans follow the rules."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medscribe.audio.decode import decode
from medscribe.audio.vad import StreamingVad, spans_of_probabilities, speech_spans
from medscribe.audio.voice import HOP, HOP_SECONDS, VadOptions
from medscribe.errors import MissingDependencyError

BARE = VadOptions(pad_before_seconds=0.0, pad_after_seconds=0.0)


def _spoken(seconds: float) -> np.ndarray:
    """A buzz in bursts, which the model takes for something near a voice."""
    times = np.arange(round(seconds * 16_000)) / 16_000
    buzz = sum(np.sin(2 * np.pi * 130 * k * times) / k for k in range(1, 20))
    return np.asarray(0.1 * buzz * (np.sin(2 * np.pi * 3 * times) > 0), np.float32)


def _hops(*stretches: tuple[float, float]) -> np.ndarray:
    """(probability, seconds) one after the other -> probabilities of hops."""
    values = [p for p, seconds in stretches for _ in range(round(seconds / HOP_SECONDS))]
    return np.asarray(values, np.float32)


@given(pieces=st.lists(st.integers(1, 5000), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_pieces_of_any_size_give_bit_for_bit_what_the_whole_gives(pieces: list[int]) -> None:
    samples = _spoken(2.0)
    whole = StreamingVad()
    expected = np.concatenate([whole.feed(samples), whole.finish()])
    vad, found, start = StreamingVad(), [], 0
    for size in [*pieces, len(samples)]:
        found.append(vad.feed(samples[start : start + size]))
        start += size
    found.append(vad.finish())
    np.testing.assert_array_equal(np.concatenate(found), expected)


def test_every_hop_gets_one_probability_and_the_rest_waits_for_the_end() -> None:
    vad = StreamingVad()
    assert len(vad.feed(np.zeros(HOP * 3 + 100, np.float32))) == 3
    assert len(vad.finish()) == 1
    assert len(vad.finish()) == 0


def test_silence_holds_no_speech() -> None:
    assert speech_spans(np.zeros(16_000 * 60, np.float32)) == []
    assert speech_spans(np.zeros(0, np.float32)) == []


def test_a_pause_inside_a_sentence_does_not_end_it_and_a_longer_one_does() -> None:
    short = _hops((0.9, 1.0), (0.1, 0.3), (0.9, 1.0))
    long = _hops((0.9, 1.0), (0.1, 0.8), (0.9, 1.0))
    assert len(spans_of_probabilities(short, 10.0, BARE)) == 1
    assert len(spans_of_probabilities(long, 10.0, BARE)) == 2


def test_an_undecided_stretch_neither_starts_nor_ends_speech() -> None:
    assert spans_of_probabilities(_hops((0.4, 3.0)), 3.0, BARE) == []
    held = spans_of_probabilities(_hops((0.9, 1.0), (0.4, 3.0), (0.9, 1.0)), 10.0, BARE)
    assert len(held) == 1


def test_a_click_is_no_speech() -> None:
    assert spans_of_probabilities(_hops((0.0, 1.0), (0.9, 0.064), (0.0, 1.0)), 3.0, BARE) == []


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.04, 2)), max_size=30),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_spans_are_in_order_do_not_overlap_and_stay_inside(
    stretches: list[tuple[float, float]], before: float, after: float
) -> None:
    probabilities = _hops(*stretches)
    duration = len(probabilities) * HOP_SECONDS
    options = VadOptions(pad_before_seconds=before, pad_after_seconds=after)
    spans = spans_of_probabilities(probabilities, duration, options)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= duration for edge in edges)
    for hop, probability in enumerate(probabilities):
        covered = any(s.start <= hop * HOP_SECONDS < s.end for s in spans)
        lone = options.min_speech_seconds > HOP_SECONDS
        assert covered or probability < options.threshold or lone


def test_without_onnxruntime_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from medscribe.audio import vad

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    vad._session.cache_clear()
    with pytest.raises(MissingDependencyError, match=r"medscribe\[whisper\]"):
        StreamingVad()


def test_nothing_is_noted_down_for_the_maker_of_the_runtime(tmp_path: Path) -> None:
    code = (
        "import numpy as np\n"
        "from medscribe.audio.vad import speech_spans\n"
        "speech_spans(np.zeros(16_000, np.float32))\n"
    )
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH", "SYSTEMROOT")}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CACHE_HOME"), str(tmp_path))
    subprocess.run([sys.executable, "-B", "-c", code], env=kept | homes, check=True)
    assert not list(tmp_path.rglob("*"))


@pytest.mark.corpus
def test_speech_of_a_real_clip_is_found(corpora: Path) -> None:
    heard = decode(corpora / "clips" / "jfk.flac", max_seconds=60).mono
    spans = speech_spans(heard)
    assert 8 < sum(span.duration for span in spans) < 10.5
    assert speech_spans(decode(corpora / "clips" / "empty.wav", max_seconds=60).mono) == []
