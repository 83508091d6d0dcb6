"""Texts -> files in a folder: all of them, or none."""

import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from medscribe.durable import disk_errors, sync_folder, write_durably
from medscribe.errors import InputError


def write_files(
    folder: Path, files: Mapping[str, str], *, outdated: Collection[str] = ()
) -> list[Path]:
    """Write `files` (name -> text) into `folder` and return their paths.

    Everything is written beside the folder first and moved in when all is on disk, so that a full
    disk leaves nothing half-written behind. `outdated` names what an earlier visit may have left
    and goes unless written anew; other files in `folder` stay.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("The output folder is a file. Give another --out.")
    staging: Path | None = None
    try:
        with disk_errors("output folder"):
            folder.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=".medscribe-", dir=folder))
            for name, text in files.items():
                write_durably(staging / name, text.encode())
            paths = [(staging / name).replace(folder / name) for name in files]
            for name in set(outdated) - set(files):
                (folder / name).unlink(missing_ok=True)
            sync_folder(folder)
            return paths
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
