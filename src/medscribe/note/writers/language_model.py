"""Masked utterances -> a note written by a language model, every statement with its quotes."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from medscribe import __version__
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.llm.model import LanguageModel
from medscribe.note.model_note.full_pass import whole_note
from medscribe.note.model_note.live import ModelNote, ReadingOptions
from medscribe.note.model_note.plan import ReadingPlan
from medscribe.note.model_note.prompt import PROMPT_VERSION
from medscribe.note.template import Template
from medscribe.note.writer import LiveNote, NoteWriter, UpdateCadence
from medscribe.plugin import create_engine

SUMMARY = "A language model writes, on a server of your own; each statement quotes the talk."
REQUIRES: tuple[str, ...] = ("httpx2",)
EXTRA: str | None = "remote"


class Options(BaseModel, extra="forbid", frozen=True):
    """Which model, when a growing note is updated, and how much it is asked at once."""

    engine: str = "openai_compatible"
    """Kind of server: `openai_compatible`, `ollama`, or `scripted` for tests. Default
    `openai_compatible`: vLLM and llama.cpp. The setting `language_model_engine` fills it."""

    engine_options: dict[str, Any] = Field(default={}, repr=False)
    """Options of that engine. Default: none; filled from the settings `language_model_...`."""

    update_words: int = Field(default=60, ge=1)
    """New words after which a growing note is updated at the next pause. Default 60: some 20 s of
    talk, as much as one or two statements come from."""

    update_seconds: float = Field(default=60.0, gt=0)
    """Longest wait for an update while something new was said, s. Default 60."""

    plan: ReadingPlan = ReadingPlan.AUTO
    """What each update reads: `prefix` (the visit from its beginning, for servers with a prefix
    cache), `window` (the note and what is unread) or `auto`. Default `auto`: `prefix` while the
    visit fits the model's context, then `window`."""

    window_utterances: int = Field(default=40, ge=1)
    """Most new utterances in one question. Default 40: three minutes of talk, as after a pause of
    the server; what is more is asked in several questions."""

    overlap_utterances: int = Field(default=2, ge=0)
    """Utterances before the new ones that a question of the window plan repeats. Default 2: the
    question that an answer belongs to."""

    update_answer_tokens: int = Field(default=1024, ge=64)
    """Longest answer to an update, tokens. Default 1024: twelve operations."""

    note_answer_tokens: int = Field(default=4096, ge=256)
    """Longest answer of a full pass, tokens. Default 4096: 60 statements with their quotes."""


def create(options: Options) -> NoteWriter:
    """The writer; nothing is sent before there is something to write.

    Raises `ConfigurationError` where the engine or its options are not known.
    """
    model: LanguageModel = create_engine(
        "medscribe.llm.models", options.engine, options.engine_options
    )
    return LanguageModelWriter(model, options)


class LanguageModelWriter:
    """Asks one model; several visits may use it at once, each with its own live note."""

    def __init__(self, model: LanguageModel, options: Options) -> None:
        self.made_by = Provenance(
            engine="language_model",
            version=__version__,
            model=model.made_by.model or model.made_by.engine,
            prompt=PROMPT_VERSION,
        )
        self.cadence = UpdateCadence(
            words=options.update_words, seconds=options.update_seconds, background=True
        )
        self._model, self._options = model, options
        self._reading = ReadingOptions(
            plan=options.plan,
            most_utterances=options.window_utterances,
            overlap=options.overlap_utterances,
            answer_tokens=options.update_answer_tokens,
        )

    def write(self, utterances: Sequence[MaskedUtterance], template: Template) -> Note:
        """One full pass; its prompt begins as those of the live note, so that caches hit."""
        return whole_note(
            utterances,
            template,
            self._model,
            self._made_by(template),
            answer_tokens=self._options.note_answer_tokens,
            options=self._reading,
        )

    def begin(self, template: Template) -> LiveNote:
        """A note that grows by operations."""
        return ModelNote(self._model, template, self._made_by(template), self._reading)

    def _made_by(self, template: Template) -> Provenance:
        update = {"template": f"{template.name} {template.version}"}
        return self.made_by.model_copy(update=update)
