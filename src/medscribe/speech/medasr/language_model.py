"""A KenLM language model over MedASR's word pieces -> a score for each piece that may follow.

The model published with MedASR (`lm_6.kenlm`, 6-gram) counts pieces as if they were words and
writes "#" where the tokenizer writes "▁": "▁the" is its word "#the".
"""

import importlib.util
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from medscribe.errors import ConfigurationError, MissingDependencyError, ModelUnavailableError
from medscribe.speech.medasr.tokens import is_special

UNKNOWN_LOG10 = -10.0
"""Added for a piece that the model never saw; the decoder that MedASR is published with adds the
same (pyctcdecode's `unk_score_offset`)."""


class LanguageModel(Protocol):
    """What is used of `kenlm.Model`; the names are KenLM's. Scores are base-10 logarithms."""

    def BeginSentenceWrite(self, state: object) -> None: ...  # noqa: N802

    def BaseScore(self, before: object, word: str, after: object) -> float: ...  # noqa: N802

    def __contains__(self, word: str) -> bool: ...


class PieceScorer:
    """Scores pieces by their number, in natural logarithms, weighted and with the bonus."""

    def __init__(
        self,
        model: LanguageModel,
        new_state: Callable[[], object],
        pieces: Sequence[str],
        weight: float,
        bonus: float,
    ) -> None:
        """Raises `ConfigurationError` for a model that knows none of `pieces`."""
        self._model, self._new_state = model, new_state
        self._words = [None if is_special(piece) else piece.replace("▁", "#") for piece in pieces]
        self._weight, self._bonus = weight, bonus
        if not any(word in model for word in self._words if word):
            raise ConfigurationError(
                "The language model knows none of MedASR's word pieces: set language_model to "
                "the file lm_6.kenlm that is published with MedASR, or to one made like it."
            )

    def start(self) -> object:
        """The state at the beginning of an utterance."""
        state = self._new_state()
        self._model.BeginSentenceWrite(state)
        return state

    def score(self, state: object, label: int) -> tuple[float, object]:
        """What the piece adds to a hypothesis in `state`, and the state after it."""
        word = self._words[label]
        if word is None:
            return 0.0, state
        after = self._new_state()
        log10 = self._model.BaseScore(state, word, after)
        if word not in self._model:
            log10 += UNKNOWN_LOG10
        return self._weight * log10 * math.log(10) + self._bonus, after

    def end(self, state: object) -> float:
        """What it adds that the utterance ends in `state`."""
        log10 = self._model.BaseScore(state, "</s>", self._new_state())
        return self._weight * log10 * math.log(10)


def load_language_model(
    path: Path, pieces: Sequence[str], weight: float, bonus: float
) -> PieceScorer:
    """The scorer of a KenLM file (`.kenlm`, `.bin`, `.arpa`).

    Raises `MissingDependencyError` without the library kenlm, `ModelUnavailableError` for a file
    that is missing or no language model, `ConfigurationError` for one of other pieces.
    """
    if importlib.util.find_spec("kenlm") is None:
        raise MissingDependencyError(
            "A language model needs the library kenlm: install it with  pip install kenlm  (it is "
            "built from source and needs a C++ compiler), or leave language_model out."
        )
    import kenlm

    if not path.is_file():
        raise ModelUnavailableError(
            "There is no language model at the path in language_model: check the path."
        )
    config = kenlm.Config()
    # The library writes a progress bar and advice to stderr.
    config.show_progress = False
    config.arpa_complain = kenlm.ARPALoadComplain.NONE
    try:
        model = kenlm.Model(str(path), config)
    except (OSError, RuntimeError):
        raise ModelUnavailableError(
            "The file in language_model is not a KenLM language model: fetch it again."
        ) from None
    return PieceScorer(model, kenlm.State, pieces, weight, bonus)
