"""MedASR as an ONNX graph, run by sherpa-onnx: windows -> tokens. No torch, greedy search only."""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from medscribe.speech.medasr.sherpa_trial import check_in_child, decode, load
from medscribe.speech.medasr.tokens import Token
from medscribe.speech.medasr.windows import Window, in_frames


class SherpaRuntime:
    """One loaded graph. sherpa-onnx gives no probabilities for MedASR's words."""

    def __init__(self, model: Path, num_threads: int) -> None:
        """Raises `ModelUnavailableError` for a file that sherpa-onnx cannot run."""
        tokens = model.with_name("tokens.txt")
        check_in_child(model, tokens)
        self.version = f"sherpa-onnx {version('sherpa-onnx')}"
        self.model = f"{model.parent.name} {model.name}"
        self._lock = Lock()
        self._recogniser = load(model, tokens, num_threads)

    def tokens(self, windows: Iterable[Window], *, preview: bool) -> list[Token]:
        """Tokens of the kept frames, in order; a preview is searched like anything else."""
        with self._lock:
            return _joined(self._of_window(window) for window in windows)

    def _of_window(self, window: Window) -> list[Token]:
        result = decode(self._recogniser, window.samples)
        frames = [in_frames(seconds) for seconds in result.timestamps]
        return [
            Token(piece=piece, start=window.first + frame, end=window.first + frame + 1)
            for piece, frame in zip(result.tokens, frames, strict=True)
            if window.keep_from <= frame < window.keep_to
        ]


def _joined(parts: Iterable[list[Token]]) -> list[Token]:
    """All tokens in order; one that two windows heard a frame apart, across their cut, is one."""
    tokens: list[Token] = []
    for part in parts:
        twice = bool(tokens and part and _same(tokens[-1], part[0]))
        tokens += part[1:] if twice else part
    return tokens


def _same(last: Token, first: Token) -> bool:
    return last.piece == first.piece and first.start - last.start <= 1
