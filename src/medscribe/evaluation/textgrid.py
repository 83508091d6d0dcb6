"""PriMock57's TextGrids, one per speaker -> one conversation in order of time."""

import re
from collections.abc import Sequence
from pathlib import Path

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError

_SUFFIX = ".TextGrid"
_ROLES = {"doctor": Role.CLINICIAN, "patient": Role.PATIENT}
_INTERVAL = re.compile(
    r'intervals \[\d+\]:\s*xmin = ([\d.]+)\s*xmax = ([\d.]+)\s*text = "((?:[^"]|"")*)"'
)
_TAG = re.compile(r"<[^<>]*>")


def textgrid_visits(folder: Path) -> dict[str, list[Path]]:
    """The TextGrids of a folder by visit, sorted: `day1_consultation01` -> its two files."""
    visits: dict[str, list[Path]] = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        visits.setdefault(_visit_of(path), []).append(path)
    return visits


def textgrids_of(name: str, files: Sequence[Path]) -> list[Path]:
    """The TextGrids of recording `name`: those of all speakers, or of one for a recording of one.

    `day1_consultation01_doctor.wav` is one speaker, `day1_consultation01.wav` both.
    """
    grids = [path for path in files if path.suffix == _SUFFIX]
    return [path for path in grids if path.stem == name] or [
        path for path in grids if _visit_of(path) == name
    ]


def utterances_of_textgrids(paths: Sequence[Path]) -> list[Utterance]:
    """One utterance per interval with words, in order of start; its role from the file's name.

    Tags of the transcribers (<UNSURE>, <UNIN/>, <INAUDIBLE_SPEECH/>) are left out, words inside
    <UNSURE>...</UNSURE> stay. Raises `InputError` for a file without intervals.
    """
    intervals = sorted(item for path in paths for item in _intervals(path))
    return [
        Utterance(
            id=f"u{number}",
            speaker=speaker,
            role=_ROLES.get(speaker, Role.UNKNOWN),
            text=text,
            span=TimeSpan(start=start, end=end),
        )
        for number, (start, end, speaker, text) in enumerate(intervals, start=1)
    ]


def _visit_of(path: Path) -> str:
    visit, _, speaker = path.stem.rpartition("_")
    return visit if speaker in _ROLES else path.stem


def _intervals(path: Path) -> list[tuple[float, float, str, str]]:
    """(start, end, speaker, words) of every interval in which something was said."""
    found = _INTERVAL.findall(path.read_text("utf-8"))
    if not found:
        raise InputError("A TextGrid holds no intervals: check the files of this folder.")
    speaker = path.stem.rpartition("_")[2]
    return [
        (float(start), float(end), speaker, words)
        for start, end, text in found
        if (words := " ".join(_TAG.sub(" ", text.replace('""', '"')).split()))
    ]
