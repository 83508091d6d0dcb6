"""Names that clients ask for -> the recognisers that are served, each made once, used in turn."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import structlog

from medscribe.api.errors import RequestError
from medscribe.api.in_turn import InTurn
from medscribe.api.line import Door, Line
from medscribe.bootstrap import ignore_notice
from medscribe.errors import ConfigurationError
from medscribe.pipeline.work import ignore_progress
from medscribe.plugin import describe_engine
from medscribe.settings import Settings
from medscribe.speech.selection import TRANSCRIBERS, choose_transcriber
from medscribe.speech.transcriber import Transcriber

ALIASES = (
    "whisper-1",
    "gpt-4o-transcribe",
    "gpt-4o-mini-transcribe",
    "gpt-4o-mini-transcribe-2025-12-15",
    "gpt-4o-transcribe-diarize",
    "gpt-transcribe",
    "auto",
)
"""Names that clients of OpenAI have built in: they mean the engine of the setting `asr`."""

# Recognisers with options of a request's own that are kept loaded, besides one per model.
_MOST_VARIANTS = 2

log = structlog.get_logger()


@dataclass(frozen=True)
class _Key:
    name: str
    options: tuple[tuple[str, Any], ...] = ()


class ModelShelf:
    """What is served: the engine of `settings.asr`, and `settings.served_models` by their names.

    `default` makes the transcriber of `settings.asr`. With `only` just that one is served.
    `notice` is told what a person should know of a model, such as the terms of its weights.
    """

    def __init__(
        self,
        settings: Settings,
        default: Callable[[str], Transcriber],
        *,
        only: str | None = None,
        notice: Callable[[str], None] = ignore_notice,
    ) -> None:
        self._settings = settings
        self._default = default
        self._only = only
        self._notice = notice
        self._guard = threading.Lock()
        self._making: dict[_Key, threading.Lock] = {}
        self._made: OrderedDict[_Key, InTurn] = OrderedDict()
        self._lines: dict[str, Line] = {}
        if only is not None and only not in self._all_names():
            raise ConfigurationError(
                f"There is no served model of that name: choose one of "
                f"{', '.join(self._all_names())}, or add it to served_models."
            )

        # One at work on each model, beside those that wait.
        self._door = Door(settings.max_waiting_requests + len(self.names()))

    def alone(self, name: str) -> "ModelShelf":
        """A shelf that serves `name` only; `ConfigurationError` where there is no such model."""
        return ModelShelf(self._settings, self._default, only=name, notice=self._notice)

    def names(self) -> list[str]:
        """The served names, the default first."""
        return [self._only] if self._only is not None else self._all_names()

    def offered(self) -> list[str]:
        """The served names whose libraries are installed."""
        return [name for name in self.names() if self._is_installed(name)]

    def aliases(self) -> list[str]:
        """Names beside these that clients may ask for."""
        default_is_served = self._only in (None, self._settings.asr)
        return [name for name in ALIASES if name not in self.names()] if default_is_served else []

    def resolve(self, name: str | None) -> str:
        """The served name that `name`, which may be an alias, means; None: the default.

        Raises `RequestError` with status 404 for a model that is not served.
        """
        names = self.names()
        if name is None or name in names:
            return name or names[0]
        if name in self.aliases():
            return names[0]
        raise RequestError(
            f"This server does not offer that model: choose one of {', '.join(names)}.",
            param="model",
            code="model_not_found",
            status=404,
        )

    def engine(self, name: str) -> str:
        """The engine behind a served name."""
        return self._configured(name)[0]

    def is_loaded(self, name: str) -> bool:
        """Whether the recogniser of a served name has been made."""
        return _Key(name) in self._made

    def transcriber(self, name: str, options: Mapping[str, Any] | None = None) -> InTurn:
        """The recogniser of a served name; made on first use, which may take seconds.

        `options` go before those of the settings; recognisers with options of their own are kept
        only while few are asked for. Raises what making an engine raises.
        """
        usual = self._configured(name)[1]
        own = {item for item in (options or {}).items() if usual.get(item[0]) != item[1]}
        key = _Key(name, tuple(sorted(own)))
        with self._guard:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            found = self._made.get(key) or self._make(key)
        with self._guard:
            self._made[key] = found
            self._made.move_to_end(key)
            self._drop_old_variants()
        return found

    def admitted(self) -> AbstractContextManager[None]:
        """Count a request from before its upload to its end; `BusyError` where there are too many.

        Who is turned away should not have sent a recording in vain.
        """
        return self._door.inside()

    @contextmanager
    def slot(self, name: str, gone: threading.Event | None = None) -> Iterator[None]:
        """Hold a model for one request; the next in line waits. To be used in a thread.

        Raises `BusyError` at once where `settings.max_waiting_requests` wait already, and
        `ClientGoneError` where `gone` is set while waiting.
        """
        with self._guard:
            line = self._lines.setdefault(name, Line(self._settings.max_waiting_requests))
        with line.turn(gone):
            began = time.monotonic()
            try:
                yield
            finally:
                line.took(time.monotonic() - began)

    def _make(self, key: _Key) -> InTurn:
        began = time.monotonic()
        engine, usual = self._configured(key.name)
        if key.name not in self._settings.served_models and not key.options:
            made = self._default(engine)
        else:
            made = choose_transcriber(
                engine,
                self._settings.models_folder,
                whisper_model=self._settings.whisper_model,
                allow_download=self._settings.allow_download,
                options={**usual, **dict(key.options)},
                progress=ignore_progress,
                notice=self._notice,
            )
        log.info("model loaded", model=key.name, seconds=round(time.monotonic() - began, 2))
        return InTurn(made)

    def _drop_old_variants(self) -> None:
        variants = [key for key in self._made if key.options]
        for key in variants[:-_MOST_VARIANTS]:
            del self._made[key]
            self._making.pop(key, None)

    def _all_names(self) -> list[str]:
        return list(dict.fromkeys([self._settings.asr, *self._settings.served_models]))

    def _configured(self, name: str) -> tuple[str, Mapping[str, Any]]:
        """Engine and options; a served model goes before the default of the same name."""
        served = self._settings.served_models.get(name)
        if served is None:
            return self._settings.asr, self._settings.asr_options
        return served.engine, served.options

    def _is_installed(self, name: str) -> bool:
        engine = self.engine(name)
        return engine == "auto" or describe_engine(TRANSCRIBERS, engine).installed
