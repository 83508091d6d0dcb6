"""Texts -> files in a folder: all of them, or none."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from medscribe.errors import InputError, StorageFullError, StoreError, is_disk_full


def write_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write `files` (name -> text) into `folder` and return their paths.

    Everything is written beside the folder first and moved in when all is on disk, so that a full
    disk leaves nothing half-written behind. Files of other names in `folder` stay.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("The output folder is a file. Give another --out.")
    staging: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".medscribe-", dir=folder))
        for name, text in files.items():
            _write(staging / name, text)
        return [_move(staging / name, folder / name) for name in files]
    except OSError as error:
        if is_disk_full(error):
            raise StorageFullError(
                "The disk of the output folder is full; nothing was written. Free some space and "
                "run again."
            ) from None
        raise StoreError(
            f"The output folder cannot be written ({error.strerror}). Give another --out."
        ) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _move(source: Path, target: Path) -> Path:
    source.replace(target)
    return target
