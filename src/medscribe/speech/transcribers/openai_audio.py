"""Speech -> words of a server with OpenAI's transcription API: OpenAI, whisper.cpp, MedScribe, any.

What is sent is a patient's voice. It goes to the one address that was named, in clear only to this
machine itself.
"""

import ipaddress
import json
import weakref
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.transcript import Segment
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.remote import (
    EndlessAnswerError,
    PassingError,
    ServerAddress,
    ServerKey,
    open_client,
    post,
    tried,
)
from medscribe.speech.openai_answer import segments_of_answer
from medscribe.speech.pcm import wav
from medscribe.speech.prompt_budget import about_tokens, words_within_budget
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber

if TYPE_CHECKING:
    import httpx2

SUMMARY = "Any server with OpenAI's transcription API: a GPU machine of your own, or OpenAI"
REQUIRES: tuple[str, ...] = ("httpx2",)
EXTRA: str | None = "remote"

LARGEST_ANSWER_BYTES = 4_000_000
"""Thirty seconds of speech with tokens and words are 100 kB."""

LONGEST_PAUSE_SECONDS = 30.0
"""A server may ask for more patience than this; the recording is safe and work taken up later."""

_PATHS = _TRANSCRIPTIONS, _TRANSLATIONS = "audio/transcriptions", "audio/translations"


class Options(BaseModel, extra="forbid", frozen=True):
    """Which server and model, and how long to wait for it."""

    base_url: ServerAddress
    """Address up to and with `/v1`, such as https://speech.clinic.example/v1. No default."""

    model: str = "whisper-1"
    """Name of the model there. Default whisper-1: most servers take it for their only model."""

    api_key: ServerKey | None = Field(default=None, repr=False)
    """Sent as `Authorization: Bearer ...`. Default: none."""

    allow_insecure: bool = False
    """Whether `http://` to another machine is allowed. Default no: anybody on the way could listen;
    yes only inside an encrypted network."""

    response_format: Literal["auto", "verbose_json", "json"] = "auto"
    """What is asked for. Default auto: verbose_json with word times, json where the server refuses
    that; words then share the time of their stretch evenly."""

    connect_seconds: float = Field(default=5.0, gt=0)
    """Wait for a connection, s. Default 5."""

    answer_seconds: float = Field(default=120.0, gt=0)
    """Wait for an answer, s. Default 120: a CPU with a large model takes a minute for a stretch."""

    attempts: int = Field(default=3, ge=1, le=10)
    """Tries while the server is down, busy or sends garbage. Default 3; a preview has one."""

    pause_seconds: float = Field(default=1.0, ge=0)
    """Pause before the second try, doubled for each one after it, s. Default 1; where the server
    asks for a longer one (`Retry-After`), that."""


class _RefusedError(Exception):
    """The server does not take a request of this form."""


