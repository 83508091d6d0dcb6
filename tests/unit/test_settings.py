"""Settings: environment over file over defaults; wrong ones are named, never quoted."""

from pathlib import Path

import pytest

from medscribe.errors import ConfigurationError
from medscribe.settings import load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "medscribe.toml").write_text('asr = "pocketsphinx"\ntemplate = "soap"\n')
    monkeypatch.setenv("MEDSCRIBE_ASR", "scripted")

    settings = load_settings()

    assert (settings.asr, settings.template) == ("scripted", "soap")


def test_what_the_caller_gives_wins_over_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSCRIBE_ASR", "scripted")

    assert load_settings(asr="pocketsphinx", writer=None).asr == "pocketsphinx"


def test_models_lie_in_the_data_folder_unless_said_otherwise(tmp_path: Path) -> None:
    assert load_settings(data_dir=tmp_path).models_folder == tmp_path / "models"
    assert load_settings(models_dir=tmp_path / "m").models_folder == tmp_path / "m"


def test_a_wrong_value_is_named_and_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSCRIBE_NUM_SPEAKERS", "secret-value")

    with pytest.raises(ConfigurationError, match="num_speakers") as failure:
        load_settings()
    assert "secret-value" not in str(failure.value)


def test_the_master_key_is_never_printed() -> None:
    assert "c2VjcmV0" not in repr(load_settings(master_key="c2VjcmV0"))


def test_a_list_in_the_environment_that_is_no_json_is_not_blamed_on_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MEDSCRIBE_DETECTORS", "clinical")

    with pytest.raises(ConfigurationError, match="environment"):
        load_settings()


def test_a_templates_folder_that_is_not_there_is_told_and_not_passed_over(tmp_path: Path) -> None:
    settings = load_settings(templates_dir=tmp_path / "away")

    with pytest.raises(ConfigurationError, match="`templates_dir` is not there"):
        _ = settings.templates_folder
    assert load_settings(data_dir=tmp_path).templates_folder == tmp_path / "templates"
