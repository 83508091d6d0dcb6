"""Environment + `medscribe.toml` -> `Settings`. `docs/configuration.md` is made from this file."""

from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from medscribe.errors import ConfigurationError

CONFIG_FILE = Path("medscribe.toml")


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
        description="Base64 of the 32 bytes that seal every encounter's key. Default: none; then "
        "a key file `master.key` is made in `data_dir`, readable by its owner only.",
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
    diarizer: str = Field(
        default="voiceprint",
        description="Engine that tells speakers apart in a mono recording. Default `voiceprint`: "
        "its weights ship with MedScribe. Stereo with one microphone each is split by channel.",
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
    writer: str = Field(
        default="extractive",
        description="Note writer. Default `extractive`: no language model, every sentence rests on "
        "words that were said.",
    )
    checks: tuple[str, ...] = Field(
        default=("evidence", "dosage", "allergy", "transcript_quality"),
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
