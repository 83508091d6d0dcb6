"""Form fields of `POST /transcribe` -> how the job is to be worked on."""

import re

from medscribe.api.errors import RequestError
from medscribe.api.fields import Fields, refused
from medscribe.api.shelf import ModelShelf
from medscribe.api.transcriptions.languages import language_code
from medscribe.domain.encounter import EncounterOptions, Stage
from medscribe.settings import Settings

MOST_HOTWORDS = 100
"""More never reach an engine: 100 tokens is what it takes."""

LONGEST_HOTWORD = 60
MOST_SPEAKERS = 8


def options_of(fields: Fields, settings: Settings, models: ModelShelf) -> EncounterOptions:
    """The options that `fields` ask for; what they leave out is as in the settings.

    Raises `RequestError`, which names the field: 404 for a model that is not served, 400 else.
    """
    analyse = fields.flag("analysis")
    if analyse and settings.language_model_url is None:
        raise RequestError(
            "This server has no language model: set language_model_url to analyse, or leave out "
            "analysis.",
            param="analysis",
            code="no_language_model",
        )
    language = fields.text("language")
    return EncounterOptions(
        asr=models.resolve(fields.text("model") or fields.text("asr")),
        template=settings.template,
        num_speakers=_speakers(fields, settings),
        language=language_code(language, "language") if language else settings.language,
        # A language model reads masked text only.
        last_stage=Stage.MASK if analyse else Stage.ATTRIBUTE,
        analyse=analyse,
        hotwords=_hotwords(fields),
        job=True,
    )


def _speakers(fields: Fields, settings: Settings) -> int | None:
    given = fields.number("num_speakers", 0, MOST_SPEAKERS)
    return settings.num_speakers if given is None else int(given) or None


def _hotwords(fields: Fields) -> tuple[str, ...]:
    """Given as several fields, as one with commas, or both."""
    words = [
        " ".join(w.split()) for each in fields.many("hotwords") for w in re.split("[,\n]", each)
    ]
    kept = tuple(dict.fromkeys(word for word in words if word))
    if len(kept) > MOST_HOTWORDS or any(len(word) > LONGEST_HOTWORD for word in kept):
        raise refused(
            "hotwords",
            f"give at most {MOST_HOTWORDS} words or names of at most {LONGEST_HOTWORD} letters, "
            "with commas between them",
        )
    return kept
