"""A folder of what some recogniser made of recordings -> its text by visit.

One text file per visit, named after it: `day1_consultation01.txt`, or with more behind the name
(`day1_consultation01_conversation_transcript.txt`), as PriMock57's recognitions are.
"""

from collections.abc import Iterable
from pathlib import Path

from medscribe.errors import InputError


def read_hypotheses(folder: Path, visits: Iterable[str]) -> dict[str, str]:
    """Recognised text of each visit that has a file, by name, in the order of `visits`.

    Raises `InputError` for no folder, a visit with two files, a file that is not UTF-8, and where
    no file is named after a visit.
    """
    if not folder.is_dir():
        raise InputError("There is no folder of hypotheses at that path: check the path.")
    files = sorted(folder.glob("*.txt"))
    found = {name: _file_of(name, files) for name in visits}
    texts = {name: _text(path) for name, path in found.items() if path is not None}
    if not texts:
        raise InputError(
            "No file of the folder of hypotheses is named after a visit of the data: name the "
            "folder of one recogniser, with NAME.txt or NAME_transcript.txt for each visit."
        )
    return texts


def _file_of(name: str, files: list[Path]) -> Path | None:
    exact = [path for path in files if path.stem == name]
    fitting = exact or [path for path in files if path.stem.startswith(f"{name}_")]
    if len(fitting) > 1:
        raise InputError(
            "A visit has more than one file in the folder of hypotheses: keep one recogniser's."
        )
    return fitting[0] if fitting else None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InputError("A file of hypotheses is not UTF-8 text: check the files.") from None
