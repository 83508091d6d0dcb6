"""The option `ner`: which model is taken, what its entities are worth, and what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("presidio_analyzer")

from spacy.language import Language
from spacy.tokens import Doc
from tests.presidio_twins import build_spacy_network, build_spacy_rules

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import ConfigurationError, ModelUnavailableError, PrivacyError
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.detectors import presidio
from medscribe.privacy.detectors.presidio import Options


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{index}", speaker="S1", role=Role.UNKNOWN, text=text)
        for index, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def with_rules(tmp_path_factory: pytest.TempPathFactory) -> PiiDetector:
    folder = build_spacy_rules(tmp_path_factory.mktemp("model") / "rules")
    return presidio.create(Options(ner=str(folder)))


def one_find(detector: PiiDetector, text: str, said: str) -> PiiSpan:
    (spans,) = detector.detect(visit(text))
    (pii,) = [pii for pii in spans if text[pii.span.start : pii.span.end] == said]
    return pii


def test_a_name_that_only_the_model_sees_is_uncertain(with_rules: PiiDetector) -> None:
    pii = one_find(with_rules, "then zap , Zyxwell nodded", "Zyxwell")
    assert (pii.kind, pii.score) == (PiiKind.NAME, 0.55)


@pytest.mark.parametrize(
    "text", ["I saw Dr. Zyxwell for that", "hello, my name is Zyxwell and I am here"]
)
def test_a_title_or_an_introduction_makes_the_models_name_certain(
    with_rules: PiiDetector, text: str
) -> None:
    assert one_find(with_rules, text, "Zyxwell").score >= 0.8


def test_a_listed_name_is_certain(with_rules: PiiDetector) -> None:
    assert one_find(with_rules, "and then Karen came along too", "Karen").score >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "we started Lisinopril last time",
        "there is a positive Murphy sign",
        "for three days now, daily, since 2019",
        "she comes from Texas",
        "the MRI was clear, with seven cuts",
    ],
)
def test_drugs_eponyms_durations_states_and_tests_are_left(
    with_rules: PiiDetector, text: str
) -> None:
    assert with_rules.detect(visit(text)) == [[]]


def test_places_houses_and_days_of_the_model_are_found(with_rules: PiiDetector) -> None:
    assert one_find(with_rules, "over by Quuxville I think", "Quuxville").kind is PiiKind.LOCATION
    house = one_find(with_rules, "he went to Mercy Hospital", "Mercy Hospital")
    assert house.kind is PiiKind.LOCATION
    assert one_find(with_rules, "it began March 3rd or so", "March 3rd").kind is PiiKind.DATE


def test_forms_are_found_beside_the_model(with_rules: PiiDetector) -> None:
    assert one_find(with_rules, "Karen is at 312-555-0142", "312-555-0142").kind is PiiKind.PHONE


def test_a_network_is_loaded_and_decoded(tmp_path: Path) -> None:
    folder = build_spacy_network(tmp_path / "network")
    detector = presidio.create(Options(ner=str(folder)))
    texts = ["Mary Walsh went home on March 3rd", "", "call 312-555-0142", "and so on " * 50]
    utterances = visit(*texts)
    spans = detector.detect(utterances)
    assert spans == detector.detect(utterances)
    assert any(pii.kind is PiiKind.PHONE for pii in spans[2])
    for text, found in zip(texts, spans, strict=True):
        assert all(pii.span.end <= len(text) for pii in found)


@pytest.mark.parametrize("ner", ["en_core_web_lg", "no/such/folder", "", "."])
def test_a_model_that_is_not_here_is_refused_in_one_sentence(ner: str) -> None:
    with pytest.raises(ModelUnavailableError, match="option ner") as refused:
        presidio.create(Options(ner=ner))
    assert str(refused.value).count(". ") == 0


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    folder = build_spacy_rules(tmp_path / "damaged")
    (folder / "config.cfg").write_text("[nlp]\nlang = nonsense", encoding="utf-8")
    with pytest.raises(ModelUnavailableError, match="cannot be loaded"):
        presidio.create(Options(ner=str(folder)))


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    folder = build_spacy_rules(tmp_path / "drugs", {"CHEMICAL": ("aspirin",)})
    with pytest.raises(ConfigurationError, match="neither persons"):
        presidio.create(Options(ner=str(folder)))


def test_a_model_that_fails_on_a_visit_stops_it_without_a_word_of_it(tmp_path: Path) -> None:
    @Language.component("fails_on_walsh")
    def fails(doc: Doc) -> Doc:
        raise LookupError(doc.text)

    folder = build_spacy_rules(tmp_path / "fails")
    detector = presidio.create(Options(ner=str(folder)))
    detector._analyzer._language.add_pipe("fails_on_walsh")  # type: ignore[attr-defined]
    with pytest.raises(PrivacyError) as stopped:
        detector.detect(visit("I'm Mary Walsh"))
    assert "Walsh" not in str(stopped.value)
    assert stopped.value.__context__ is None


def package(site: Path, name: str, labels: dict[str, tuple[str, ...]]) -> None:
    """Lays a spaCy model down as pip would: a package, its metadata and entry point."""
    build_spacy_rules(site / name / "model", labels)
    (site / name / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
        "def load(**options):\n"
        "    return load_model_from_path(Path(__file__).parent / 'model', **options)\n",
        encoding="utf-8",
    )
    metadata = site / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n")


@pytest.mark.parametrize("ner", ["auto", "en_core_web_sm"])
def test_auto_takes_the_best_installed_package_that_finds_names(tmp_path: Path, ner: str) -> None:
    package(tmp_path, "en_chemistry", {"CHEMICAL": ("aspirin",)})
    package(tmp_path, "en_core_web_sm", {"PERSON": ("Zyxwell",)})
    package(tmp_path, "de_core_news_sm", {"PER": ("Zyxwell", "nodded")})
    program = (
        "from medscribe.domain.transcript import Role, Utterance\n"
        "from medscribe.privacy.detectors import presidio\n"
        f"detector = presidio.create(presidio.Options(ner='{ner}'))\n"
        "said = Utterance(id='u', speaker='S1', role=Role.UNKNOWN, text='so Zyxwell nodded')\n"
        "print([(pii.span.start, pii.span.end) for pii in detector.detect([said])[0]])\n"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("[(3, 10)]\n", "")
