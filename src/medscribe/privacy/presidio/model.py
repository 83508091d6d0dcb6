"""The option `ner` -> a pipeline that is on this machine; never a download."""

import importlib
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from medscribe.errors import ConfigurationError, MissingDependencyError, ModelUnavailableError
from medscribe.privacy.presidio.labels import ENTITY_OF_LABEL
from medscribe.privacy.presidio.quiet import silent

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer
    from spacy.language import Language

AUTO, NONE = "auto", "none"
_BEST_FIRST = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_NOT_FOR_NAMES = ("parser", "senter", "tagger", "morphologizer", "lemmatizer", "attribute_ruler")


class Model(NamedTuple):
    """What finds named entities: the spaCy pipeline, a recogniser beside it, or neither.

    `language` is always there, as Presidio reads its words; a blank one has no labels.
    """

    language: "Language"
    recognizer: "EntityRecognizer | None" = None

    @property
    def labels(self) -> frozenset[str]:
        """Labels of the pipeline's entities, as the model calls them."""
        return _labels(self.language)


def load_model(ner: str) -> Model:
    """What the option `ner` asks for: "auto", "none", a spaCy package or a folder with a model.

    Raises `ModelUnavailableError` where it is not on this machine or cannot be loaded,
    `ConfigurationError` where it finds neither persons nor places nor dates.
    """
    if ner == NONE:
        return Model(_blank())
    if ner == AUTO:
        return _best_installed()
    if (Path(ner) / "config.cfg").is_file():
        return _with_labels(_load_spacy(Path(ner)))
    if (Path(ner) / "config.json").is_file():
        return Model(_blank(), _transformers_recognizer(Path(ner)))
    if ner in _installed():
        return _with_labels(_load_spacy(ner))
    raise ModelUnavailableError(
        "The option ner of engine presidio names no installed spaCy package and no folder with a "
        "spaCy or transformers model: install the package, correct the path, or set it to none."
    )


def _best_installed() -> Model:
    """The best installed English spaCy package that finds names; the blank pipeline without one."""
    installed = sorted(name for name in _installed() if name.startswith("en_"))
    for name in sorted(installed, key=_rank):
        language = _load_spacy(name)
        if ENTITY_OF_LABEL.keys() & _labels(language):
            return Model(language)
    return Model(_blank())


def _rank(name: str) -> int:
    return _BEST_FIRST.index(name) if name in _BEST_FIRST else len(_BEST_FIRST)


def _installed() -> list[str]:
    import spacy

    names: list[str] = spacy.util.get_installed_models()
    return names


def _blank() -> "Language":
    import spacy

    return spacy.blank("en")


def _load_spacy(source: str | Path) -> "Language":
    """The pipeline of a package or folder, without the parts that names do not need."""
    import spacy

    loaded = None
    try:
        with warnings.catch_warnings():
            # Told of a model that another version of spaCy made; it loads or it does not.
            warnings.simplefilter("ignore")
            loaded = spacy.load(source, exclude=list(_NOT_FOR_NAMES))
    except (OSError, ValueError, KeyError, ImportError, RuntimeError, AttributeError, TypeError):
        pass  # its own error quotes the folder, and suggests a download
    if loaded is None:
        raise ModelUnavailableError(
            "The spaCy model that the option ner of engine presidio names cannot be loaded: see "
            "that it is complete and made for the installed version of spaCy, or set it to none."
        )
    return loaded


def _labels(language: "Language") -> frozenset[str]:
    return frozenset(label for labels in language.pipe_labels.values() for label in labels)


def _with_labels(language: "Language") -> Model:
    _see_that_it_finds_names(_labels(language))
    return Model(language)


def _see_that_it_finds_names(labels: Iterable[str]) -> None:
    if ENTITY_OF_LABEL.keys().isdisjoint(labels):
        raise ConfigurationError(
            "The model that the option ner of engine presidio names finds neither persons nor "
            "places nor dates: choose a model for these, or set it to none."
        )


def _transformers_recognizer(folder: Path) -> "EntityRecognizer":
    """Presidio's recogniser on a model of the folder alone: no network, code or pickle."""
    try:
        transformers: Any = importlib.import_module("transformers")
        importlib.import_module("torch")
    except ImportError:
        raise MissingDependencyError(
            "A transformers model for engine presidio needs torch and transformers: install them "
            "with  pip install 'medscribe[medasr-torch]'  or choose a spaCy model."
        ) from None
    with silent():
        return _new_recognizer(folder, _token_classifier(transformers, folder))


def _token_classifier(transformers: Any, folder: Path) -> Any:
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **local)
            network = transformers.AutoModelForTokenClassification.from_pretrained(
                folder, use_safetensors=True, **local
            ).eval()
            classifier = transformers.pipeline(
                "token-classification",
                model=network,
                tokenizer=tokenizer,
                aggregation_strategy="simple",
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, AttributeError, TypeError):
        classifier = None
    if classifier is None:
        raise ModelUnavailableError(
            "transformers cannot load the folder that the option ner of engine presidio names as "
            "a model for token classification in safetensors: fetch it again, or set it to none."
        )
    return classifier


def _new_recognizer(folder: Path, classifier: Any) -> "EntityRecognizer":
    from presidio_analyzer.predefined_recognizers import HuggingFaceNerRecognizer

    recognizer = HuggingFaceNerRecognizer(
        model_name=str(folder), label_mapping=dict(ENTITY_OF_LABEL), device="cpu"
    )
    # "B-PER" and "I-PER" begin and continue what is labelled PER.
    _see_that_it_finds_names(
        label[2:] if label[1:2] == "-" else label for label in classifier.model.config.label2id
    )
    recognizer.ner_pipeline = classifier
    return recognizer
