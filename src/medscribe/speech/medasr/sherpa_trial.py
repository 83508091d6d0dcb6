"""A MedASR graph, loaded and run once: exit status 0 means that it can be trusted not to exit.

sherpa-onnx ends the whole process on a file that it does not like, so a new file is tried in a
process of its own first: `python -m medscribe.speech.medasr.sherpa_trial MODEL TOKENS`.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import ModelUnavailableError

LONGEST_SECONDS = 300
"""A load takes a second; a network drive may need minutes."""


def check_in_child(model: Path, tokens: Path) -> None:
    """Raises `ModelUnavailableError` unless a child process can load and run the model."""
    command = [sys.executable, "-P", "-m", __name__, str(model), str(tokens)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        usable = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        usable = False
    if not usable:
        raise ModelUnavailableError(
            f"sherpa-onnx cannot run {model.name} with its tokens.txt: the file is damaged, "
            "incomplete or no MedASR export. Fetch or export the model again."
        )


def load(model: Path, tokens: Path, num_threads: int) -> Any:
    """The recogniser of sherpa-onnx; ends the process on a file that it does not like."""
    import sherpa_onnx

    return sherpa_onnx.OfflineRecognizer.from_medasr_ctc(
        model=str(model), tokens=str(tokens), num_threads=num_threads
    )


def decode(recogniser: Any, samples: np.ndarray[Any, np.dtype[np.float32]]) -> Any:
    """The result of sherpa-onnx for samples, float32 (n,), n >= 2320, 16 kHz."""
    stream = recogniser.create_stream()
    stream.accept_waveform(SAMPLE_RATE, samples)
    recogniser.decode_stream(stream)
    return stream.result


if __name__ == "__main__":
    noise = np.random.default_rng(0).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)
    decode(load(Path(sys.argv[1]), Path(sys.argv[2]), num_threads=1), noise)
