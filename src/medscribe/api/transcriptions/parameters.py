"""The fields of a transcription request -> what is wanted, checked before any work begins."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from medscribe.api.errors import RequestError
from medscribe.api.fields import Fields, refused
from medscribe.api.shelf import ModelShelf
from medscribe.api.transcriptions.languages import language_code
from medscribe.audio.stretches import StretchRule
from medscribe.audio.voice import VadOptions
from medscribe.settings import Settings

FORMATS = ("json", "text", "srt", "verbose_json", "vtt", "diarized_json")
MEDASR = "medasr"
_MEDASR_FIELDS = ("chunk_length_s", "stride_length_s")
_MOST_KNOWN_SPEAKERS = 4
_LONGEST_NAME = 64
# Between this much below the threshold and the threshold itself a voice neither begins nor ends.
_HYSTERESIS = 0.15


@dataclass(frozen=True)
class KnownSpeaker:
    """A voice that the client knows, and a file with 2 to 10 s of it."""

    name: str
    recording: bytes


@dataclass(frozen=True)
class Cutting:
    """How the recording is cut into stretches."""

    rule: StretchRule
    vad: VadOptions = field(default_factory=VadOptions)


@dataclass(frozen=True)
class Wanted:
    """A checked request. `model` is a served name, `language` None where the client named none.

    `num_speakers` None: estimate it. `temperature` is taken and not used: the engines fall back to
    higher temperatures by themselves, which is what 0 asks for.
    """

    model: str
    form: str
    stream: bool
    cutting: Cutting
    language: str | None = None
    hotwords: tuple[str, ...] = ()
    granularities: frozenset[str] = frozenset({"segment"})
    logprobs: bool = False
    known_speakers: tuple[KnownSpeaker, ...] = ()
    num_speakers: int | None = None
    engine_options: Mapping[str, float] = field(default_factory=dict)
    translate: bool = False

    @property
    def diarize(self) -> bool:
        return self.form == "diarized_json"


def transcription_wanted(
    fields: Fields, models: ModelShelf, settings: Settings, rule: StretchRule
) -> Wanted:
    """What a request to `/v1/audio/transcriptions` asks for; `RequestError` names what is wrong."""
    model = models.resolve(fields.text("model"))
    form = fields.choice("response_format", FORMATS) or "json"
    fields.number("temperature", 0.0, 1.0)
    known = _known_speakers(fields)
    return Wanted(
        model=model,
        form=form,
        stream=fields.flag("stream"),
        cutting=_cutting(fields, rule),
        language=_language(fields),
        hotwords=_hotwords(fields, settings),
        granularities=_granularities(fields, form),
        logprobs=_logprobs(fields, form),
        known_speakers=known,
        num_speakers=_num_speakers(fields, settings, len(known)),
        engine_options=_engine_options(fields, models.engine(model)),
    )


def translation_wanted(
    fields: Fields, models: ModelShelf, settings: Settings, rule: StretchRule
) -> Wanted:
    """What a request to `/v1/audio/translations` asks for; `language` is that of the recording."""
    fields.number("temperature", 0.0, 1.0)
    return Wanted(
        model=models.resolve(fields.text("model")),
        form=fields.choice("response_format", FORMATS[:-1]) or "json",
        stream=fields.flag("stream"),
        cutting=_cutting(fields, rule),
        language=_language(fields),
        hotwords=_hotwords(fields, settings),
        translate=True,
    )


def _language(fields: Fields) -> str | None:
    """The language, else the first of `languages[]`: one recording is heard in one language."""
    for param in ("language", "languages"):
        codes = [language_code(given, param) for given in fields.many(param)]
        if codes:
            return codes[0]
    return None


def _hotwords(fields: Fields, settings: Settings) -> tuple[str, ...]:
    """Words likely to come; engines take about 100 tokens, so the request's own go first."""
    prompt = fields.text("prompt")
    return (*fields.many("keywords"), *([prompt] if prompt else []), *settings.hotwords)


