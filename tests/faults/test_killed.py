"""A process killed at any moment loses nothing that was stored and does nothing twice."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_speech import spoken_like

PROGRAM = Path(__file__).parent / "kill_at.py"
KILLED = -9


# Long enough for two steps of a minute of speech, so that a stage is cut off in its middle.
RECORDING_SECONDS = 85.0


def run(data_dir: Path, what: str, count: int) -> subprocess.CompletedProcess[str]:
    # The same line for every stretch: a new process reads the script from its start again.
    script = data_dir / "script.txt"
    script.write_text("I have had a cough for two weeks and no fever.\n" * 50)
    recording = spoken_like(data_dir / "visit.wav", RECORDING_SECONDS)
    arguments = [data_dir, script, recording, what, count]
    return subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    done = run(tmp_path_factory.mktemp("undisturbed"), "nothing", 0)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("Looking for speech", 1),
        ("Recognising speech", 1),
        ("Recognising speech", 4),
        ("Telling the speakers apart", 1),
        ("Masking identifiers", 1),
        ("Writing the note", 1),
        ("Checking note and orders", 1),
    ],
)
def test_a_killed_visit_is_taken_up_where_it_was(
    tmp_path: Path, undisturbed: str, what: str, count: int
) -> None:
    killed = run(tmp_path, what, count)
    assert killed.returncode == KILLED, killed.stderr

    resumed = run(tmp_path, "nothing", 0)

    assert resumed.returncode == 0, resumed.stderr
    assert resumed.stdout == undisturbed
    assert "Resuming" in resumed.stderr
    # Every stage was finished once: none was lost, none was done again after its commit.
    assert resumed.stderr.count("STAGE_DONE") == 6
