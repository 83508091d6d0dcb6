"""Engines are found by module name; what is missing or wrong is said in one sentence."""

from pathlib import Path

import pytest

from medscribe import plugin
from medscribe.errors import ConfigurationError, MissingDependencyError

ENGINE = '''"""An engine for a test."""
from pydantic import BaseModel
SUMMARY = "for a test"
REQUIRES = {requires}
EXTRA = "whisper"
class Options(BaseModel, extra="forbid"):
    volume: int = 1
    {option}
def create(options):
    return f"volume {{options.volume}}"
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"engines_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "whole.py").write_text(ENGINE.format(requires="('json',)", option=""))
    (folder / "lacking.py").write_text(ENGINE.format(requires="('no_such_library',)", option=""))
    (folder / "asking.py").write_text(ENGINE.format(requires="()", option="address: str"))
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def test_an_engine_is_a_module_and_takes_its_options(package: str) -> None:
    assert plugin.engine_names(package) == ["asking", "lacking", "whole"]
    assert plugin.create_engine(package, "whole", {"volume": 3}) == "volume 3"


def test_an_unknown_engine_names_the_choices(package: str) -> None:
    with pytest.raises(ConfigurationError, match="lacking, whole"):
        plugin.create_engine(package, "other")


def test_a_missing_library_names_the_extra(package: str) -> None:
    assert plugin.describe_engine(package, "lacking").missing == ("no_such_library",)
    with pytest.raises(MissingDependencyError, match=r"medscribe\[whisper\]"):
        plugin.create_engine(package, "lacking")


def test_an_option_that_must_be_given_is_named_as_such(package: str) -> None:
    with pytest.raises(ConfigurationError, match="needs options that are not set: address") as told:
        plugin.create_engine(package, "asking", {"volume": "Zebulon"})
    assert "Zebulon" not in str(told.value)


@pytest.mark.parametrize(
    ("option", "asking"),
    [("allow_download: bool = False", True), ("offline: bool = True", False)],
)
def test_what_the_setting_rules_out_no_option_allows(
    package: str, tmp_path: Path, option: str, asking: bool
) -> None:
    (tmp_path / package / "fetching.py").write_text(
        ENGINE.format(requires="()", option=option), encoding="utf-8"
    )
    name = option.partition(":")[0]
    assert plugin.create_engine(package, "fetching", {name: asking}) == "volume 1"
    assert plugin.create_engine(package, "fetching", allow_download=False) == "volume 1"
    with pytest.raises(ConfigurationError, match="setting allow_download rules out"):
        plugin.create_engine(package, "fetching", {name: asking}, allow_download=False)


def test_a_wrong_option_is_named_without_its_value(package: str) -> None:
    with pytest.raises(ConfigurationError, match="colour") as failure:
        plugin.create_engine(package, "whole", {"colour": "Zebulon"})
    assert "Zebulon" not in str(failure.value)
