"""Result files appear all together or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from medscribe.errors import InputError, StoreError
from medscribe.export.folder import write_file, write_files


def test_all_files_are_written_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")

    paths = write_files(tmp_path, {"a.txt": "A", "b.txt": "B"})

    assert [path.read_text() for path in paths] == ["A", "B"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "kept.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(InputError, match="--out"):
        write_files(tmp_path / "out", {"a.txt": "A"})


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(StoreError, match="output folder"):
        write_files(tmp_path / "out" / "deeper", {"a.txt": "A"})


def test_no_room_on_the_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    """The kernel's file-size limit stands in for a full disk: the same write fails for real."""
    program = (
        "import resource, sys, pathlib\n"
        "from medscribe.errors import StorageFullError\n"
        "from medscribe.export.folder import write_file, write_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_files(pathlib.Path(sys.argv[1]), {'a.txt': 'A', 'b.txt': 'B' * 5000})\n"
        "except StorageFullError as error:\n"
        "    print(error)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert "disk of the output folder is full" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_an_hour_ago_is_removed(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".medscribe-old", tmp_path / ".medscribe-fresh"
    for staging in (old, fresh):
        staging.mkdir()
        (staging / "note.md").write_text("half a visit")
    os.utime(old, (0, 0))

    write_files(tmp_path, {"a.txt": "A"})

    assert not old.exists()
    assert fresh.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_private_files_are_the_owner_s_only(tmp_path: Path) -> None:
    paths = write_files(tmp_path, {"a.txt": "A"}, private=True)

    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600]


def test_a_document_of_bytes_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "note.pdf"
    write_file(path, b"%PDF \x00\xff")

    write_file(path, b"new", private=True)

    assert path.read_bytes() == b"new"
    assert [one.name for one in path.parent.iterdir()] == ["note.pdf"]


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--out"):
        write_file(tmp_path, b"x")


def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(InputError, match="device"):
        write_file(tmp_path / "pipe", "A")

    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
