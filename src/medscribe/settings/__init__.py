"""Environment + `medscribe.toml` -> `Settings`: every choice an operator has."""

from medscribe.settings.load import CONFIG_FILE, Settings, load_settings
from medscribe.settings.service import ServedModel

__all__ = ["CONFIG_FILE", "ServedModel", "Settings", "load_settings"]
