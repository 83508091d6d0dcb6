"""`run(...)`: the command line as its user meets it, in this process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from medscribe.cli.app import main

VISIT = """\
[doctor] Hi Mary, what brings you in today?
[patient] I have had a cough for two weeks.
[doctor] Any fever or chest pain?
[patient] No fever. No chest pain.
[doctor] Are you allergic to any medications?
[patient] Yes, penicillin gives me hives.
[doctor] Your blood pressure is one thirty over eighty and your lungs are clear.
[doctor] I think this is acute bronchitis. Let's start benzonatate one hundred milligrams three \
times a day for ten days. Come back in two weeks.
[patient] Thank you, doctor.
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `medscribe ARGS` with its data in a folder of this test and no download allowed."""
    monkeypatch.setenv("MEDSCRIBE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MEDSCRIBE_ALLOW_DOWNLOAD", "false")
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["medscribe", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return invoke


@pytest.fixture
def dialogue(tmp_path: Path) -> Path:
    """A written visit with an allergy, a start of a medicine and a plan."""
    path = tmp_path / "dialogue.txt"
    path.write_text(VISIT)
    return path