def _granularities(fields: Fields, form: str) -> frozenset[str]:
    wanted = fields.choices("timestamp_granularities", ("word", "segment"))
    if wanted and form != "verbose_json":
        raise RequestError(
            "response_format must be verbose_json if timestamp_granularities[] is provided",
            param="timestamp_granularities",
            code="invalid_value",
        )
    return wanted or frozenset({"segment"})


def _logprobs(fields: Fields, form: str) -> bool:
    wanted = "logprobs" in fields.choices("include", ("logprobs",))
    if wanted and form != "json":
        raise refused("include", "logprobs come with response_format json only")
    return wanted


def _num_speakers(fields: Fields, settings: Settings, known: int) -> int | None:
    """0 asks for an estimate, as do more known voices than the settings expect in the room."""
    given = fields.number("num_speakers", 0, 8)
    if given is not None:
        return int(given) or None
    return None if known > (settings.num_speakers or 0) else settings.num_speakers


def _engine_options(fields: Fields, engine: str) -> dict[str, float]:
    options = {}
    for name in _MEDASR_FIELDS:
        value = fields.number(name, 0.0, 60.0)
        if value is not None and engine != MEDASR:
            raise refused(name, f"only the engine {MEDASR} takes it")
        if value is not None:
            options[name] = value
    return options


def _cutting(fields: Fields, rule: StretchRule) -> Cutting:
    strategy = _strategy(fields)
    kind = strategy.text("type") or "auto"
    if kind not in ("auto", "server_vad"):
        raise refused("chunking_strategy", "choose auto or server_vad")
    if kind == "auto":
        return Cutting(rule)
    usual = VadOptions()
    threshold = _or(strategy.number("threshold", 0.0, 1.0), usual.threshold)
    pause = _or(strategy.number("silence_duration_ms", 32, 10_000), 200.0) / 1000
    vad = VadOptions(
        threshold=threshold,
        negative_threshold=max(threshold - _HYSTERESIS, 0.01),
        min_silence_seconds=pause,
        pad_before_seconds=_or(strategy.number("prefix_padding_ms", 0, 5_000), 300.0) / 1000,
    )
    # The client asks for a cut at every such silence: no stretch is worth filling up.
    return Cutting(StretchRule(full_seconds=0.0, pause_seconds=pause), vad)


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _strategy(fields: Fields) -> Fields:
    """`chunking_strategy` as one word, as JSON, or as fields `chunking_strategy[type]` ..."""
    names = ("type", "threshold", "silence_duration_ms", "prefix_padding_ms")
    given = {name: fields.many(f"chunking_strategy[{name}]") for name in names}
    whole = fields.text("chunking_strategy")
    if whole is not None and whole.startswith("{"):
        try:
            given = {name: [str(value)] for name, value in json.loads(whole).items()}
        except (ValueError, RecursionError):
            raise refused("chunking_strategy", "give auto or a JSON object") from None
    elif whole is not None:
        given["type"] = [whole]
    return Fields({name: values for name, values in given.items() if values})


def _known_speakers(fields: Fields) -> tuple[KnownSpeaker, ...]:
    names = fields.many("known_speaker_names")
    references = fields.many("known_speaker_references")
    if len(names) != len(references):
        raise refused("known_speaker_references", "give one reference for each known speaker name")
    if len(names) > _MOST_KNOWN_SPEAKERS:
        raise refused("known_speaker_names", f"give at most {_MOST_KNOWN_SPEAKERS}")
    if len(set(names)) < len(names) or any(len(name) > _LONGEST_NAME for name in names):
        raise refused(
            "known_speaker_names", f"give different names of up to {_LONGEST_NAME} letters"
        )
    return tuple(
        KnownSpeaker(name, _content(url)) for name, url in zip(names, references, strict=True)
    )


def _content(data_url: str) -> bytes:
    """The bytes of `data:audio/wav;base64,...`."""
    head, comma, body = data_url.partition(",")
    if not (head.startswith("data:") and head.endswith(";base64") and comma):
        raise refused(
            "known_speaker_references", "give data URLs such as data:audio/wav;base64,..."
        )
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise refused("known_speaker_references", "a data URL is not valid base64") from None
