"""Environment + `medscribe.toml` -> `Settings`. `docs/configuration.md` is made from this file."""

from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from medscribe.errors import ConfigurationError

CONFIG_FILE = Path("medscribe.toml")


class ServedModel(BaseModel, extra="forbid", frozen=True):
    """A recognition engine under a name of its own; `port` is used when it is served alone."""

    engine: str
    options: dict[str, Any] = Field(default_factory=dict)
    port: int | None = Field(default=None, ge=1, le=65535)


class Settings(BaseSettings):
    """Every setting: its environment variable is MEDSCRIBE_ and the name in capitals.

    The environment wins over `medscribe.toml` in the working directory, which wins over defaults.
    """

    model_config = SettingsConfigDict(
        env_prefix="MEDSCRIBE_", toml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("medscribe", appauthor=False)),
        description="Folder of the encounter database, the sealed recordings and the key. Default: "
        "the user's data folder, because a clinic's records belong to the account that made them.",
    )
    models_dir: Path | None = Field(
        default=None,
        description="Folder of recognition models. Default: `models` inside `data_dir`; set it to "
        "a shared or read-only folder on machines without internet.",
    )
    master_key: str | None = Field(
        default=None,
        repr=False,
        description="Base64 of the 32 bytes that seal every encounter's key; of several, with "
        "commas between, the first seals and the others only open. Default: none; then a key file "
        "`master.key` is made in `data_dir`, readable by its owner only.",
    )
    asr: str = Field(
        default="auto",
        description="Speech recognition engine. Default `auto`: a Whisper model that is present, "
        "else a download, else PocketSphinx with a notice, so that a new machine always works.",
    )
    whisper_model: str = Field(
        default="base.en",
        description="Whisper model that `auto` looks for and downloads. Default `base.en`: about "
        "0.06 CPU seconds per second of audio; `small.en` hears better where there are 4 cores.",
    )
    allow_download: bool = Field(
        default=True,
        description="Whether models may be fetched from the internet. Default true; set false "
        "where nothing may leave the building.",
    )
    asr_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Options of the chosen recognition engine, such as `beam_size`. Default: none; "
        "the engine's own defaults are the measured ones.",
    )
    hotwords: tuple[str, ...] = Field(
        default=(),
        description="Words this clinician often says, most important first: drugs, colleagues, "
        "places. Default: none beyond the template's; at most 100 tokens of them reach the engine.",
    )
    stretch_seconds: float = Field(
        default=20.0,
        ge=1,
        le=28,
        description="Seconds of speech after which the next pause ends a stretch to recognise. "
        "Default 20: a Whisper pass costs the same for 2 s as for 30 s; fewer give finals sooner.",
    )
    stretch_pause_seconds: float = Field(
        default=1.5,
        ge=0.5,
        le=1.9,
        description="Silence in seconds that ends a stretch of any length. Default 1.5: longer "
        "silence makes recognisers invent words. Below 2: that long is what a pause leaves.",
    )
    partials: bool = Field(
        default=True,
        description="Whether words are shown while they are spoken. Default true; false halves "
        "the work of live listening, finals come all the same.",
    )
    chunk_seconds: float = Field(
        default=0.5,
        ge=0.1,
        le=10,
        description="Length of the chunks in which live sound is written to the audio log, "
        "seconds. Default 0.5: what a power cut can cost at most.",
    )
    queue_chunks: int = Field(
        default=100,
        ge=2,
        le=100_000,
        description="Chunks that recognition may lie behind the audio log before `overflow` takes "
        "effect. Default 100, that is 50 s.",
    )
    overflow: Literal["delay", "drop_oldest"] = Field(
        default="delay",
        description="What happens when recognition falls further behind. Default `delay`: no "
        "previews until it has caught up, nothing is left out. `drop_oldest` leaves the oldest "
        "sound out of the transcript and counts it; the audio log keeps it.",
    )
    diarizer: str = Field(
        default="voiceprint",
        description="Engine that tells speakers apart in a mono recording. Default `voiceprint`: "
        "its weights ship with MedScribe, and stereo is split by channel; others take stereo too.",
    )
    diarizer_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Options of the chosen diarizer, such as model folders. Default: none.",
    )
    num_speakers: int | None = Field(
        default=2,
        ge=1,
        le=8,
        description="Voices in the room. Default 2, clinician and patient: a given number is "
        "told apart more surely than an estimated one (0 on the command line estimates it).",
    )
    detectors: tuple[str, ...] = Field(
        default=("clinical",),
        description="Detectors of identifiers; what any of them finds is masked. Default: the "
        "clinical detector, which needs no model. None at all is refused: no detector, no note.",
    )
    detector_options: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description='Options per detector, such as `{clinical = {known_names = ["Kestrel"]}}`. '
        "Default: none.",
    )
    writer: str = Field(
        default="extractive",
        description="Note writer. Default `extractive`: no language model, every sentence rests on "
        "words that were said.",
    )
    checks: tuple[str, ...] = Field(
        default=("evidence", "dosage", "allergy", "transcript_quality", "speaker_roles"),
        description="Safety checks to run. Default: all that ship. A check that cannot run becomes "
        "a hard alert.",
    )
    template: str = Field(
        default="soap", description="Note template. Default `soap`, the most widely used outline."
    )
    language: str = Field(
        default="en",
        pattern="^[a-z]{2}$",
        description="Language spoken, ISO 639-1. Default `en`: writer, roles and detectors are "
        "trained on English only.",
    )
    max_audio_hours: float = Field(
        default=4.0,
        gt=0,
        le=24,
        description="Longest recording taken, hours of decoded sound. Default 4: a small file can "
        "hold hours of silence, and no visit is longer.",
    )
    max_attempts: int = Field(
        default=3,
        ge=1,
        le=10,
        description="Tries of a step that fails for no known reason. Default 3: passing faults are "
        "cured by the second; a third failure will not heal by itself.",
    )
    keep_encounters: bool = Field(
        default=False,
        description="Whether encounters stay in the store after `medscribe scribe` has written its "
        "files. Default false: what is not kept cannot leak.",
    )

    host: str = Field(
        default="127.0.0.1",
        description="Address that `medscribe serve` listens on. Default: this machine only. Any "
        "other is refused without `api_key`.",
    )
    port: int = Field(
        default=8000, ge=1, le=65535, description="Port of `medscribe serve`. Default 8000."
    )
    api_key: str | None = Field(
        default=None,
        min_length=16,
        repr=False,
        description="Key that clients of the server must send as `Authorization: Bearer ...`, 16 "
        "characters or more. Default: none, which only this machine's own address may do.",
    )
    served_models: dict[str, ServedModel] = Field(
        default_factory=lambda: {
            "medasr": ServedModel(
                engine="medasr", port=8400, options={"chunk_length_s": 20, "stride_length_s": 2}
            )
        },
        description="Models the server offers beside the engine of `asr`: name -> `engine`, "
        "`options`, `port`. Default: `medasr` on port 8400 when served alone, 20 s chunks with 2 s "
        "stride.",
    )
    max_upload_mb: int = Field(
        default=512,
        ge=1,
        description="Largest file a client may upload, MB. Default 512: an hour of uncompressed "
        "stereo. Clients of OpenAI expect 25, phones record more.",
    )
    decode_memory_mb: int = Field(
        default=2048,
        ge=256,
        description="Memory that decoding one upload may take in its own process, MB. Default "
        "2048: four hours of sound need 460.",
    )
    decode_seconds: int = Field(
        default=300,
        ge=5,
        description="Seconds that decoding one upload may take. Default 300: an hour of MP3 takes "
        "about 5.",
    )
    max_waiting_requests: int = Field(
        default=8,
        ge=0,
        description="Requests that may wait for a recogniser; more are answered 429 with "
        "`Retry-After`. Default 8: clients give up sooner than a longer line is served.",
    )
    language_model_url: str | None = Field(
        default=None,
        description="OpenAI-compatible server of the language model, such as "
        "`http://127.0.0.1:11434/v1`. Default: none; analysis is then refused. It is sent masked "
        "text only.",
    )
    language_model: str = Field(
        default="default",
        description="Name of the language model on that server. Default `default`.",
    )
    language_model_key: str | None = Field(
        default=None, repr=False, description="Key of that server. Default: none."
    )
    role_agent: bool = Field(
        default=True,
        description="Whether a configured language model is asked who is clinician, patient or "
        "companion where the words alone leave it open. Default true; it reads masked text only, "
        "is waited for 45 s at most and never overrules a clinician.",
    )

    @property
    def models_folder(self) -> Path:
        return self.models_dir or self.data_dir / "models"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """Settings with `overrides` (None: not given); `ConfigurationError` names the wrong ones."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = sorted({".".join(map(str, item["loc"])) for item in error.errors()})
        raise ConfigurationError(
            f"These settings are wrong: {', '.join(wrong)}. docs/configuration.md says what each "
            "one takes."
        ) from None
    except SettingsError:
        raise ConfigurationError(
            "A MEDSCRIBE_ variable of the environment that holds a list or a table is not JSON: "
            """write lists as '["clinical"]' and tables as '{"beam_size": 5}'."""
        ) from None
    except ValueError:
        raise ConfigurationError(
            f"{CONFIG_FILE} is not valid TOML. Mend it or remove it."
        ) from None
