"""Samples + sherpa-onnx models -> who was heard when, worked out in a process of its own.

sherpa-onnx ends the whole process on a model it does not like (exit code 255, or a segmentation
fault in the middle of a recording), which no `except` catches. So `sherpa_child` runs it.
"""

import json
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.exclusive import Heard
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import ModelUnavailableError

Samples = NDArray[np.float32]

_CHECK_TIMEOUT_SECONDS = 120.0
# How sherpa-onnx begins its messages: file, function and line of its source.
_SOURCE_PLACE = re.compile(r"^\S*?\.(?:cc|h):\w+:\d+ ")


@dataclass(frozen=True)
class SherpaModels:
    """Paths of a pyannote segmentation and of a speaker embedding model in ONNX form."""

    segmentation: str
    embedding: str
    threads: int


@dataclass(frozen=True)
class Voices:
    """How many to tell apart: `count`, or as many as `threshold` (cosine distance, 0..2) divides,
    at most `most`."""

    count: int | None
    threshold: float
    most: int


def check_models(models: SherpaModels) -> None:
    """Loads both models and runs them on a second of noise.

    `ModelUnavailableError` says what is wrong with them, in the library's words where it has any.
    """
    noise = np.random.default_rng(0).normal(0.0, 0.05, SAMPLE_RATE).astype(np.float32)
    _ask(models, Voices(count=1, threshold=0.5, most=1), noise, check=True)


def hear_voices(models: SherpaModels, voices: Voices, samples: Samples) -> list[Heard]:
    """Who was heard when, overlapping and unordered, in float32 (n,) at 16 kHz.

    Raises `ModelUnavailableError` where the library dies of this recording.
    """
    answer = _ask(models, voices, samples, check=False)
    return [Heard(str(voice), start, end) for voice, start, end in answer]


def _ask(
    models: SherpaModels, voices: Voices, samples: Samples, *, check: bool
) -> list[tuple[int, float, float]]:
    request = {"models": asdict(models), "voices": asdict(voices), "check": check}
    timeout = _CHECK_TIMEOUT_SECONDS if check else None
    try:
        exit_code, output, messages = _run_child(json.dumps(request), samples, timeout)
    except subprocess.TimeoutExpired:
        raise _unusable("they do not answer") from None
    if exit_code == 0:
        answer: list[tuple[int, float, float]] = json.loads(output)
        return answer
    if check:
        raise _unusable(_reason(messages) or f"exit code {exit_code}")
    raise ModelUnavailableError(
        f"sherpa-onnx died of this recording (exit code {exit_code}): choose other models for it, "
        "or the diarizer voiceprint."
    )


def _run_child(
    request: str, samples: Samples, timeout_seconds: float | None
) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and standard error; the child never outlives this call."""
    with subprocess.Popen(
        # -P: a file of the working directory must not stand in for a library.
        [sys.executable, "-P", "-m", "medscribe.dialogue.sherpa_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        try:
            assert child.stdin is not None
            # It may be dead already; what it said is read all the same.
            with suppress(BrokenPipeError):
                child.stdin.write(request.encode() + b"\n")
                child.stdin.write(np.ascontiguousarray(samples, "<f4").data)
            output, messages = child.communicate(timeout=timeout_seconds)
        except BaseException:
            child.kill()
            raise
    return child.returncode, output, messages


def _unusable(reason: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"sherpa-onnx cannot use these diarization models ({reason}): take a pyannote segmentation "
        "and a speaker embedding model that were exported for it, as docs/engines/sherpa.md says."
    )


def _reason(stderr: bytes) -> str:
    """The library's last words."""
    lines = [line for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    return _SOURCE_PLACE.sub("", lines[-1]).strip() if lines else ""
