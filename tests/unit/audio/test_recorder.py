"""The recorder: everything a source says is in the log, pauses excepted, and first of all."""

import errno
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from medscribe.audio.log import AudioLog
from medscribe.audio.recorder import Recorder
from medscribe.audio.source import PAUSE_SECONDS, SourceState, silence
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError, StorageFullError

Block = NDArray[np.float32]
PAUSE = round(PAUSE_SECONDS * SAMPLE_RATE)


class ToldSource:
    """Says the given blocks; a function among them is called instead, in the recorder's thread."""

    def __init__(self, script: Sequence[Block | Callable[[], None]]) -> None:
        self._script = script
        self.state = SourceState.LISTENING
        self.closed = False

    def blocks(self) -> Iterator[Block]:
        for each in self._script:
            if self.closed:
                break
            if isinstance(each, np.ndarray):
                yield each
            else:
                each()
        self.state = SourceState.ENDED

    def close(self) -> None:
        self.closed = True


class Kept:
    """A log in memory."""

    def __init__(self) -> None:
        self.chunks: list[Block] = []

    def append(self, samples: Block) -> int:
        assert samples.shape[1] == 1
        self.chunks.append(samples[:, 0].copy())
        return len(self.chunks)

    @property
    def sound(self) -> Block:
        return np.concatenate([silence(0), *self.chunks])

    @property
    def lengths(self) -> list[int]:
        return [len(chunk) for chunk in self.chunks]


def said(length: int, value: float = 0.5) -> Block:
    return np.full(length, value, np.float32)


def count_up(lengths: Sequence[int]) -> list[Block]:
    """Blocks of these lengths in which no two samples are the same."""
    numbers = np.arange(sum(lengths), dtype=np.float32)
    return np.split(numbers, np.cumsum(lengths)[:-1]) if lengths else []


@given(st.lists(st.integers(1, 400), max_size=20), st.integers(1, 500))
def test_all_blocks_are_written_in_order_whatever_their_length(
    lengths: list[int], chunk: int
) -> None:
    kept = Kept()
    Recorder(ToldSource(count_up(lengths)), kept.append, chunk_seconds=chunk / SAMPLE_RATE).run()
    np.testing.assert_array_equal(kept.sound, np.arange(sum(lengths)))
    assert all(length == chunk for length in kept.lengths[:-1])


def test_the_last_shorter_chunk_is_written_too() -> None:
    kept = Kept()
    recorder = Recorder(ToldSource([said(1000), said(900)]), kept.append, chunk_seconds=0.05)
    recorder.run()
    assert kept.lengths == [800, 800, 300]
    assert recorder.recorded_seconds == pytest.approx(1900 / SAMPLE_RATE)
    assert recorder.error is None


def test_a_chunk_is_in_the_log_before_anybody_hears_of_it() -> None:
    kept = Kept()
    written_when_told: list[int] = []
    Recorder(
        ToldSource(count_up([160] * 10)),
        kept.append,
        chunk_seconds=0.02,
        on_chunk=lambda: written_when_told.append(len(kept.chunks)),
    ).run()
    assert written_when_told == [1, 2, 3, 4, 5]


def test_what_is_said_in_a_pause_is_not_kept_and_silence_marks_it() -> None:
    kept = Kept()
    script: list[Block | Callable[[], None]] = [said(300, 0.1)]
    source = ToldSource(script)
    recorder = Recorder(source, kept.append, chunk_seconds=1.0)
    script += [recorder.pause, said(5000, 0.9), recorder.resume, said(200, 0.2)]
    recorder.run()

    expected = np.concatenate([said(300, 0.1), silence(PAUSE_SECONDS), said(200, 0.2)])
    np.testing.assert_array_equal(kept.sound, expected)


def test_the_sentence_before_a_pause_is_durable_while_it_lasts() -> None:
    kept = Kept()
    lengths_in_pause: list[int] = []
    script: list[Block | Callable[[], None]] = [said(300)]
    recorder = Recorder(ToldSource(script), kept.append, chunk_seconds=60.0)
    script += [recorder.pause, said(10), lambda: lengths_in_pause.append(len(kept.sound))]
    recorder.run()
    assert lengths_in_pause == [300 + PAUSE]


def test_pausing_twice_is_one_pause_and_the_state_is_told() -> None:
    kept = Kept()
    script: list[Block | Callable[[], None]] = []
    recorder = Recorder(ToldSource(script), kept.append, chunk_seconds=1.0)
    script += [recorder.pause, recorder.pause, said(100), recorder.resume, recorder.resume]
    recorder.pause()
    assert recorder.paused
    recorder.run()
    assert not recorder.paused
    assert len(kept.sound) == PAUSE


