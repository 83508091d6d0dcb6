"""A recogniser in a process of its own -> the same words, while this process is free to record.

Some engines keep Python to themselves for seconds, and a native library can end its process:
neither may cost a running visit a word.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.provenance import Provenance
from medscribe.domain.transcript import Segment
from medscribe.errors import MedScribeError, StageError
from medscribe.speech.models import Progress
from medscribe.speech.selection import choose_transcriber
from medscribe.speech.transcriber import Transcriber

MOST_DEATHS = 2
"""A process that dies twice on the same stretch would die a third time."""


@dataclass(frozen=True)
class Recipe:
    """What `choose_transcriber` is to be called with."""

    name: str
    models_dir: Path
    whisper_model: str
    allow_download: bool
    options: dict[str, Any] = field(default_factory=dict)


class TranscriberApart:
    """A `Transcriber` whose work is done in a child process; one caller at a time."""

    def __init__(self, recipe: Recipe, progress: Progress, notice: Callable[[str], None]) -> None:
        """Loads the engine; raises what `choose_transcriber` raises, and `StageError` where the
        child dies of it."""
        self._recipe = recipe
        self._progress = progress
        self._notice = notice
        self._start()

    def _start(self) -> None:
        # Not forked: a copy of a process with threads and open devices is not safe to work in.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._recipe), name="recogniser", daemon=True
        )
        with _no_interrupts():
            self._process.start()
        theirs.close()
        try:
            made_by, draft = self._answer()
        except (EOFError, OSError):
            self.close()
            raise StageError(
                "The recogniser's process died while its engine was loaded: choose another engine "
                "or model."
            ) from None
        except MedScribeError:
            self.close()
            raise
        self.made_by: Provenance = made_by
        self.draft: bool = draft

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`. A child that dies is started again, once for each stretch.

        Raises what the engine raises of MedScribe's errors, and `StageError` for anything else.
        """
        asked = {"language": language, "prompt": prompt, "context": context, "preview": preview}
        for _ in range(MOST_DEATHS):
            try:
                self._pipe.send((np.asarray(samples, np.float32), asked))
                segments: list[Segment] = self._answer()
                return segments
            except (EOFError, OSError):
                self.close()
                self._start()
        raise StageError(
            "The recogniser's process died twice on the same stretch of speech: choose another "
            "engine or model. What was heard is kept."
        )

    def close(self) -> None:
        """End the child."""
        self._pipe.close()
        self._process.kill()
        self._process.join()

    def _answer(self) -> Any:
        """The child's next result; what it reports on the way is passed on."""
        while True:
            kind, value = self._pipe.recv()
            if kind == "progress":
                self._progress(*value)
            elif kind == "notice":
                self._notice(value)
            elif kind == "error":
                raise value
            else:
                return value


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while a child is born: until it can ignore it, it would die of it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, recipe: Recipe) -> None:
    """The child: make the engine, then answer until nobody asks any more."""
    # Ctrl-C goes to the whole group of processes; when to end is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        transcriber = _made(pipe, recipe)
        while transcriber is not None:
            samples, asked = pipe.recv()
            _reply(pipe, partial(transcriber.transcribe, samples, **asked))


def _made(pipe: Connection, recipe: Recipe) -> Transcriber | None:
    """The engine; None where it cannot be had, which the parent is told."""
    made: list[Transcriber] = []

    def make() -> tuple[Provenance, bool]:
        transcriber = choose_transcriber(
            recipe.name,
            recipe.models_dir,
            whisper_model=recipe.whisper_model,
            allow_download=recipe.allow_download,
            options=recipe.options,
            progress=lambda *what: pipe.send(("progress", what)),
            notice=lambda text: pipe.send(("notice", text)),
        )
        made.append(transcriber)
        return transcriber.made_by, transcriber.draft

    _reply(pipe, make)
    return made[0] if made else None


def _reply(pipe: Connection, work: Callable[[], Any]) -> None:
    try:
        answer = ("done", work())
    except MedScribeError as error:
        answer = ("error", error)
    except Exception as error:  # noqa: BLE001 - the outermost loop of a process
        # The class alone: a message may quote what was said.
        answer = ("error", StageError(f"Recognition failed ({type(error).__name__})."))
    pipe.send(answer)
