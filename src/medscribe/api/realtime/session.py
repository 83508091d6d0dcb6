"""`session.update` of a realtime client -> how its sound is to be heard from then on.

Field names and defaults are those of OpenAI's realtime transcription sessions.
"""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from medscribe.api.errors import RequestError
from medscribe.api.shelf import ModelShelf
from medscribe.api.transcriptions.languages import language_code
from medscribe.audio.stretches import StretchRule
from medscribe.audio.voice import VadOptions

RATES = {"audio/pcm": 24_000, "audio/pcmu": 8_000, "audio/pcma": 8_000}
"""Sample rate of each format that is taken, Hz."""

MOST_KEYWORDS = 100

# Between this much below the threshold and the threshold itself a voice neither begins nor ends.
_HYSTERESIS = 0.15


class ServerVad(BaseModel, frozen=True):
    """When the server ends an item by itself."""

    type: Literal["server_vad"] = "server_vad"
    threshold: float = Field(default=0.5, ge=0, le=1)
    prefix_padding_ms: int = Field(default=300, ge=0, le=5_000)
    silence_duration_ms: int = Field(default=500, ge=32, le=10_000)

    @property
    def options(self) -> VadOptions:
        return VadOptions(
            threshold=self.threshold,
            negative_threshold=max(self.threshold - _HYSTERESIS, 0.01),
            min_silence_seconds=self.silence_duration_ms / 1000,
            pad_before_seconds=self.prefix_padding_ms / 1000,
        )

    @property
    def rule(self) -> StretchRule:
        """Each such silence ends a stretch; none is filled up with the next sentence."""
        return StretchRule(full_seconds=0.0, pause_seconds=self.silence_duration_ms / 1000)


class _Format(BaseModel):
    type: Literal["audio/pcm", "audio/pcmu", "audio/pcma"] = "audio/pcm"
    rate: int | None = None


class _Transcription(BaseModel):
    model: str | None = None
    language: str | None = None
    languages: list[str] | None = None
    prompt: str | None = Field(default=None, max_length=1_000)
    keywords: list[str] | None = Field(default=None, max_length=MOST_KEYWORDS)


class _Input(BaseModel):
    format: _Format | None = None
    transcription: _Transcription | None = None
    turn_detection: ServerVad | None = None


class _Audio(BaseModel):
    input: _Input | None = None


class _Update(BaseModel):
    type: Literal["transcription"] = "transcription"
    audio: _Audio | None = None


@dataclass(frozen=True)
class RealtimeSession:
    """How a session hears. `model` is a served name; `vad` None: the client commits by itself."""

    model: str
    language: str
    id: str = field(default_factory=lambda: f"sess_{uuid.uuid4().hex}")
    sound: Literal["audio/pcm", "audio/pcmu", "audio/pcma"] = "audio/pcm"
    prompt: str | None = None
    keywords: tuple[str, ...] = ()
    vad: ServerVad | None = field(default_factory=ServerVad)

    @property
    def hotwords(self) -> tuple[str, ...]:
        """Words likely to come, the client's most important ones first."""
        return (*self.keywords, *([self.prompt] if self.prompt else []))

    @property
    def shown(self) -> dict[str, Any]:
        """What is in effect, as a client reads it; what is not offered here is null."""
        sound = {"type": self.sound}
        rate = {"rate": RATES[self.sound]} if self.sound == "audio/pcm" else {}
        return {
            "id": self.id,
            "object": "realtime.transcription_session",
            "type": "transcription",
            "audio": {
                "input": {
                    "format": sound | rate,
                    "noise_reduction": None,
                    "transcription": {
                        "model": self.model,
                        "language": self.language,
                        "prompt": self.prompt,
                        "keywords": list(self.keywords),
                    },
                    "turn_detection": self.vad.model_dump() if self.vad else None,
                }
            },
            "include": None,
        }


def updated(session: RealtimeSession, given: object, models: ModelShelf) -> RealtimeSession:
    """`session` with what `given`, the `session` of a `session.update`, sets; the rest stays.

    Raises `RequestError` that names the field; then nothing of it is in effect.
    """
    try:
        update = _Update.model_validate(given)
    except ValidationError as error:
        place = ".".join(["session", *map(str, error.errors(include_input=False)[0]["loc"])])
        raise RequestError(
            f"Invalid value of {place}: see docs/realtime.md for what it takes.",
            param=place,
            code="invalid_value",
        ) from None
    heard = update.audio.input if update.audio else None
    if heard is None:
        return session
    if heard.format is not None:
        session = replace(session, sound=_sound(heard.format))
    if heard.transcription is not None:
        session = _transcribing(session, heard.transcription, models)
    if "turn_detection" in heard.model_fields_set:
        session = replace(session, vad=heard.turn_detection)
    return session


def _sound(given: _Format) -> Literal["audio/pcm", "audio/pcmu", "audio/pcma"]:
    if given.rate not in (None, RATES[given.type]):
        raise RequestError(
            f"{given.type} is taken at {RATES[given.type]} Hz only: resample before sending.",
            param="session.audio.input.format.rate",
            code="invalid_value",
        )
    return given.type


def _transcribing(
    session: RealtimeSession, given: _Transcription, models: ModelShelf
) -> RealtimeSession:
    place = "session.audio.input.transcription.language"
    spoken = given.language or next(iter(given.languages or ()), None)
    changes: dict[str, Any] = {}
    if given.model is not None:
        changes["model"] = models.resolve(given.model)
    if spoken is not None:
        changes["language"] = language_code(spoken, place)
    if "prompt" in given.model_fields_set:
        changes["prompt"] = given.prompt
    if "keywords" in given.model_fields_set:
        changes["keywords"] = tuple(given.keywords or ())
    return replace(session, **changes)