def test_a_pause_shorter_than_a_block_still_separates_what_was_said() -> None:
    kept = Kept()
    script: list[Block | Callable[[], None]] = [said(100, 0.1)]
    recorder = Recorder(ToldSource(script), kept.append, chunk_seconds=1.0)
    script += [recorder.pause, recorder.resume, said(100, 0.2)]
    recorder.run()
    assert len(kept.sound) == 200 + PAUSE


def test_a_visit_that_ends_in_a_pause_ends_with_its_silence() -> None:
    kept = Kept()
    script: list[Block | Callable[[], None]] = [said(100)]
    recorder = Recorder(ToldSource(script), kept.append, chunk_seconds=1.0)
    script.append(recorder.pause)
    recorder.run()
    assert len(kept.sound) == 100 + PAUSE


def test_what_was_heard_is_durable_while_the_device_is_lost() -> None:
    kept = Kept()
    script: list[Block | Callable[[], None]] = [said(100)]
    source = ToldSource(script)
    durable_meanwhile: list[int] = []

    def lose() -> None:
        source.state = SourceState.LOST

    script += [lose, silence(PAUSE_SECONDS), lambda: durable_meanwhile.append(len(kept.sound))]
    Recorder(source, kept.append, chunk_seconds=60.0).run()
    assert durable_meanwhile == [100 + PAUSE]


def test_a_full_disk_stops_the_recording_and_says_so() -> None:
    kept = Kept()

    def append(samples: Block) -> int:
        if len(kept.chunks) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return kept.append(samples)

    source = ToldSource(count_up([160] * 50))
    recorder = Recorder(source, append, chunk_seconds=0.01)
    recorder.run()

    assert isinstance(recorder.error, StorageFullError)
    assert source.closed
    assert recorder.recorded_seconds == pytest.approx(0.02)


def test_after_a_failed_append_what_remains_is_written_once() -> None:
    kept = Kept()
    failures = [StorageFullError("full")]

    def append(samples: Block) -> int:
        if len(kept.chunks) == 1 and failures:
            raise failures.pop()
        return kept.append(samples)

    recorder = Recorder(ToldSource(count_up([500])), append, chunk_seconds=0.01)
    recorder.run()
    assert isinstance(recorder.error, StorageFullError)
    np.testing.assert_array_equal(kept.sound, np.arange(500))


def test_what_was_heard_before_a_source_failed_is_kept() -> None:
    kept = Kept()

    def fail() -> None:
        raise AudioError("The source broke.")

    recorder = Recorder(ToldSource([said(100), fail]), kept.append, chunk_seconds=1.0)
    recorder.run()
    assert isinstance(recorder.error, AudioError)
    assert len(kept.sound) == 100


def test_pause_and_resume_from_another_thread_lose_nothing_outside_of_the_pause(
    tmp_path: Path,
) -> None:
    """The recorder in its thread, a real log, and a person at the keys."""
    log = AudioLog(tmp_path / "visit", lambda plain, _: plain, lambda blob, _: blob)
    reached, go_on = threading.Event(), threading.Event()

    def hand_over() -> None:
        reached.set()
        assert go_on.wait(30)
        go_on.clear()

    quiet, loud = said(1000, 0.25), said(1000, 0.75)
    source = ToldSource([quiet, hand_over, loud, hand_over, quiet])
    recorder = Recorder(source, log.append, chunk_seconds=0.02)
    thread = threading.Thread(target=recorder.run)
    thread.start()
    for press in (recorder.pause, recorder.resume):
        assert reached.wait(30)
        reached.clear()
        press()
        go_on.set()
    thread.join(30)

    heard = log.read()[:, 0]
    expected = np.concatenate([quiet, silence(PAUSE_SECONDS), quiet])
    np.testing.assert_allclose(heard, expected, atol=1 / 32_767)


def test_an_unforeseen_failure_is_no_regular_end_and_keeps_what_was_heard() -> None:
    def break_off() -> None:
        raise ValueError("words of a patient")

    kept = Kept()
    recorder = Recorder(ToldSource([said(700), break_off]), kept.append, chunk_seconds=1)
    recorder.run()
    assert isinstance(recorder.error, AudioError)
    assert "patient" not in str(recorder.error)
    assert kept.lengths == [700]
