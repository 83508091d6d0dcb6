"""Files appear whole or not at all; disk errors become one sentence."""

from pathlib import Path

import pytest

from medscribe.durable import disk_errors, write_durably
from medscribe.errors import StorageFullError, StoreError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    write_durably(path, b"first")
    write_durably(path, b"second")

    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_error_of_its_own() -> None:
    with (
        pytest.raises(StorageFullError, match="data folder is full"),
        disk_errors("data folder"),
        Path("/dev/full").open("wb", 0) as full_disk,
    ):
        full_disk.write(b"key")


def test_other_disk_errors_name_the_place_and_the_reason(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="data folder cannot be used"), disk_errors("data folder"):
        write_durably(tmp_path / "missing" / "file", b"x")
