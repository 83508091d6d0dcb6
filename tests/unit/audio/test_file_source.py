"""A file in the microphone's place: all of it, in order, at the pace that is asked for."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from medscribe.audio.decode import decode
from medscribe.audio.file_source import FileSource, open_file_source
from medscribe.audio.source import SourceState
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError

Encode = Callable[..., Path]
Tone = Callable[..., np.ndarray]


def source_of(seconds: float, *, pace: float | None = None, block: float = 0.1) -> FileSource:
    ramp = np.linspace(-1, 1, round(seconds * SAMPLE_RATE), dtype=np.float32)
    return FileSource(ramp, pace=pace, block_seconds=block)


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_a_file_is_heard_whole_and_in_order(kind: str, encode: Encode, tone: Tone) -> None:
    path = encode(tone(1.23, kind)[None], kind)
    source = open_file_source(path, realtime=False, max_seconds=60)

    heard = np.concatenate(list(source.blocks()))

    assert heard.dtype == np.float32
    np.testing.assert_allclose(heard, decode(path, max_seconds=60).mono, atol=1 / 32_768)
    assert source.duration_seconds == pytest.approx(len(heard) / SAMPLE_RATE)


def test_two_channels_are_mixed(encode: Encode, tone: Tone) -> None:
    path = encode(np.stack([tone(0.5, hertz=300), tone(0.5, hertz=700)]))
    heard = np.concatenate(list(open_file_source(path, realtime=False, max_seconds=9).blocks()))
    np.testing.assert_allclose(heard, decode(path, max_seconds=9).mono, atol=1 / 32_768)


def test_blocks_are_as_long_as_asked_for_and_the_last_is_what_remains() -> None:
    lengths = [len(block) for block in source_of(0.25, block=0.1).blocks()]
    assert lengths == [1600, 1600, 800]


def test_a_file_is_listening_until_its_end() -> None:
    source = source_of(0.1)
    assert source.state is SourceState.LISTENING
    list(source.blocks())
    assert source.state is SourceState.ENDED


def test_in_real_time_no_block_comes_before_it_was_spoken() -> None:
    source = source_of(0.4, pace=1.0)
    started = time.monotonic()
    spoken = 0.0
    for block in source.blocks():
        spoken += len(block) / SAMPLE_RATE
        assert time.monotonic() - started >= spoken - 1e-3
    assert spoken == pytest.approx(0.4)


def test_a_listener_that_fell_behind_catches_up_and_misses_nothing() -> None:
    source = source_of(2.0, pace=20.0)
    started = time.monotonic()
    blocks = source.blocks()
    heard = [next(blocks)]
    time.sleep(0.1)  # all of it is due by now
    heard.extend(blocks)
    assert len(np.concatenate(heard)) == 2 * SAMPLE_RATE
    assert time.monotonic() - started >= 0.1


def test_closing_ends_a_source_that_waits_for_its_time() -> None:
    source = source_of(10.0, pace=0.0001)
    source.close()
    source.close()
    assert list(source.blocks()) == []
    assert source.state is SourceState.ENDED


def test_closing_ends_a_source_that_does_not_wait() -> None:
    source = source_of(60.0)
    blocks = source.blocks()
    next(blocks)
    source.close()
    assert list(blocks) == []


def test_the_loudest_sample_keeps_its_sign() -> None:
    heard = next(FileSource(np.array([1.0, -1.0, 2.0], np.float32), pace=None).blocks())
    np.testing.assert_allclose(heard, [1.0, -1.0, 1.0], atol=1e-4)


def test_what_is_no_sound_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "visit.wav").write_bytes(b"not a recording")
    with pytest.raises(AudioError):
        open_file_source(tmp_path / "visit.wav", realtime=True, max_seconds=60)


def test_a_recording_longer_than_allowed_is_refused(encode: Encode, tone: Tone) -> None:
    with pytest.raises(AudioError, match="longer"):
        open_file_source(encode(tone(2.0)[None]), realtime=False, max_seconds=1)


def test_a_pace_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="stand still"):
        source_of(1.0, pace=0.0)
