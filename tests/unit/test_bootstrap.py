"""Which writer writes, and which stands in for it, as the settings say."""

import json
from pathlib import Path
from typing import Any

import pytest

from medscribe.bootstrap import build_engines
from medscribe.errors import ConfigurationError
from medscribe.settings import Settings

SERVER = {"writer": "language_model", "language_model_url": "http://127.0.0.1:9/v1"}


def settings(**chosen: Any) -> Settings:
    return Settings(_env_file=None, **chosen)


def test_a_model_does_not_stand_in_for_itself() -> None:
    engines = build_engines(settings(**SERVER, stand_in_writer="language_model"))

    assert engines.stand_in is None
    assert engines.writer().made_by.engine == "language_model"


def test_a_model_that_stands_in_is_the_one_of_the_settings() -> None:
    url = {"language_model_url": SERVER["language_model_url"]}
    engines = build_engines(settings(**url, stand_in_writer="language_model"))

    assert engines.stand_in is not None
    assert engines.stand_in().made_by.engine == "language_model"


def test_a_writer_with_a_model_of_its_own_needs_no_address(tmp_path: Path) -> None:
    script = tmp_path / "answers.json"
    script.write_text(json.dumps([{"statements": []}]), encoding="utf-8")
    own = {"engine": "scripted", "engine_options": {"path": str(script)}}

    engines = build_engines(settings(writer="language_model", writer_options=own))

    assert engines.writer().made_by.engine == "language_model"


def test_a_model_that_writes_needs_an_address() -> None:
    engines = build_engines(settings(writer="language_model"))

    with pytest.raises(ConfigurationError, match="language_model_url"):
        engines.writer()
