"""Prompts -> the answers of a script, in order: for tests and demonstrations."""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel

from medscribe.domain.provenance import Provenance
from medscribe.errors import AnswerCancelledError, ConfigurationError
from medscribe.llm.answers import read_answer
from medscribe.llm.model import Answer, LanguageModel, Message, Usage, never, unheard

SUMMARY = "Script: gives the answers of a file, for tests and demonstrations"
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

PIECE_CHARACTERS = 12
"""How much of an answer is heard at once, about what servers send."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Which script."""

    path: Path
    """JSON list of answers, each an object. No default."""


class ScriptedModel:
    """Gives the next answer at every call, the last one again and again. It counts no tokens."""

    def __init__(self, answers: Sequence[object]) -> None:
        self.made_by = Provenance(engine="scripted", version=version("medscribe"))
        self.context_tokens: int | None = None
        self.usage = Usage()
        self._answers = list(answers)
        self._next = 0

    def complete(
        self,
        messages: Sequence[Message],
        answer: type[Answer],
        *,
        max_tokens: int = 1024,
        cancelled: Callable[[], bool] = never,
        heard: Callable[[str], None] = unheard,
    ) -> Answer:
        """See `LanguageModel`; the messages do not matter."""
        text = json.dumps(self._answers[min(self._next, len(self._answers) - 1)])
        self._next += 1
        for start in range(0, len(text), PIECE_CHARACTERS):
            if cancelled():
                raise AnswerCancelledError("The answer was called off: ask again when needed.")
            heard(text[start : start + PIECE_CHARACTERS])
        return read_answer(text, answer)


def create(options: Options) -> LanguageModel:
    """A script from its first answer on; `ConfigurationError` where it cannot be read."""
    return ScriptedModel(read_script(options.path))


def read_script(path: Path) -> list[object]:
    """The answers in a file; `ConfigurationError` where there are none."""
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        answers = None
    if not isinstance(answers, list) or not answers:
        raise ConfigurationError(
            "The script of the language model cannot be read: option path must name a JSON file "
            "that holds a list of answers."
        )
    return answers
