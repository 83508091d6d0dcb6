"""A text -> what Presidio says of it: offline, quiet, and nothing of the text is kept."""

import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from medscribe.privacy.presidio.evidence import Evidence
from medscribe.privacy.presidio.labels import ENTITY_OF_LABEL
from medscribe.privacy.presidio.model import Model
from medscribe.privacy.presidio.quiet import silent
from medscribe.privacy.presidio.recognizers import form_recognizers

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

_LANGUAGE = "en"
_LONGEST = 1 << 30


class Analyzer:
    """Presidio's engine with our recognisers and the given model; threads take turns."""

    def __init__(self, model: Model) -> None:
        self._language = model.language
        # The limit is for the memory of parsers, which are left out.
        self._language.max_length = _LONGEST
        self._lock = threading.Lock()
        with silent(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._words = _nlp_engine(model)
            self._engine = _engine(model, self._words)

    def analyze(self, text: str) -> list[Evidence]:
        """All that Presidio finds in `text`, with the scores it gives.

        Raises `RuntimeError` where it left something out, and what its libraries raise.
        """
        # The pipeline would keep every word it has seen; the zone lets them go.
        with self._lock, silent(), self._language.memory_zone():
            found = self._engine.analyze(
                text,
                _LANGUAGE,
                nlp_artifacts=self._artifacts(text),
                return_decision_process=True,
            )
            return list(_evidence(found))

    def _artifacts(self, text: str) -> "NlpArtifacts":
        """The words around a find are compared as they are said: a blank pipeline has no lemmas."""
        artifacts = self._words.process_text(text, _LANGUAGE)
        artifacts.lemmas = [token.lower_ for token in artifacts.tokens]
        artifacts.keywords = artifacts.set_keywords(self._words, artifacts.lemmas, _LANGUAGE)
        return artifacts


def _nlp_engine(model: Model) -> "SpacyNlpEngine":
    """Presidio's engine around a pipeline that is loaded: its own would download one."""
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    engine = SpacyNlpEngine(
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping=dict(ENTITY_OF_LABEL),
            labels_to_ignore=sorted(model.labels - ENTITY_OF_LABEL.keys()),
        )
    )
    engine.nlp = {_LANGUAGE: model.language}
    return engine


def _engine(model: Model, words: "SpacyNlpEngine") -> "AnalyzerEngine":
    from presidio_analyzer import AnalyzerEngine, LemmaContextAwareEnhancer, RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    recognizers: list[Any] = form_recognizers()
    if model.recognizer is not None:
        recognizers.append(model.recognizer)
    if model.labels & ENTITY_OF_LABEL.keys():
        named = sorted(set(ENTITY_OF_LABEL.values()))
        recognizers.append(SpacyRecognizer(supported_entities=named))
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=[_LANGUAGE]),
        nlp_engine=words,
        # As a part of words "us" would speak for a passport in "was".
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
        log_decision_process=False,
        supported_languages=[_LANGUAGE],
    )


def _evidence(found: Any) -> Iterator[Evidence]:
    """Presidio's results without its explanations, which hold the model's folder."""
    for result in found:
        why = result.analysis_explanation
        yield Evidence(
            start=result.start,
            end=result.end,
            entity=result.entity_type,
            pattern=why.pattern_name or "",
            score=result.score,
            boosted=bool(why.supportive_context_word),
            learned=result.entity_type in ENTITY_OF_LABEL.values(),
        )
