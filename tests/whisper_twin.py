"""A Whisper with random weights, small and complete, for tests: a seed -> a model folder.

It has the layers, tokens and files of a real English model in CTranslate2's form, so the real
decoder runs on it, word times included, without torch, download or licence. What it says is
meaningless.
"""

import itertools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ctranslate2.specs import whisper_spec
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

MELS, ENCODER_FRAMES, DECODER_TOKENS = 80, 1500, 448
TIMES = 1501
SAYABLE = (
    "the knee pain is better and you take one tablet twice a day with food since last week "
    "no fever cough swelling blood pressure sugar doctor please rest call come back soon"
)
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)


@dataclass(frozen=True)
class Shape:
    """Size of the model: `inner` is the width of its feed-forward layers. A model that `recites`
    says sixty words in every stretch, as surely as a trained one; the others say what chance will.
    """

    width: int
    heads: int
    layers: int
    inner: int
    recites: bool = False


NANO = Shape(width=32, heads=2, layers=2, inner=64)
RECITING = Shape(width=64, heads=2, layers=2, inner=128, recites=True)
BASE = Shape(width=512, heads=8, layers=6, inner=2048, recites=True)
"""As large as base.en, so that it costs as much to run (about 60 MB)."""


def build_whisper_twin(folder: Path, seed: int = 0, shape: Shape = NANO) -> Path:
    """Writes the model into `folder` (made if missing) and returns it; same seed, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _plain_tokens() + list(SPECIAL) + [f"<|{i * 0.02:.2f}|>" for i in range(TIMES)]
    spec = whisper_spec.WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    _fill(spec, np.random.default_rng(seed), len(tokens), shape)
    if shape.recites:
        _recite(spec.decoder, tokens)
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [tokens.index("<|endoftext|>")]
    spec.config.lang_ids = [tokens.index("<|en|>")]
    spec.config.alignment_heads = list(itertools.product(range(shape.layers), range(shape.heads)))
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    _tokenizer().save(str(folder / "tokenizer.json"))
    features = {"feature_size": MELS, "sampling_rate": 16000, "hop_length": 160, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features))
    return folder


def _plain_tokens() -> list[str]:
    """The byte alphabet and whole words with the mark of a leading space, as GPT-2 writes them."""
    return sorted(pre_tokenizers.ByteLevel.alphabet()) + [
        f"Ġ{word}" for word in dict.fromkeys(SAYABLE.split())
    ]


def _tokenizer() -> Tokenizer:
    plain = {token: number for number, token in enumerate(_plain_tokens())}
    tokenizer = Tokenizer(models.BPE(vocab=plain, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    times = [f"<|{i * 0.02:.2f}|>" for i in range(TIMES)]
    tokenizer.add_special_tokens([AddedToken(text, special=True) for text in SPECIAL])
    tokenizer.add_tokens([AddedToken(text, special=False) for text in times])
    return tokenizer


def _inclination() -> NDArray[np.float32]:
    """What the decoder says when its weights have no opinion: words and an early end, no bytes."""
    plain = _plain_tokens()
    words = np.array(
        [9.0 if token.startswith("Ġ") and len(token) > 1 else -20.0 for token in plain]
    )
    special = np.array([11.5 if token == "<|endoftext|>" else -20.0 for token in SPECIAL])
    return np.concatenate([words, special, np.zeros(TIMES)]).astype(np.float32)


SENTENCE_TOKENS = 60
"""What is said in half a minute."""


def _recite(decoder, tokens: list[str]) -> None:
    """Make the decoder say one word after the other and then end, as surely as a trained one.

    The position alone decides: where all is chance, beams and temperatures are tried in vain, and
    the time of a pass says nothing about a real model.
    """
    places = decoder.position_encodings.encodings * 100
    decoder.position_encodings.encodings = places
    words = [number for number, token in enumerate(tokens) if token[0] == "Ġ" and len(token) > 1]
    ends = tokens.index("<|endoftext|>")
    projection = np.zeros_like(decoder.projection.weight)
    said = np.random.default_rng(2).choice(words, len(places))
    for position, place in enumerate(places):
        last = position % SENTENCE_TOKENS == SENTENCE_TOKENS - 1
        token = ends if last else said[position]
        projection[token] += 60 * place / (np.linalg.norm(place) * len(place) ** 0.5)
    decoder.projection.weight = projection.astype(np.float32)
    decoder.projection.bias = np.zeros_like(decoder.projection.bias)


def _fill(
    spec: whisper_spec.WhisperSpec, random: np.random.Generator, tokens: int, shape: Shape
) -> None:
    """Every weight of the specification, small and random; norms do nothing."""
    width, inner = shape.width, shape.inner
    # The wider, the smaller: what a layer puts out stays of the same size.
    spread = 0.3 * (NANO.width / width) ** 0.5

    def weights(*size: int) -> NDArray[np.float32]:
        return random.normal(0.0, spread, size).astype(np.float32)

    def linear(layer, outputs: int, inputs: int) -> None:
        layer.weight, layer.bias = weights(outputs, inputs), weights(outputs)

    def norm(layer) -> None:
        layer.gamma, layer.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def attention(layer, *rows: int) -> None:
        norm(layer.layer_norm)
        for part, row in zip(layer.linear, rows, strict=True):
            linear(part, row, width)

    def feed_forward(layer) -> None:
        norm(layer.layer_norm)
        linear(layer.linear_0, inner, width)
        linear(layer.linear_1, width, inner)

    encoder, decoder = spec.encoder, spec.decoder
    for convolution, inputs in ((encoder.conv1, MELS), (encoder.conv2, width)):
        convolution.weight, convolution.bias = weights(width, inputs, 3), weights(width)
    encoder.position_encodings.encodings = weights(ENCODER_FRAMES, width)
    decoder.position_encodings.encodings = weights(DECODER_TOKENS, width)
    decoder.embeddings.weight = weights(tokens, width)
    decoder.projection.weight, decoder.projection.bias = weights(tokens, width), _inclination()
    norm(encoder.layer_norm)
    norm(decoder.layer_norm)
    for layer in (*encoder.layer, *decoder.layer):
        attention(layer.self_attention, 3 * width, width)
        feed_forward(layer.ffn)
    for layer in decoder.layer:
        attention(layer.attention, width, 2 * width, width)
