"""MedASRs with random weights, small and complete, for tests: a seed -> a model folder.

One in ONNX for sherpa-onnx (no torch), one in safetensors for transformers (torch needed). Both
have the inputs, outputs, frames and files of the real ones; what they say is meaningless.
"""

import warnings
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MELS, CHANNELS, KERNEL, STRIDE = 128, 16, 5, 2
SPECIAL = ("<epsilon>", "<s>", "</s>", "<unk>")
PIECES = (
    *("▁the", "▁kn", "ee", "▁pain", "▁is", "▁bet", "ter", "▁no", "▁fever", "▁cough", "▁take"),
    *("▁one", "▁tablet", "▁twice", "▁a", "▁day", "s", "ing", "ed", "▁", "▁l", "ung"),
)
BLANK_LEAD = 1.2
"""How much likelier a frame without a new token is: real models are silent on most frames."""


def build_sherpa_twin(
    folder: Path,
    seed: int = 0,
    *,
    file_name: str = "model.onnx",
    model_type: str = "medasr_ctc",
    counts_beeps: bool = False,
) -> Path:
    """Writes the ONNX graph and `tokens.txt` into `folder` (made if missing) and returns it.

    `counts_beeps`: it says "one" once for every beep and nothing else, when the beep begins.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["<blk>", *SPECIAL[1:], *PIECES]
    model = _with_metadata(
        helper.make_model(
            _graph(
                _beep_weights(vocabulary) if counts_beeps else _random_weights(seed, vocabulary)
            ),
            opset_imports=[helper.make_opsetid("", 14)],
            ir_version=8,
        ),
        {"model_type": model_type, "vocab_size": len(vocabulary), "subsampling_factor": 4},
    )
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / file_name))
    lines = [f"{piece} {number}\n" for number, piece in enumerate(vocabulary)]
    (folder / "tokens.txt").write_text("".join(lines), encoding="utf-8")
    return folder


def build_transformers_twin(folder: Path, seed: int = 0) -> Path:
    """Writes a tiny `LasrForCTC` and its processor into `folder` and returns it; needs torch."""
    import torch
    from transformers.models.lasr.configuration_lasr import LasrCTCConfig, LasrEncoderConfig
    from transformers.models.lasr.feature_extraction_lasr import LasrFeatureExtractor
    from transformers.models.lasr.modeling_lasr import LasrForCTC
    from transformers.models.lasr.processing_lasr import LasrProcessor
    from transformers.models.lasr.tokenization_lasr import LasrTokenizer

    vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    vocabulary += [(piece, -3.0) for piece in PIECES if piece != "▁"]
    encoder = LasrEncoderConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        conv_kernel_size=8,
        subsampling_conv_channels=16,
    )
    torch.manual_seed(seed)
    config = LasrCTCConfig(vocab_size=len(vocabulary), encoder_config=encoder, pad_token_id=0)
    model = LasrForCTC(config).eval()
    with torch.no_grad(), warnings.catch_warnings():
        # torch warns about even kernels, which are as published.
        warnings.simplefilter("ignore")
        # As initialised, every frame comes out alike; then the loudest piece drowns the others.
        for weight in (each for each in model.parameters() if each.dim() > 1):
            weight.normal_(0.0, 2.0 * weight[0].numel() ** -0.5)
        sound = torch.randn(1, 2000, MELS) * 3 - 4
        model.ctc_head.bias -= model(input_features=sound).logits[0].mean(dim=0)
        model.ctc_head.bias[0] += BLANK_LEAD
        model.ctc_head.bias[1:3] = -40.0
    model.save_pretrained(folder)
    tokenizer = LasrTokenizer(vocab=vocabulary, extra_ids=0)
    LasrProcessor(LasrFeatureExtractor(), tokenizer).save_pretrained(folder)
    return folder


def _random_weights(seed: int, vocabulary: list[str]) -> dict[str, NDArray[np.float32]]:
    """Words and blanks in turn, never a special piece."""
    random, tokens = np.random.default_rng(seed), len(vocabulary)
    lean = np.zeros(tokens, np.float32)
    lean[0], lean[1:4] = BLANK_LEAD, -20.0
    shapes = {"first": (CHANNELS, MELS, KERNEL), "second": (CHANNELS, CHANNELS, KERNEL)}
    convolutions = {
        name: 4 * random.normal(0, np.prod(shape[1:]) ** -0.5, shape).astype(np.float32)
        for name, shape in shapes.items()
    }
    head = random.normal(0, 6 * CHANNELS**-0.5, (CHANNELS, tokens)).astype(np.float32)
    return convolutions | {"head": head, "lean": lean}


def _beep_weights(vocabulary: list[str]) -> dict[str, NDArray[np.float32]]:
    """The mean loudness of what a frame hears, against a threshold between noise and silence."""
    first = np.zeros((CHANNELS, MELS, KERNEL), np.float32)
    second = np.zeros((CHANNELS, CHANNELS, KERNEL), np.float32)
    head = np.zeros((CHANNELS, len(vocabulary)), np.float32)
    lean = np.full(len(vocabulary), -90.0, np.float32)
    first[0], second[0, 0] = 1 / (MELS * KERNEL), 1 / KERNEL
    head[0, vocabulary.index("▁one")] = 20.0
    lean[0], lean[vocabulary.index("▁one")] = 0.0, 0.0
    return {"first": first, "second": second, "head": head, "lean": lean}


def _graph(weights: dict[str, NDArray[np.float32]]) -> onnx.GraphProto:
    """x (N,T,128), mask (N,T) -> logits (N,T/4,pieces), logits_len (N)."""
    tokens = weights["lean"].size
    constants = {
        "loudness": np.float32([5.0]),
        "spread": np.float32([0.2]),
        **weights,
        "kernel": np.int64([KERNEL]),
        "stride": np.int64([STRIDE]),
        "one": np.int64([1]),
        "time": np.int64([1]),
    }
    node = helper.make_node
    nodes = [
        node("Add", ["x", "loudness"], ["raised"]),
        node("Mul", ["raised", "spread"], ["levelled"]),
        node("Transpose", ["levelled"], ["by_mel"], perm=[0, 2, 1]),
        node("Conv", ["by_mel", "first"], ["half"], strides=[STRIDE]),
        node("Tanh", ["half"], ["half_bounded"]),
        node("Conv", ["half_bounded", "second"], ["quarter"], strides=[STRIDE]),
        node("Tanh", ["quarter"], ["quarter_bounded"]),
        node("Transpose", ["quarter_bounded"], ["by_frame"], perm=[0, 2, 1]),
        node("MatMul", ["by_frame", "head"], ["scores"]),
        node("Add", ["scores", "lean"], ["logits"]),
        node("ReduceSum", ["mask", "time"], ["length_0"], keepdims=0),
        *_shrunk("length_0", "length_1"),
        *_shrunk("length_1", "logits_len"),
    ]
    return helper.make_graph(
        nodes,
        "medasr_twin",
        [
            helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", "T", MELS]),
            helper.make_tensor_value_info("mask", TensorProto.INT64, ["N", "T"]),
        ],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", "T_4", tokens]),
            helper.make_tensor_value_info("logits_len", TensorProto.INT64, ["N"]),
        ],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )


def _shrunk(length: str, shorter: str) -> list[onnx.NodeProto]:
    """Frames before -> frames after one convolution: (length - kernel) // stride + 1."""
    return [
        helper.make_node("Sub", [length, "kernel"], [f"{shorter}_room"]),
        helper.make_node("Div", [f"{shorter}_room", "stride"], [f"{shorter}_steps"]),
        helper.make_node("Add", [f"{shorter}_steps", "one"], [shorter]),
    ]


def _with_metadata(model: onnx.ModelProto, values: dict[str, str | int]) -> onnx.ModelProto:
    for key, value in values.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    return model
