"""pyannote's pipeline: private before anything else, and on random twins of its models."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.diarizer_twins import build_pyannote_twin

from medscribe.dialogue.diarizers import pyannote
from medscribe.dialogue.pyannote_folder import fetch_repository
from medscribe.domain.spans import TimeSpan
from medscribe.errors import ConfigurationError, ModelUnavailableError

INSTALLED = find_spec("torch") is not None and find_spec("pyannote") is not None
ROOT = Path(__file__).resolve().parents[3]


def models(test: object) -> object:
    """Marks a test that needs torch and pyannote.audio, whose import warns."""
    for mark in (
        pytest.mark.models,
        pytest.mark.filterwarnings("ignore"),
        pytest.mark.skipif(not INSTALLED, reason="the diarization extra is not installed"),
    ):
        test = mark(test)
    return test


TELEMETRY_ON = {
    "PYANNOTE_METRICS_ENABLED": "1",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "ORT_DISABLE_TELEMETRY": "0",
}


def child(code: str, *folders: Path) -> str:
    """What the last line of `code` prints in a process of its own, where somebody has switched
    telemetry on."""
    path = os.pathsep.join([*map(str, folders), str(ROOT), *filter(None, sys.path)])
    environment = {**os.environ, **TELEMETRY_ON, "PYTHONPATH": path}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()[-1]


def test_the_library_of_that_name_is_imported_and_its_telemetry_is_off_before(
    tmp_path: Path,
) -> None:
    """A stand-in for it tells what it finds when it is imported."""
    library = tmp_path / "pyannote" / "audio"
    library.mkdir(parents=True)
    told = """
import os, sys
NAMES = ("PYANNOTE_METRICS_ENABLED", "HF_HUB_DISABLE_TELEMETRY", "ORT_DISABLE_TELEMETRY")
print(__name__, *(os.environ[name] for name in NAMES), file=sys.__stdout__)
raise SystemExit(0)
"""
    (library / "__init__.py").write_text(told, "utf-8")
    code = """
from medscribe.dialogue.diarizers import pyannote
pyannote.create(pyannote.Options(model_directory="nowhere"))
"""
    assert child(code, tmp_path) == "pyannote.audio 0 1 1"


LISTENING = """
from pathlib import Path
import numpy as np
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import SpanExportResult

sent = []
def collect(self, spans):
    sent.extend(span.name for span in spans)
    return SpanExportResult.SUCCESS
OTLPSpanExporter.export = collect

from medscribe.dialogue.diarizers import pyannote
from medscribe.domain.spans import TimeSpan
from pyannote.audio.telemetry import metrics
engine = pyannote.create(pyannote.Options(model_directory=Path(FOLDER)))
if ON:
    import os
    os.environ["PYANNOTE_METRICS_ENABLED"] = "1"
noise = np.random.default_rng(0).normal(0, 0.1, 16000).astype(np.float32)
engine.diarize(noise, [TimeSpan(start=0, end=1)], num_speakers=2)
metrics.provider.force_flush()
print(len(sent))
"""


@models
def test_the_library_sends_nothing_and_would_have_otherwise(twin: Path) -> None:
    """The exporter is listened to, so that nothing leaves this machine either way."""
    settings = f"FOLDER = {str(twin)!r}\n"
    assert child(f"ON = False\n{settings}{LISTENING}") == "0"
    assert int(child(f"ON = True\n{settings}{LISTENING}")) > 0


def test_without_a_model_and_without_leave_to_download_it_says_what_to_accept_and_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("huggingface_hub", reason="huggingface_hub is not installed")
    with pytest.raises(ModelUnavailableError) as caught:
        fetch_repository("pyannote/of-no-such-name", token=None, allow_download=False)
    message = str(caught.value)
    assert "https://hf.co/pyannote/of-no-such-name" in message
    assert all(option in message for option in ("token", "allow_download", "model_directory"))


def test_options_are_checked_and_the_token_is_not_shown() -> None:
    options = pyannote.Options.model_validate({"token": "hf_secret", "device": "cuda:1"})
    assert "hf_secret" not in repr(options)
    with pytest.raises(ValueError, match="device"):
        pyannote.Options.model_validate({"device": "tpu"})
    with pytest.raises(ValueError, match="model"):
        pyannote.Options.model_validate({"model": "precision-2"})
    with pytest.raises(ConfigurationError, match="min_speakers"):
        pyannote.create(pyannote.Options(min_speakers=3, max_speakers=2))


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not INSTALLED:
        pytest.skip("the diarization extra is not installed")
    return build_pyannote_twin(tmp_path_factory.mktemp("pyannote"))


def _noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, round(seconds * 16_000)).astype(np.float32)


@models
def test_a_pipeline_of_the_kind_of_3_1_works_too(tmp_path: Path) -> None:
    folder = build_pyannote_twin(tmp_path, clustering="AgglomerativeClustering")
    engine = pyannote.create(pyannote.Options(model_directory=folder))
    turns = engine.diarize(_noise(11), [TimeSpan(start=0, end=11)], num_speakers=2)
    assert 1 <= len({turn.label for turn in turns}) <= 2


@models
def test_a_pipeline_that_returns_turns_alone_works_too(twin: Path, tmp_path: Path) -> None:
    """`legacy` in config.yaml: an annotation with overlaps in place of the three results."""
    config = json.loads((twin / "config.yaml").read_text("utf-8"))
    parts = {part: str(twin / part) for part in ("segmentation", "embedding", "plda")}
    config["pipeline"]["params"].update(parts, legacy=True)
    (tmp_path / "config.yaml").write_text(json.dumps(config), "utf-8")
    engine = pyannote.create(pyannote.Options(model_directory=tmp_path))
    turns = engine.diarize(_noise(3), [TimeSpan(start=0, end=3)], num_speakers=None)
    assert turns
    assert all(a.span.end <= b.span.start for a, b in pairwise(turns))


@models
def test_more_speakers_than_a_short_sound_has_voiceprints_is_no_error(twin: Path) -> None:
    engine = pyannote.create(pyannote.Options(model_directory=twin))
    for count in (4, 7):
        turns = engine.diarize(_noise(0.5), [TimeSpan(start=0, end=0.5)], num_speakers=count)
        assert all(turn.span.end <= 0.5 for turn in turns)


@models
def test_a_broken_model_or_a_missing_device_is_one_clear_sentence(
    twin: Path, tmp_path: Path
) -> None:
    config = json.loads((twin / "config.yaml").read_text("utf-8"))
    broken = tmp_path / "broken.bin"
    broken.write_bytes((twin / "segmentation" / "pytorch_model.bin").read_bytes()[:2000])
    parts = {part: str(twin / part) for part in ("embedding", "plda")}
    config["pipeline"]["params"].update(parts, segmentation=str(broken))
    (tmp_path / "config.yaml").write_text(json.dumps(config), "utf-8")
    with pytest.raises(ModelUnavailableError, match="cannot be loaded"):
        pyannote.create(pyannote.Options(model_directory=tmp_path))
    import torch

    if not torch.cuda.is_available():
        with pytest.raises(ConfigurationError, match="device = 'cpu'"):
            pyannote.create(pyannote.Options(model_directory=twin, device="cuda"))
