"""The child that sherpa-onnx may kill: a request and samples on standard input -> turns as JSON.

Started by `sherpa_process` alone. Standard input: one line of JSON (`models`, `voices` and `check`,
as the classes there), then float32 samples at 16 kHz. Standard output: [[voice, start, end], ...].
It imports nothing of MedScribe that is slow to import.
"""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

Samples = NDArray[np.float32]
Turn = tuple[int, float, float]

# Turns up to this length are left out, as noise; a short "yes" is longer.
_LEAST_TURN_SECONDS = 0.1
# The segmentation model looks at windows of ten seconds, one second apart. A recording that ends
# inside a window is padded by the library, and it dies where its model hears a voice in there; with
# one window alone it clusters nothing and does not keep to the number of speakers.
_STEP_SECONDS, _LEAST_SECONDS = 1, 11


class Models(TypedDict):
    """Paths and processor threads; see `sherpa_process.SherpaModels`."""

    segmentation: str
    embedding: str
    threads: int


class Wanted(TypedDict):
    """How many voices; see `sherpa_process.Voices`."""

    count: int | None
    threshold: float
    most: int


def main() -> None:
    """Answers one request; ends with a reason on standard error where the models do not fit."""
    # The library and its parts print on standard output as they like; the answer stays apart.
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        request = json.loads(sys.stdin.buffer.readline())
        samples = np.frombuffer(sys.stdin.buffer.read(), "<f4")
        if request["check"]:
            _check_embedding(request["models"], samples)
        found = _diarize(request["models"], request["voices"], samples)
        answers.write(json.dumps(found).encode())


def _check_embedding(models: Models, samples: Samples) -> None:
    """Dies, or says why, where the model has no voiceprint of the length that it promises."""
    import sherpa_onnx

    extractor = sherpa_onnx.SpeakerEmbeddingExtractor(_embedding(models))
    stream = extractor.create_stream()
    stream.accept_waveform(SAMPLE_RATE, samples)
    stream.input_finished()
    if len(extractor.compute(stream)) != extractor.dim:
        sys.exit("the embedding model does not return what its metadata says")


def _diarize(models: Models, voices: Wanted, samples: Samples) -> list[Turn]:
    import sherpa_onnx

    engine = sherpa_onnx.OfflineSpeakerDiarization(_config(models, voices, voices["count"]))
    if engine.sample_rate != SAMPLE_RATE:
        sys.exit("the segmentation model is not for 16 kHz")
    padded = _on_grid(samples)
    found = _turns(engine.process(padded).sort_by_start_time())
    if voices["count"] is None and len({voice for voice, _, _ in found}) > voices["most"]:
        engine.set_config(_config(models, voices, voices["most"]))
        found = _turns(engine.process(padded).sort_by_start_time())
    return found


def _turns(segments: Iterable[Any]) -> list[Turn]:
    return [(segment.speaker, segment.start, segment.end) for segment in segments]


def _on_grid(samples: Samples) -> Samples:
    """Padded with silence to two windows at least, the last a whole one."""
    steps = -(-len(samples) // (_STEP_SECONDS * SAMPLE_RATE))
    length = max(steps * _STEP_SECONDS, _LEAST_SECONDS) * SAMPLE_RATE
    return np.pad(samples, (0, length - len(samples)))


def _config(models: Models, voices: Wanted, count: int | None) -> Any:
    import sherpa_onnx

    network = sherpa_onnx.OfflineSpeakerSegmentationPyannoteModelConfig(
        model=models["segmentation"]
    )
    return sherpa_onnx.OfflineSpeakerDiarizationConfig(
        segmentation=sherpa_onnx.OfflineSpeakerSegmentationModelConfig(
            pyannote=network, num_threads=models["threads"]
        ),
        embedding=_embedding(models),
        clustering=sherpa_onnx.FastClusteringConfig(
            num_clusters=count or -1, threshold=voices["threshold"]
        ),
        min_duration_on=_LEAST_TURN_SECONDS,
        min_duration_off=0.0,
    )


def _embedding(models: Models) -> Any:
    import sherpa_onnx

    return sherpa_onnx.SpeakerEmbeddingExtractorConfig(
        model=models["embedding"], num_threads=models["threads"]
    )


if __name__ == "__main__":
    main()
