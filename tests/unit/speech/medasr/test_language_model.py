"""A KenLM model over pieces: "#" for "▁", unknown pieces far behind, special pieces no concern."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest

from medscribe.errors import ConfigurationError, MissingDependencyError, ModelUnavailableError
from medscribe.speech.medasr.beam import beam_search
from medscribe.speech.medasr.greedy import log_softmax
from medscribe.speech.medasr.language_model import PieceScorer, load_language_model

PIECES = ("<epsilon>", "</s>", "▁no", "▁know", "▁fev", "er")
has_kenlm = importlib.util.find_spec("kenlm") is not None
needs_kenlm = pytest.mark.skipif(not has_kenlm, reason="the library kenlm is not installed")

ARPA = """\\data\\
ngram 1=7
ngram 2=4

\\1-grams:
-1.0\t<unk>\t0
0\t<s>\t-0.3
-1.0\t</s>\t0
-1.0\t#no\t-0.3
-1.0\t#know\t-0.3
-1.5\t#fev\t-0.3
-1.0\ter\t-0.3

\\2-grams:
-0.2\t#no #fev
-3.0\t#know #fev
-0.1\t#fev er
-0.2\ter </s>

\\end\\
"""


class Counts:
    """A bigram model in a dictionary, with KenLM's interface; a state is a list of one word."""

    def __init__(self, log10: dict[tuple[str, str], float]) -> None:
        self._log10 = log10

    def __contains__(self, word: str) -> bool:
        return any(word in pair for pair in self._log10)

    def BeginSentenceWrite(self, state: object) -> None:
        assert isinstance(state, list)
        state[:] = ["<s>"]

    def BaseScore(self, before: object, word: str, after: object) -> float:
        assert isinstance(before, list)
        assert isinstance(after, list)
        after[:] = [word]
        return self._log10.get((before[0], word), -2.0)


def scorer(weight: float = 1.0, bonus: float = 0.0) -> PieceScorer:
    model = Counts({("<s>", "#no"): -0.5, ("#no", "#fev"): -0.25, ("#fev", "</s>"): -0.75})
    return PieceScorer(model, lambda: [""], PIECES, weight, bonus)


def test_a_piece_is_scored_after_the_pieces_before_it_in_natural_logarithms() -> None:
    first, after_no = scorer().score(scorer().start(), 2)
    second, after_fev = scorer().score(after_no, 4)
    assert (first, second) == pytest.approx((-0.5 * math.log(10), -0.25 * math.log(10)))
    assert scorer().end(after_fev) == pytest.approx(-0.75 * math.log(10))


def test_weight_and_bonus_count_for_every_piece() -> None:
    added, _ = scorer(weight=0.5, bonus=1.5).score(scorer().start(), 2)
    assert added == pytest.approx(0.5 * -0.5 * math.log(10) + 1.5)


def test_a_piece_the_model_never_saw_is_far_behind() -> None:
    added, _ = scorer().score(scorer().start(), 5)
    assert added == pytest.approx((-2 - 10) * math.log(10))


def test_special_pieces_are_no_words_of_the_model() -> None:
    state = scorer().start()
    assert scorer(bonus=9.0).score(state, 1) == (0.0, state)


def test_a_model_of_other_words_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"lm_6\.kenlm"):
        PieceScorer(Counts({("the", "fever"): -1.0}), lambda: [""], PIECES, 1.0, 0.0)


@pytest.mark.skipif(has_kenlm, reason="the library kenlm is installed")
def test_without_the_library_the_message_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match="pip install kenlm"):
        load_language_model(tmp_path / "lm.arpa", PIECES, 1.0, 0.0)


@pytest.mark.models
@needs_kenlm
def test_the_real_library_decides_between_words_that_sound_alike(tmp_path: Path) -> None:
    (tmp_path / "lm.arpa").write_text(ARPA, encoding="utf-8")
    loaded = load_language_model(tmp_path / "lm.arpa", PIECES, 0.5, 1.5)
    # A little more "know" than "no", then clearly "fever".
    rows = [[0, 0, 5.0, 5.4, 0, 0], [0, 0, 0, 0, 9, 0], [0, 0, 0, 0, 0, 9], [9, 0, 0, 0, 0, 0]]
    sound = log_softmax(np.array(rows, np.float32))
    heard = beam_search(sound, PIECES, 0, width=8)
    read = beam_search(sound, PIECES, 0, width=8, scorer=loaded)
    assert "".join(token.piece for token in heard) == "▁know▁fever"
    assert "".join(token.piece for token in read) == "▁no▁fever"


@pytest.mark.models
@needs_kenlm
def test_a_file_that_is_missing_or_no_model_is_refused_quietly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ModelUnavailableError, match="path"):
        load_language_model(tmp_path / "nowhere.kenlm", PIECES, 1.0, 0.0)
    (tmp_path / "torn.kenlm").write_bytes(b"mmap lm http://kheafield.com/code" + b"\0" * 99)
    with pytest.raises(ModelUnavailableError, match="again"):
        load_language_model(tmp_path / "torn.kenlm", PIECES, 1.0, 0.0)
    assert capfd.readouterr() == ("", "")
