"""Requests -> answers of a worker in another environment, started anew when it dies."""

import json
import os
import subprocess
import threading
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

from medscribe.errors import ConfigurationError, ModelUnavailableError

MOST_DEATHS = 3
"""So many in a row without one answer: a fourth start would not live either."""


class _WorkerDied(Exception):
    """The worker ended, hung or did not speak our language."""


class WorkerProcess:
    """One worker, started at the first request; calls from several threads take turns.

    `command` starts it; the first line it reads is `options`, the first it says is ready or an
    error. It ends with its owner: when closed, when collected, and when this process dies.
    """

    def __init__(
        self,
        command: Sequence[str],
        options: Mapping[str, Any],
        *,
        start_seconds: float,
        answer_seconds: float,
    ) -> None:
        self._command = list(command)
        self._options = dict(options)
        self._start_seconds = start_seconds
        self._answer_seconds = answer_seconds
        self._process: subprocess.Popen[str] | None = None
        self._stop: weakref.finalize[..., Any] | None = None
        self._deaths = 0
        self._lock = threading.Lock()

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one request; a worker that dies over it is started again once.

        Raises `ModelUnavailableError` where it dies again or does not answer in time,
        `ConfigurationError` where it cannot start with these options.
        """
        with self._lock:
            for _ in range(2):
                if self._deaths >= MOST_DEATHS:
                    break
                try:
                    answer = self._exchange(self._started(), request, self._answer_seconds)
                except _WorkerDied:
                    self._deaths += 1
                    self._end()
                    continue
                self._deaths = 0
                return answer
        raise ModelUnavailableError(
            "The WhisperX process dies or does not answer in time: try a smaller model, device "
            "cpu, or a longer answer_seconds of engine whisperx."
        )

    def close(self) -> None:
        """Ends the worker; the next request starts another."""
        with self._lock:
            self._end()

    @property
    def process_id(self) -> int | None:
        """Of the worker that runs; None where there is none."""
        return self._process.pid if self._process else None

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        try:
            process = self._process = subprocess.Popen(  # noqa: S603 - the command is a setting
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                text=True,
                encoding="utf-8",
                # Ctrl-C ends the visit in order; the worker still has its last words to find.
                start_new_session=True,
            )
        except OSError:
            raise ConfigurationError(
                "The interpreter of engine whisperx cannot be run: check its option python."
            ) from None
        self._stop = weakref.finalize(self, _kill, process)
        greeting = self._exchange(process, self._options, self._start_seconds)
        if not greeting.get("ready"):
            self._end()
            raise ConfigurationError(
                "WhisperX could not load its models "
                f"({str(greeting.get('error', 'unknown'))[:60]}): check model, align_model, device "
                "and compute_type of engine whisperx, and that its environment is complete."
            )
        return process

    def _exchange(
        self, process: "subprocess.Popen[str]", message: Mapping[str, Any], seconds: float
    ) -> dict[str, Any]:
        """One line there, one line back, within `seconds`."""
        assert process.stdin is not None
        assert process.stdout is not None
        # Killing it ends the reading and the writing alike, whichever of them hangs.
        watchdog = threading.Timer(seconds, process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            raise _WorkerDied from None
        finally:
            watchdog.cancel()
        if not isinstance(answer, dict):
            raise _WorkerDied
        return answer

    def _end(self) -> None:
        if self._stop is not None:
            self._stop()
        self._process = self._stop = None


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                # What was not written yet is for a process that is no more.
                continue


def _environment() -> dict[str, str]:
    """Ours without keys of MedScribe and without what would lead its interpreter astray."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MEDSCRIBE_", "PYTHON", "VIRTUAL_ENV"))
    }
