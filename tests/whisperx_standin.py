"""An environment that looks as if it held WhisperX: real recognition, a made-up alignment.

The interpreter is this one with a package `whisperx` before it, whose `align` puts each word 0.1 s
later than the segment's even share and gives digits no time.
"""

import sys
from pathlib import Path

_ALIGNMENT = """
import sys

def nltk_load(*_):
    raise LookupError("punkt would be downloaded")

def load_align_model(language, device, model_name=None, model_cache_only=False):
    if language != "en":
        raise ValueError("no model for this language")
    return "model", {"language": language}

def align(transcript, model, metadata, audio, device):
    nltk_load("punkt").span_tokenize("")
    (segment,) = transcript
    print("transcript in a print:", segment["text"])
    print("transcript in a warning:", segment["text"], file=sys.stderr)
    words = segment["text"].split()
    each = (segment["end"] - segment["start"]) / len(words)
    return {"word_segments": [
        {"word": w} if w.isdigit() else
        {"word": w, "start": segment["start"] + i * each + 0.1,
         "end": segment["start"] + (i + 1) * each + 0.1, "score": 0.9}
        for i, w in enumerate(words)
    ]}
"""


def build_standin(folder: Path) -> Path:
    """Writes the environment into `folder` and returns its interpreter."""
    package = folder / "site" / "whisperx"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "alignment.py").write_text(_ALIGNMENT)
    return wrapped_python(folder, f"PYTHONPATH='{package.parent}'")


def wrapped_python(folder: Path, setting: str = "") -> Path:
    """An interpreter that runs under `setting`, a variable of the environment."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "python"
    script.write_text(f'#!/bin/sh\n{setting} exec "{sys.executable}" "$@"\n')
    script.chmod(0o755)
    return script


def build_align_folder(folder: Path) -> Path:
    """What passes for the folder of an alignment model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text("{}")
    return folder
