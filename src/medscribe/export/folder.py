"""Texts and documents -> files in a folder: all of them, or none."""

import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from medscribe.durable import disk_errors, sync_folder, write_durably
from medscribe.errors import InputError

_STAGING = ".medscribe-"
_ABANDONED_SECONDS = 3600
"""Writing lasts a moment; what has lain for an hour belongs to a process that was killed."""


def write_files(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    outdated: Collection[str] = (),
    private: bool = False,
) -> list[Path]:
    """Write `files` (name -> text, or bytes) into `folder` and return their paths.

    Everything is written beside the folder first and moved in when all is on disk, so that a full
    disk leaves nothing half-written behind. `outdated` are patterns of what an earlier visit may
    have left: it goes unless written anew; other files in `folder` stay. `private`: for the eyes of
    the files' owner only, mode 0600; else the umask decides.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("The output folder is a file. Give another --out.")
    staging: Path | None = None
    try:
        with disk_errors("output folder"):
            folder.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(folder)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
            for name, content in files.items():
                blob = content if isinstance(content, bytes) else content.encode()
                write_durably(staging / name, blob)
                if private:
                    (staging / name).chmod(0o600)
            paths = [(staging / name).replace(folder / name) for name in files]
            earlier = {path for pattern in outdated for path in folder.glob(pattern)}
            for path in earlier - set(paths):
                path.unlink(missing_ok=True)
            sync_folder(folder)
            return paths
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def write_file(path: Path, content: str | bytes, *, private: bool = False) -> Path:
    """Write one file, whole or not at all, and return its path; an earlier one is replaced.

    `private` as in `write_files`. Raises `InputError` where `path` is a folder or a device:
    replacing `/dev/stdout` would take it away from every program.
    """
    if path.is_dir():
        raise InputError("The output file is a folder. Give the name of a file as --out.")
    if path.exists() and not path.is_file():
        raise InputError("The output file is a device. Give the name of a file as --out.")
    return write_files(path.parent, {path.name: content}, private=private)[0]


def _remove_abandoned(folder: Path) -> None:
    """A killed process cannot clear up its staging folder, and that holds a visit in plain text."""
    for left in folder.glob(f"{_STAGING}*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
