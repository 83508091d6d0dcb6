"""numpy gives what the original network gives, in any order and batch."""

from pathlib import Path

import numpy as np
import pytest

from medscribe.dialogue.mel import mel_power
from medscribe.dialogue.voiceprint_encoder import load_encoder

NOISE = np.random.default_rng(4).normal(0, 0.1, 16_000 * 8).astype(np.float32)


def test_voiceprints_have_unit_length_and_no_negative_numbers() -> None:
    prints = load_encoder().encode(mel_power(NOISE), np.arange(0, 600, 100), frames=160)
    assert prints.shape == (6, 256)
    assert prints.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(prints, axis=1), 1, atol=1e-5)
    assert prints.min() >= 0


def test_a_window_does_not_depend_on_the_others() -> None:
    mels = mel_power(NOISE)
    together = load_encoder().encode(mels, np.array([300, 0, 40]), frames=80)
    alone = load_encoder().encode(mels, np.array([40]), frames=80)
    np.testing.assert_allclose(together[2], alone[0], atol=1e-5)


def test_beyond_the_edges_there_is_silence() -> None:
    mels = mel_power(NOISE[: 16_000 * 2])
    padded = np.pad(mels, ((60, 100), (0, 0)))
    inside = load_encoder().encode(padded, np.array([0, 161]), frames=160)
    beyond = load_encoder().encode(mels, np.array([-60, 101]), frames=160)
    np.testing.assert_allclose(beyond, inside, atol=1e-5)


def test_no_windows_give_no_voiceprints() -> None:
    mels = mel_power(NOISE)
    assert load_encoder().encode(mels, np.zeros(0, np.intp), frames=160).shape == (0, 256)


@pytest.mark.corpus
def test_it_equals_the_original_network_on_a_real_visit(corpora: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    from medscribe.audio.decode import decode

    path = corpora / "models" / "speaker-encoder" / "resemblyzer_d256.onnx"
    network = onnxruntime.InferenceSession(str(path))
    heard = decode(corpora / "clips" / "sample.wav", max_seconds=60).mono
    mels, starts = mel_power(heard), np.arange(0, 2800, 100)
    windows = np.stack([mels[start : start + 160] for start in starts])
    (expected,) = network.run(None, {"mels": windows})
    found = load_encoder().encode(mels, starts, frames=160)
    assert np.abs(found - expected).max() < 1e-3
