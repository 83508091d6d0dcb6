"""Keys at a terminal: a pseudo-terminal stands in for the person's."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")  # Windows has none

from medscribe.cli.keys import keys_heard  # noqa: E402


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The keyboard's end of a terminal on standard input."""
    keyboard, screen = pty.openpty()
    stdin = os.fdopen(screen, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    yield keyboard
    stdin.close()
    os.close(keyboard)


def heard(terminal: int, keys: bytes) -> list[str]:
    """What is asked for when these keys come at once, in half a second."""
    asked: list[str] = []
    actions = {key: lambda key=key: asked.append(key) for key in "pq"}
    with keys_heard(actions) as listening:
        assert listening
        os.write(terminal, keys)
        deadline = time.monotonic() + 5
        while len(asked) < keys.count(b"p") and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
    return asked


def test_two_keys_at_once_are_two_keys(terminal: int) -> None:
    assert heard(terminal, b"pp") == ["p", "p"]


def test_function_keys_neither_pause_nor_stop(terminal: int) -> None:
    f1, f2 = b"\x1bOP", b"\x1bOQ"
    assert heard(terminal, f1 + f2) == []


def test_capitals_count(terminal: int) -> None:
    assert heard(terminal, b"Q") == ["q"]


def test_without_a_terminal_no_key_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "typed").write_text("q")
    with (tmp_path / "typed").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        with keys_heard({"q": lambda: pytest.fail("heard")}) as listening:
            assert not listening
