"""Blocks of a source -> chunks in the audio log, durable before anybody hears of them."""

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.source import PAUSE_SECONDS, SoundSource, SourceState, silence
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.durable import disk_errors
from medscribe.errors import AudioError, MedScribeError


def _nothing() -> None:
    """Nobody waits for chunks."""


class Recorder:
    """Writes down what a source hears.

    `append`: stores float32 (n, 1) and returns when it is durable (`AudioLog.append`).
    `on_chunk`: told after each append, in the thread of `run()`; it must return quickly.
    `chunk_seconds`: how much sound a power cut may take, and how long a chunk is. A pause, a lost
    device and the end of the source write a shorter chunk at once.
    """

    def __init__(
        self,
        source: SoundSource,
        append: Callable[[NDArray[np.float32]], int],
        *,
        chunk_seconds: float,
        on_chunk: Callable[[], None] = _nothing,
    ) -> None:
        if chunk_seconds <= 0:
            raise ValueError("a chunk has a length")
        self._source = source
        self._append = append
        self._on_chunk = on_chunk
        self._chunk = max(1, round(chunk_seconds * SAMPLE_RATE))
        self._blocks: list[NDArray[np.float32]] = []
        self._held = 0
        self._recorded = 0
        self._pause = _Pause()
        self._error: MedScribeError | None = None

    @property
    def paused(self) -> bool:
        return self._pause.on

    @property
    def error(self) -> MedScribeError | None:
        """Why recording broke off; None while it runs and after a regular end."""
        return self._error

    @property
    def recorded_seconds(self) -> float:
        """Length of what is durable in the log, the silence of pauses included."""
        return self._recorded / SAMPLE_RATE

    def pause(self) -> None:
        """Keep nothing of what is said from here on; thread-safe, twice is once."""
        self._pause.begin()

    def resume(self) -> None:
        """Record again; thread-safe."""
        self._pause.end()

    def run(self) -> None:
        """Record until the source ends; blocks, so it wants a thread of its own.

        Does not raise what stops it (a full disk, a source that fails): that is `error`, and the
        source is closed. What was heard before a source failed is written.
        """
        try:
            try:
                for block in self._source.blocks():
                    self._take(block)
            finally:
                self._mark_pause()
                self._write_down(to_the_end=True)
        except MedScribeError as error:
            self._error = error
        except Exception as error:  # noqa: BLE001 - the outermost loop of a thread
            # Unnoticed, it would look like the regular end of a visit.
            self._error = AudioError(
                f"The recording broke off ({type(error).__name__}). What was heard is kept."
            )
        finally:
            self._source.close()

    def _take(self, block: NDArray[np.float32]) -> None:
        self._mark_pause()
        if self._pause.on:
            return
        self._keep(block)
        # A lost device may stay away for long: what was heard before must not wait in memory.
        if self._source.state is SourceState.LOST:
            self._write_down(to_the_end=True)

    def _mark_pause(self) -> None:
        """Close what was heard before a pause with silence, once for each pause."""
        if self._pause.unmarked():
            self._keep(silence(PAUSE_SECONDS))
            self._write_down(to_the_end=True)

    def _keep(self, block: NDArray[np.float32]) -> None:
        self._blocks.append(block)
        self._held += len(block)
        if self._held >= self._chunk:
            self._write_down()

    def _write_down(self, *, to_the_end: bool = False) -> None:
        """Append what is held in whole chunks; the rest too if `to_the_end`.

        Held is exactly what is not durable, also when an append fails half-way.
        """
        while self._held >= self._chunk or (to_the_end and self._held):
            held = np.concatenate(self._blocks)
            self._blocks = [held]
            self._write(held[: self._chunk])
            self._blocks = [held[self._chunk :]]
            self._held -= min(self._chunk, self._held)

    def _write(self, samples: NDArray[np.float32]) -> None:
        with disk_errors("data folder"):
            self._append(samples[:, None])
        self._recorded += len(samples)
        self._on_chunk()


class _Pause:
    """Whether recording pauses, and whether a pause is not in the log yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unmarked = False
        self.on = False

    def begin(self) -> None:
        with self._lock:
            self._unmarked = self._unmarked or not self.on
            self.on = True

    def end(self) -> None:
        with self._lock:
            self.on = False

    def unmarked(self) -> bool:
        """True once for each pause (two pauses within one block are one)."""
        with self._lock:
            unmarked, self._unmarked = self._unmarked, False
            return unmarked
