"""A rotation of the master key, killed at any moment or run beside others, loses no visit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")


def run(program: str, folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / program), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_before_any_step_on_disk_everything_opens_and_a_second_run_finishes(
    tmp_path: Path,
) -> None:
    left = run("kill_rotation.py", tmp_path)

    assert len(left) > 30, "the rotation has more steps on disk than were tried"
    for found in left:
        assert found["unopened"] == 0
        assert found["visits"] == 4
        assert found["after"]["keys"] == 1
        assert found["after"]["files"] == ["master.key"]
        # The visit that `_state` makes after the second run is one of them.
        assert found["after"]["wrapped_by_active"] == found["after"]["visits"] == 5
    # Kills fell before the new key was written, between that and its end, and none at all.
    assert {found["keys"] for found in left} == {1, 2}
    assert left[-1]["wrapped_by_active"] == left[-1]["visits"]


def test_visits_made_by_others_while_the_key_is_rotated_all_open(tmp_path: Path) -> None:
    made, unopened, keys = run("rotate_beside.py", tmp_path)

    assert (made, unopened, keys) == (50, 0, 1)
