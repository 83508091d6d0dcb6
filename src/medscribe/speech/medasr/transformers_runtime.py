"""MedASR as published, run by transformers and torch: windows -> tokens, greedy or by beam."""

import importlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import ModelUnavailableError
from medscribe.speech.hub import quiet_hub
from medscribe.speech.medasr.beam import beam_search
from medscribe.speech.medasr.greedy import greedy, log_softmax
from medscribe.speech.medasr.language_model import PieceScorer, load_language_model
from medscribe.speech.medasr.tokens import Token
from medscribe.speech.medasr.weights import check_architecture
from medscribe.speech.medasr.windows import Window


@dataclass(frozen=True)
class LanguageSearch:
    """A language model and how it is used; see the engine's options."""

    path: Path
    beam_width: int
    weight: float
    word_bonus: float


class TransformersRuntime:
    """One loaded `LasrForCTC` on the CPU."""

    def __init__(self, folder: Path, num_threads: int, language: LanguageSearch | None) -> None:
        """Raises `ConfigurationError`, `ModelUnavailableError` or `MissingDependencyError`."""
        check_architecture(folder)
        self._processor, self._model = _load(folder, num_threads)
        self._blank = int(self._model.config.pad_token_id)
        self._pieces = _pieces(self._processor.tokenizer, int(self._model.config.vocab_size))
        self._lock = Lock()
        self._beam_width = language.beam_width if language else 0
        self._scorer = _scorer(language, self._pieces) if language else None
        self.version = f"transformers {version('transformers')}"
        self.model = f"{folder.name} {language.path.name}" if language else folder.name

    def tokens(self, windows: Iterable[Window], *, preview: bool) -> list[Token]:
        """Tokens of the kept frames, in order; a preview is decoded without the language model."""
        with self._lock:
            kept = [self._log_probs(window) for window in windows]
        if not kept:
            return []
        log_probs = np.concatenate(kept)
        if self._scorer is None or preview:
            return greedy(log_probs, self._pieces, self._blank)
        return beam_search(
            log_probs, self._pieces, self._blank, width=self._beam_width, scorer=self._scorer
        )

    def _log_probs(self, window: Window) -> NDArray[np.float32]:
        """Scores of the kept frames of a window; (frames, pieces)."""
        logits = _scores(self._processor, self._model, window.samples)
        return log_softmax(logits[window.keep_from : window.keep_to])


def _load(folder: Path, num_threads: int) -> tuple[Any, Any]:
    """Processor and model from the folder alone: no network, no code of the folder, no pickle."""
    quiet_hub()
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    if num_threads:
        torch.set_num_threads(num_threads)
    safetensors: Any = importlib.import_module("safetensors")
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            processor = transformers.AutoProcessor.from_pretrained(folder, **local)
            model = transformers.AutoModelForCTC.from_pretrained(
                folder, use_safetensors=True, **local
            ).eval()
            # torch warns once about the model's even kernels, which are as published.
            _scores(processor, model, np.zeros(2320, np.float32))
    except (OSError, ValueError, RuntimeError, KeyError, safetensors.SafetensorError):
        raise ModelUnavailableError(
            "transformers cannot load the MedASR folder: fetch it again, and see that transformers "
            "is version 5 or later."
        ) from None
    return processor, model


def _scores(processor: Any, model: Any, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logits of samples, float32 (n,), n >= 2320, 16 kHz; (frames, pieces)."""
    import torch

    inputs = processor(samples, sampling_rate=SAMPLE_RATE, return_tensors="pt")
    with torch.inference_mode():
        logits: NDArray[np.float32] = model(**inputs).logits[0].float().numpy()
    return logits


def _scorer(language: LanguageSearch, pieces: list[str]) -> PieceScorer:
    return load_language_model(language.path, pieces, language.weight, language.word_bonus)


def _pieces(tokenizer: Any, size: int) -> list[str]:
    """Pieces by label; a label that the tokenizer does not know is special, hence no text."""
    known = tokenizer.convert_ids_to_tokens(list(range(min(size, len(tokenizer)))))
    pieces = [piece if piece else "<unknown>" for piece in known]
    return pieces + ["<unknown>"] * (size - len(pieces))
