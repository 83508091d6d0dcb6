"""Which engine `auto` takes, and that a name given by hand never becomes another one."""

import shutil
from pathlib import Path

import pytest
from tests.whisper_twin import build_whisper_twin

from medscribe.errors import ConfigurationError, MedScribeError, ModelUnavailableError
from medscribe.speech.selection import choose_transcriber
from medscribe.speech.transcriber import Transcriber

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper_twin(tmp_path_factory.mktemp("models") / "twin")


def choose(
    name: str, models: Path, *, allow_download: bool = False, **options: object
) -> tuple[Transcriber, list[str]]:
    notices: list[str] = []
    transcriber = choose_transcriber(
        name,
        models,
        allow_download=allow_download,
        options=options,
        progress=lambda *_: None,
        notice=notices.append,
    )
    return transcriber, notices


@pytest.mark.parametrize("allow_download", [False, True])
def test_auto_without_model_or_hub_takes_the_draft_engine_and_says_so_once(
    tmp_path: Path, allow_download: bool
) -> None:
    transcriber, notices = choose("auto", tmp_path / "models", allow_download=allow_download)
    assert transcriber.made_by.engine == "pocketsphinx"
    assert transcriber.draft
    assert len(notices) == 1
    assert "medscribe models pull" in notices[0]


@pytest.mark.parametrize("name", ["base.en", "small.en"])
def test_auto_takes_a_model_that_is_here_without_notice(
    twin: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(twin, tmp_path / name)
    transcriber, notices = choose("auto", tmp_path, beam_size=1)
    assert (transcriber.made_by.engine, transcriber.made_by.model) == ("faster_whisper", name)
    assert notices == []


def test_auto_prefers_the_model_that_was_asked_for(twin: Path, tmp_path: Path) -> None:
    for name in ("tiny.en", "base.en", "small.en"):
        shutil.copytree(twin, tmp_path / name)
    assert choose("auto", tmp_path)[0].made_by.model == "base.en"
    assert choose("auto", tmp_path, model="small.en")[0].made_by.model == "small.en"


def test_an_engine_asked_for_by_name_is_that_engine_or_an_error(tmp_path: Path) -> None:
    for allow_download in (False, True):
        with pytest.raises(ModelUnavailableError):
            choose("faster_whisper", tmp_path / "models", allow_download=allow_download)


def test_a_folder_can_be_given_as_model(twin: Path, tmp_path: Path) -> None:
    transcriber, _ = choose("faster_whisper", tmp_path, allow_download=True, model=str(twin))
    assert transcriber.made_by.model == "twin"


def test_a_folder_beside_the_command_is_a_model_like_any_other(
    twin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(twin.parent)
    transcriber, _ = choose("faster_whisper", tmp_path, allow_download=True, model="twin")
    assert transcriber.made_by.model == "twin"


@pytest.mark.parametrize("allow_download", [False, True])
def test_auto_takes_the_folder_that_was_given_or_refuses_it(
    twin: Path, tmp_path: Path, allow_download: bool
) -> None:
    given = {"allow_download": allow_download}
    transcriber, notices = choose("auto", tmp_path / "models", model=str(twin), **given)
    assert (transcriber.made_by.engine, notices) == ("faster_whisper", [])
    with pytest.raises(ModelUnavailableError, match="lacks"):
        choose("auto", tmp_path / "models", model=str(tmp_path), **given)


def test_options_of_a_named_engine_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="colour"):
        choose("pocketsphinx", tmp_path, colour="blue")


def test_an_unknown_engine_is_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(MedScribeError, match="pocketsphinx"):
        choose("crystal_ball", tmp_path)
