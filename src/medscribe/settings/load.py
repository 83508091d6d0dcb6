"""Environment + `medscribe.toml` -> `Settings`. `docs/configuration.md` is made from this file."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from medscribe.errors import ConfigurationError
from medscribe.settings.drafting import DraftingSettings
from medscribe.settings.recognition import RecognitionSettings
from medscribe.settings.service import ServiceSettings
from medscribe.settings.storage import StorageSettings

CONFIG_FILE = Path("medscribe.toml")


class Settings(
    ServiceSettings, DraftingSettings, RecognitionSettings, StorageSettings, BaseSettings
):
    """Every setting: its environment variable is MEDSCRIBE_ and the name in capitals.

    The environment wins over `medscribe.toml` in the working directory, which wins over defaults.
    """

    model_config = SettingsConfigDict(
        env_prefix="MEDSCRIBE_", toml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    @property
    def models_folder(self) -> Path:
        return self.models_dir or self.data_dir / "models"

    @property
    def templates_folder(self) -> Path:
        """Raises `ConfigurationError` where the folder that was named is not there: a shipped
        template must not stand in for one's own unnoticed."""
        if self.templates_dir is not None and not _is_folder(self.templates_dir):
            raise ConfigurationError(
                "The folder of the setting `templates_dir` is not there: make it, or name another."
            )
        return self.templates_dir or self.data_dir / "templates"

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


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


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
