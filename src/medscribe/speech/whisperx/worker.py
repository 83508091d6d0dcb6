"""Lines of JSON with speech in -> lines of JSON with words out, with WhisperX.

Runs by path under the interpreter of another environment, where MedScribe is not installed, and
imports nothing of it. Nothing that is said may reach a log: the libraries print transcripts in
their warnings, so their output goes nowhere and errors are told by their class alone.
"""

import base64
import importlib
import json
import logging
import os
import sys
from typing import Any, TextIO

SAMPLE_RATE = 16000
MOST_PROMPT_TOKENS = 100
RANDOM_SEED = 20_260_101
TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
QUIET = {
    "PYANNOTE_METRICS_ENABLED": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TRANSFORMERS_VERBOSITY": "critical",
    "TOKENIZERS_PARALLELISM": "false",
}
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


class _OneSentence:
    """In place of NLTK's sentence splitter, which is downloaded; alignment needs no sentences."""

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


class Recogniser:
    """A Whisper model and, by language, the models that align its words."""

    def __init__(self, options: dict[str, Any]) -> None:
        whisper = _module("faster_whisper")
        self._alignment = _module("whisperx.alignment")
        self._alignment.nltk_load = lambda *_, **__: _OneSentence()
        # Above temperature 0 words are drawn by lot; it is cast once, when the process starts.
        _module("ctranslate2").set_random_seed(RANDOM_SEED)
        self._options = options
        self._device = _device(options["device"])
        default = "float16" if self._device == "cuda" else "int8"
        self._model = whisper.WhisperModel(
            options["model"],
            device=self._device,
            compute_type=options["compute_type"] or default,
            cpu_threads=options["cpu_threads"],
            local_files_only=options["offline"],
        )
        self._aligners: dict[str, Any] = {}
        if options["align_model"]:
            # What does not load is told at the start, not over the first words.
            self._aligner("en")

    def transcribe(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        numpy = _module("numpy")
        pcm = numpy.frombuffer(base64.b64decode(request["audio"]), dtype="<i2")
        samples = pcm.astype("float32") / 32768.0
        preview = request["preview"]
        segments, _ = self._model.transcribe(
            samples,
            language=request["language"],
            beam_size=1 if preview else self._options["beam_size"],
            temperature=0.0 if preview else list(TEMPERATURES),
            max_new_tokens=min(200, 20 + 10 * len(samples) // SAMPLE_RATE) if preview else None,
            hotwords=self._hotwords(request["prompt"]),
            initial_prompt=self._carried(request["context"]),
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
        )
        return [
            self._answer(piece, samples, request["language"], align=not preview)
            for piece in segments
        ]

    def _answer(self, piece: Any, samples: Any, language: str, *, align: bool) -> dict[str, Any]:
        aligned = self._align(piece, samples, language) if align else []
        return {
            "words": [_own_word(word) for word in piece.words or ()],
            "aligned": [_aligned_word(word) for word in aligned],
            "avg_logprob": piece.avg_logprob,
            "compression_ratio": piece.compression_ratio,
            "no_speech_prob": piece.no_speech_prob,
            "temperature": piece.temperature or 0.0,
            "tokens": list(piece.tokens),
        }

    def _align(self, piece: Any, samples: Any, language: str) -> list[dict[str, Any]]:
        """Words with aligned times; [] where this segment cannot be aligned."""
        text = " ".join(word.word.strip() for word in piece.words or () if word.word.strip())
        end = min(piece.end, len(samples) / SAMPLE_RATE)
        if not text or end <= piece.start:
            return []
        segment = {"start": piece.start, "end": end, "text": text}
        model, metadata = self._aligner(language)
        try:
            found = self._alignment.align([segment], model, metadata, samples, self._device)
        # The alignment fails in many ways on odd segments; Whisper's own times remain.
        except (RuntimeError, ValueError, LookupError, TypeError, AttributeError):
            return []
        words: list[dict[str, Any]] = found["word_segments"]
        return words

    def _aligner(self, language: str) -> Any:
        if language not in self._aligners:
            self._aligners[language] = self._alignment.load_align_model(
                language,
                self._device,
                model_name=self._options["align_model"],
                model_cache_only=self._options["offline"],
            )
        return self._aligners[language]

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._model.hf_tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _hotwords(self, prompt: str | None) -> str | None:
        """The first words that fit; a full prompt leaves the decoder no room to answer."""
        words = (prompt or "").split()[:MOST_PROMPT_TOKENS]
        while words and len(self._tokens(" " + " ".join(words))) > MOST_PROMPT_TOKENS:
            words.pop()
        return " ".join(words) or None

    def _carried(self, context: str | None) -> list[int] | None:
        return self._tokens(" " + context)[-MOST_PROMPT_TOKENS:] if context else None


def main() -> None:
    """Greets with `ready`, then answers each line until there are no more."""
    answers = _take_over_output()
    try:
        options = json.loads(sys.stdin.readline())
        os.environ.update(QUIET | (OFFLINE if options["offline"] else {}))
        logging.disable(logging.CRITICAL)
        recogniser = Recogniser(options)
    except Exception as error:  # noqa: BLE001 - the outermost loop of a process
        _say(answers, {"error": type(error).__name__})
        return
    _say(answers, {"ready": True})
    for line in sys.stdin:
        try:
            _say(answers, {"segments": recogniser.transcribe(json.loads(line))})
        except Exception as error:  # noqa: BLE001 - the outermost loop of a process
            _say(answers, {"error": type(error).__name__})


def _take_over_output() -> TextIO:
    """The real standard output; whatever else writes to it, or to stderr, writes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _module(name: str) -> Any:
    """A module of this environment, which MedScribe's own knows nothing of."""
    return importlib.import_module(name)


def _device(wanted: str) -> str:
    if wanted != "auto":
        return wanted
    return "cuda" if _module("torch").cuda.is_available() else "cpu"


def _own_word(word: Any) -> dict[str, Any]:
    return {
        "word": word.word.strip(),
        "start": float(word.start),
        "end": float(word.end),
        "probability": float(word.probability),
    }


def _aligned_word(word: dict[str, Any]) -> dict[str, Any]:
    """Digits and symbols may have no times."""
    times = {key: float(word[key]) for key in ("start", "end") if word.get(key) is not None}
    return {"word": str(word["word"]), **times}


if __name__ == "__main__":
    # The folder of this file holds modules of MedScribe, which other libraries must not find.
    del sys.path[0]
    main()
