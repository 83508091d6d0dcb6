"""A disk that fills up while a visit is stored: one clear line, nothing half-written, no loss."""

import os
import subprocess
import sys
from pathlib import Path

from tests.sample_speech import SAMPLE_RECORDING, SAMPLE_SCRIPT

DISK_FULL = 9


def scribe(tmp_path: Path, *, file_limit: int | None) -> subprocess.CompletedProcess[str]:
    """`medscribe scribe` under the kernel's limit on file sizes (bytes), which fails like a full
    disk does: in the middle of a write."""
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({file_limit},) * 2);" if file_limit else ""
    program = f"import resource; {limit} from medscribe.cli.app import main; main()"
    environment = os.environ | {
        "MEDSCRIBE_DATA_DIR": str(tmp_path / "data"),
        "MEDSCRIBE_ASR_OPTIONS": f'{{"path": "{SAMPLE_SCRIPT}"}}',
    }
    out = str(tmp_path / "out")
    arguments = ["scribe", str(SAMPLE_RECORDING), "--asr", "scripted", "--quiet", "--out", out]
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_no_room_for_the_recording_is_one_line_and_leaves_no_half_segment(tmp_path: Path) -> None:
    done = scribe(tmp_path, file_limit=1_000_000)

    assert done.returncode == DISK_FULL, done.stderr
    assert done.stderr.count("\n") == 1
    assert "full" in done.stderr
    assert not list((tmp_path / "data").rglob("*.part"))
    assert not (tmp_path / "out").exists()


def test_with_room_again_the_same_command_works(tmp_path: Path) -> None:
    scribe(tmp_path, file_limit=1_000_000)

    done = scribe(tmp_path, file_limit=None)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "note.md").exists()