class OpenAiAudioTranscriber:
    """One model on one server; several threads may use it."""

    draft = False

    def __init__(self, options: Options, client: "httpx2.Client") -> None:
        self.made_by = Provenance(
            engine="openai_audio", version=version("medscribe"), model=options.model
        )
        self._options = options
        self._client = client
        # Connections are kept open between stretches, for as long as somebody uses this engine.
        self._finish = weakref.finalize(self, client.close)
        self._plain = set(_PATHS) if options.response_format == "json" else set[str]()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; about 100 tokens of `prompt` and of `context` are sent as its prompt.

        Raises `ModelUnavailableError` where no try gives an answer, `ConfigurationError` where the
        server refuses the key, the model or the request.
        """
        fields = {"language": language, "prompt": _prompt(prompt, context)}
        return self._recognise(_TRANSCRIPTIONS, samples, fields, preview)

    def translate(
        self, samples: NDArray[np.float32], *, language: str, prompt: str | None = None
    ) -> list[Segment]:
        """What was said in any language, in English words; errors as above."""
        fields = {"prompt": _prompt(prompt, None)}
        return self._recognise(_TRANSLATIONS, samples, fields, preview=False)

    def close(self) -> None:
        """Ends its connections."""
        self._finish()

    def _recognise(
        self, path: str, samples: NDArray[np.float32], fields: dict[str, str], preview: bool
    ) -> list[Segment]:
        if holds_no_speech(samples):
            return []
        sound, duration = wav(samples), len(samples) / SAMPLE_RATE
        attempts = 1 if preview else self._options.attempts
        try:
            return tried(
                lambda: _segments(self._answer(path, sound, fields), duration),
                attempts=attempts,
                pause_seconds=self._options.pause_seconds,
                longest_pause_seconds=LONGEST_PAUSE_SECONDS,
            )
        except PassingError as failure:
            raise ModelUnavailableError(
                f"The speech server {failure} (tries: {attempts}): check that it runs at the "
                "base_url of engine openai_audio, or choose another engine."
            ) from None

    def _answer(self, path: str, sound: bytes, fields: dict[str, str]) -> bytes:
        """The body of a good response, in the form that this server knows."""
        verbose = path not in self._plain
        try:
            return self._post(path, sound, fields, verbose=verbose)
        except _RefusedError:
            if not verbose or self._options.response_format == "verbose_json":
                raise _refused() from None
        try:
            body = self._post(path, sound, fields, verbose=False)
        except _RefusedError:
            raise _refused() from None
        self._plain.add(path)
        return body

    def _post(self, path: str, sound: bytes, fields: dict[str, str], *, verbose: bool) -> bytes:
        form: dict[str, Any] = {name: value for name, value in fields.items() if value}
        form |= {"model": self._options.model, "temperature": "0", "response_format": "json"}
        if verbose:
            form["response_format"] = "verbose_json"
        if verbose and path == _TRANSCRIPTIONS:
            form["timestamp_granularities[]"] = ["word", "segment"]
        try:
            return post(
                self._client,
                path,
                _refuse,
                answer_seconds=self._options.answer_seconds,
                most_bytes=LARGEST_ANSWER_BYTES,
                data=form,
                files={"file": ("speech.wav", sound, "audio/wav")},
            )
        except EndlessAnswerError:
            raise PassingError("sends an answer without end") from None


def create(options: Options) -> Transcriber:
    """The engine; nothing is sent before there is speech.

    Raises `ConfigurationError` for an address that would carry a voice over a network in clear.
    """
    import httpx2

    address = httpx2.URL(options.base_url)
    if address.scheme != "https" and not options.allow_insecure and not _is_here(address.host):
        raise ConfigurationError(
            "Engine openai_audio would send the recording unencrypted: give an https:// address as "
            "base_url, or set allow_insecure if the network itself is encrypted."
        )
    client = open_client(
        options.base_url,
        api_key=options.api_key,
        connect_seconds=options.connect_seconds,
        answer_seconds=options.answer_seconds,
    )
    return OpenAiAudioTranscriber(options, client)


def _is_here(host: str) -> bool:
    """Whether a host's name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _prompt(prompt: str | None, context: str | None) -> str:
    """Hotwords, then what was said before; the latter last, as if the answer continued it."""
    hotwords = words_within_budget(prompt, about_tokens, last=False)
    return f"{hotwords} {words_within_budget(context, about_tokens, last=True)}".strip()


def _refuse(status: int) -> None:
    if status in (401, 403):
        raise ConfigurationError(
            "The speech server refuses the key: check api_key of engine openai_audio."
        )
    if status == 404:
        raise ConfigurationError(
            "The speech server does not know this model or address: check model and base_url of "
            "engine openai_audio."
        )
    if 300 <= status < 400:
        raise ConfigurationError(
            "The speech server sends the recording on to another address, which is not followed: "
            "give the final address as base_url of engine openai_audio."
        )
    raise _RefusedError


def _refused() -> ConfigurationError:
    return ConfigurationError(
        "The speech server refuses the request: check model, language and response_format of "
        "engine openai_audio against what the server supports."
    )


def _segments(body: bytes, duration: float) -> list[Segment]:
    try:
        return segments_of_answer(json.loads(body), duration)
    except (ValueError, RecursionError):
        raise PassingError("does not answer in OpenAI's form") from None
