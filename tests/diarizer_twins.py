"""Diarization models without training, small and complete, for tests: a folder -> model files.

They have the shapes, names and metadata of the published ones, so the real loading and diarization
code runs on them without download or licence. The ONNX ones tell a low hum from a high one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

# pyannote's segmentation 3.0: ten seconds in, 589 frames out, three speakers, at most two at once.
WINDOW, FRAMES = 160_000, 589
RECEPTIVE_FIELD, SHIFT = 991, 270
CLASSES = 7
SEGMENTATION_METADATA = {
    "num_speakers": 3,
    "powerset_max_classes": 2,
    "num_classes": CLASSES,
    "sample_rate": 16_000,
    "window_size": WINDOW,
    "receptive_field_size": RECEPTIVE_FIELD,
    "receptive_field_shift": SHIFT,
    "model_type": "pyannote-segmentation-3.0",
}
BANDS, SIZE = 80, 32
EMBEDDING_METADATA = {
    "framework": "wespeaker",
    "language": "English",
    "output_dim": SIZE,
    "sample_rate": 16_000,
    "normalize_samples": 1,
    "feature_normalize_type": "",
}
# Frames whose mean magnitude is below this are silence.
_SILENCE = 0.005
# Mean difference between samples over mean magnitude, above which a frame is high.
_HIGH = 0.25


def build_sherpa_twin(
    folder: Path,
    *,
    segmentation: Mapping[str, object] = SEGMENTATION_METADATA,
    embedding: Mapping[str, object] = EMBEDDING_METADATA,
) -> Path:
    """Writes segmentation.onnx and embedding.onnx into `folder` (made if missing) with the
    metadata given, and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(_segmentation(), segmentation, folder / "segmentation.onnx")
    _save(_embedding(), embedding, folder / "embedding.onnx")
    return folder


def _save(graph: onnx.GraphProto, metadata: Mapping[str, object], path: Path) -> None:
    import onnx
    from onnx import helper

    opset = [helper.make_opsetid("", 15)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _constant(name: str, values: NDArray[np.generic]) -> onnx.TensorProto:
    from onnx import numpy_helper

    return numpy_helper.from_array(values, name)


def _segmentation() -> onnx.GraphProto:
    """Samples (N, 1, T) -> logits (N, frames, 7): silence, first voice (low), second (high).

    A frame is silent by its mean magnitude; it is high where the differences between samples are
    large beside it.
    """
    from onnx import TensorProto, helper

    difference = np.array([[[0.0, 1.0, 0.0]], [[-1.0, 1.0, 0.0]]], np.float32)
    # Columns: magnitude and difference -> silence, low, high, the other classes never.
    mix = np.zeros((2, CLASSES), np.float32)
    mix[:, 1] = (1.0, 0.0)
    mix[:, 2] = (-1.0, 2 / _HIGH)
    bias = np.full(CLASSES, -100.0, np.float32)
    bias[:3] = (_SILENCE, 0.0, 0.0)
    nodes = [
        helper.make_node("Conv", ["x", "difference"], ["bands"], kernel_shape=[3], pads=[1, 1]),
        helper.make_node("Abs", ["bands"], ["magnitude"]),
        helper.make_node(
            "AveragePool",
            ["magnitude"],
            ["frames"],
            kernel_shape=[RECEPTIVE_FIELD],
            strides=[SHIFT],
        ),
        helper.make_node("Transpose", ["frames"], ["rows"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["rows", "mix"], ["mixed"]),
        helper.make_node("Add", ["mixed", "bias"], ["y"]),
    ]
    return helper.make_graph(
        nodes,
        "segmentation",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 1, "T"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", "frames", CLASSES])],
        [_constant("difference", difference), _constant("mix", mix), _constant("bias", bias)],
    )


def _embedding() -> onnx.GraphProto:
    """Features (1, T, 80) -> voiceprint (1, 32): the mean spectrum's shape at random angles."""
    from onnx import TensorProto, helper

    random = np.random.default_rng(3)
    turn = random.normal(0.0, 1.0, (BANDS, SIZE)).astype(np.float32)
    nodes = [
        helper.make_node("ReduceMean", ["feats"], ["spectrum"], axes=[1], keepdims=0),
        helper.make_node("ReduceMean", ["spectrum"], ["level"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["spectrum", "level"], ["shape"]),
        helper.make_node("MatMul", ["shape", "turn"], ["embs"]),
    ]
    return helper.make_graph(
        nodes,
        "embedding",
        [helper.make_tensor_value_info("feats", TensorProto.FLOAT, ["B", "T", BANDS])],
        [helper.make_tensor_value_info("embs", TensorProto.FLOAT, ["B", SIZE])],
        [_constant("turn", turn)],
    )


def build_pyannote_twin(folder: Path, *, clustering: str = "VBxClustering") -> Path:
    """Writes a pipeline as the repository of community-1 has it, weights random, into `folder`.

    Needs torch and pyannote.audio. `AgglomerativeClustering` makes one of the kind of 3.1.
    """
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import WeSpeakerResNet34
    from pyannote.audio.models.segmentation import PyanNet

    torch.manual_seed(5)
    segmentation = PyanNet(
        lstm={"hidden_size": 16, "num_layers": 1}, linear={"hidden_size": 16, "num_layers": 1}
    )
    segmentation.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=10.0,
        classes=["speaker#1", "speaker#2", "speaker#3"],
        powerset_max_classes=2,
        permutation_invariant=True,
    )
    segmentation.build()
    with torch.no_grad():
        # Otherwise the same class wins everywhere.
        segmentation.classifier.weight *= 20
    # A tenth of the bands of the published model, for speed.
    embedding = WeSpeakerResNet34(num_mel_bins=8)
    embedding.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=10.0
    )
    for name, model in (("segmentation", segmentation), ("embedding", embedding)):
        _save_checkpoint(model, folder / name / "pytorch_model.bin")
    _save_plda(folder / "plda")
    _save_pipeline(folder, clustering)
    return folder


def _save_checkpoint(model: object, path: Path) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    checkpoint = {
        "state_dict": model.state_dict(),
        "hyper_parameters": dict(model.hparams),
        "pytorch-lightning_version": "2.0.0",
    }
    model.on_save_checkpoint(checkpoint)
    torch.save(checkpoint, path)


def _save_plda(folder: Path, inputs: int = 256, size: int = 128) -> None:
    random = np.random.default_rng(8)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(
        folder / "xvec_transform.npz",
        mean1=np.zeros(inputs),
        mean2=np.zeros(size),
        lda=random.normal(size=(inputs, size)),
    )
    np.savez(
        folder / "plda.npz",
        mu=np.zeros(size),
        tr=np.linalg.qr(random.normal(size=(size, size)))[0],
        psi=np.linspace(10.0, 0.1, size),
    )


def _save_pipeline(folder: Path, clustering: str) -> None:
    parts = {part: f"$model/{part}" for part in ("segmentation", "embedding", "plda")}
    values = {"threshold": 0.6, "Fa": 0.07, "Fb": 0.8}
    if clustering != "VBxClustering":
        del parts["plda"]
        values = {"method": "centroid", "min_cluster_size": 2, "threshold": 0.7}
    config = {
        "version": "4.0.0",
        "pipeline": {
            "name": "pyannote.audio.pipelines.SpeakerDiarization",
            # Fewer windows than the published pipelines have, for speed.
            "params": {"clustering": clustering, "segmentation_step": 0.5, **parts},
        },
        "params": {"clustering": values, "segmentation": {"min_duration_off": 0.0}},
    }
    (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
