"""The command line explains itself, and never shows a traceback."""

from pathlib import Path

import pytest

from medscribe.cli import app as cli_app
from medscribe.cli import exit_codes
from medscribe.errors import InputError, MedScribeError, MissingDependencyError
from tests.cli.conftest import Run


def test_help_shows_how_to_start(run: Run) -> None:
    shown = run("--help")

    assert shown.code == 0
    assert "medscribe scribe visit.mp3" in shown.out
    assert "Nothing leaves this machine" in " ".join(shown.out.split())


def test_engines_lists_every_kind_with_its_state(run: Run) -> None:
    shown = run("engines")

    for name in ("pocketsphinx", "faster_whisper", "voiceprint", "clinical", "extractive"):
        assert name in shown.out
    assert "installed" in shown.out


def test_models_list_says_what_is_here(run: Run) -> None:
    shown = run("models", "list")

    assert shown.code == 0
    assert "base.en" in shown.out
    assert "medscribe models pull" in shown.out


def test_every_error_class_has_an_exit_code() -> None:
    def below(kind: type[MedScribeError]) -> set[type[MedScribeError]]:
        return {kind, *(deep for child in kind.__subclasses__() for deep in below(child))}

    # The server has errors of its own, which end as statuses.
    ours = {kind for kind in below(MedScribeError) if kind.__module__ == MedScribeError.__module__}
    for kind in ours - {MedScribeError}:
        assert exit_codes.exit_code(kind("x")) != exit_codes.INTERNAL
    assert exit_codes.exit_code(InputError("x")) == 3


def test_an_unforeseen_error_shows_no_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("Zebulon Quark")

    monkeypatch.setattr(cli_app, "app", broken)

    done = run("engines")

    assert done.code == exit_codes.INTERNAL
    assert "KeyError" in done.err
    assert "Zebulon" not in done.err
    assert "Traceback" not in done.err


def test_brackets_in_a_message_are_shown_as_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise MissingDependencyError("pip install 'medscribe[whisper]' for [/data]")

    monkeypatch.setattr(cli_app, "app", broken)

    done = run("engines")

    assert done.code == 5
    assert "pip install 'medscribe[whisper]' for [/data]" in done.err


def test_no_model_is_fetched_where_downloads_are_switched_off(run: Run) -> None:
    done = run("models", "pull", "tiny.en")

    assert done.code == 4
    assert "allow_download" in done.err


def test_ctrl_c_says_how_to_go_on(
    run: Run, dialogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("medscribe.cli.note.build", interrupted)

    done = run("note", dialogue)

    assert done.code == exit_codes.INTERRUPTED
    assert "resume" in done.err
