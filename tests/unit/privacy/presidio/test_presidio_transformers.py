"""A transformers model for the Presidio detector: loaded from its folder alone, never half read."""

import socket
from pathlib import Path

import pytest

pytest.importorskip("presidio_analyzer", reason="needs the extra presidio")
pytest.importorskip("torch", reason="needs torch: make test-models")
pytest.importorskip("transformers", reason="needs transformers: make test-models")

from tests.presidio_twins import build_transformers

from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import ConfigurationError, ModelUnavailableError, PrivacyError
from medscribe.privacy.detectors import presidio
from medscribe.privacy.detectors.presidio import Options
from medscribe.privacy.presidio import model as models
from medscribe.privacy.presidio.analyzer import Analyzer
from medscribe.privacy.presidio.labels import PERSON, PLACE

pytestmark = pytest.mark.models

TEXTS = ["Mary Walsh went home to Quuxville", "", "call 312-555-0142 now", "and so on, " * 200]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_transformers(tmp_path_factory.mktemp("model") / "bert")


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{index}", speaker="S1", role=Role.UNKNOWN, text=text)
        for index, text in enumerate(texts)
    ]


def test_the_network_is_loaded_and_its_entities_are_read(folder: Path) -> None:
    found = Analyzer(models.load_model(str(folder))).analyze("\n".join(TEXTS))
    assert {one.entity for one in found if one.learned} <= {PERSON, PLACE}
    assert any(one.learned for one in found)
    assert any(one.entity == "PHONE_NUMBER" for one in found)


def test_spans_lie_in_their_utterances_and_no_connection_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("no connection is made")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    detector = presidio.create(Options(ner=str(folder)))
    spans = detector.detect(visit(*TEXTS))
    assert len(spans) == len(TEXTS)
    for text, found in zip(TEXTS, spans, strict=True):
        assert all(pii.span.end <= len(text) for pii in found)


def test_a_network_that_fails_on_a_visit_stops_it(folder: Path) -> None:
    model = models.load_model(str(folder))
    assert model.recognizer is not None
    # It knows one piece, its tokenizer has many: an index out of range, as in a broken model.
    model.recognizer.ner_pipeline.model.resize_token_embeddings(1)
    detector = presidio.PresidioDetector(Analyzer(model))
    with pytest.raises(PrivacyError, match="Presidio failed"):
        detector.detect(visit("Mary Walsh"))


def test_a_folder_without_safetensors_is_refused(folder: Path, tmp_path: Path) -> None:
    for kept in folder.iterdir():
        if kept.suffix != ".safetensors":
            (tmp_path / kept.name).write_bytes(kept.read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelUnavailableError, match="safetensors"):
        presidio.create(Options(ner=str(tmp_path)))


def test_a_network_for_something_else_is_refused(tmp_path: Path) -> None:
    folder = build_transformers(tmp_path / "drugs", labels=("CHEMICAL",))
    with pytest.raises(ConfigurationError, match="neither persons"):
        presidio.create(Options(ner=str(folder)))
