"""Folders of dialogues -> visits with speakers, and their reference notes where there are any.

Known layouts: csv files with a column `dialogue` (ACI-Bench, MTS-Dialog), `transcripts/` with two
TextGrids per visit (PriMock57, notes in `notes/`) and `transcripts/` with text or JSON files.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import ConfigurationError, InputError
from medscribe.evaluation.textgrid import textgrid_visits, utterances_of_textgrids
from medscribe.speech.speaker_labels import role_of
from medscribe.speech.transcript_file import read_transcript

_DIALOGUE_COLUMNS = ("dialogue", "dialogues", "src")
_NOTE_COLUMNS = ("note", "reference summaries", "section_text", "tgt")
_PREDICTION_COLUMNS = ("note", "prediction", "predictions", "systemoutput", "summary")
_SUBSET_COLUMNS = ("dataset",)
_ID_COLUMNS = ("encounter_id", "id", "testid")
_BRACKETED = re.compile(r"^\s*\[(?P<label>\w+)\]\s*(?P<text>.*)$")
_COLON = re.compile(r"^\s*(?P<label>[A-Za-z]\w*)\s*:\s*(?P<text>.*)$")


@dataclass(frozen=True)
class CorpusVisit:
    """One dialogue; `speaker` is the label of the corpus, `note` None where there is none.

    `subset`: the part of the corpus that it is of, where the corpus names parts.
    """

    name: str
    utterances: tuple[Utterance, ...]
    note: str | None
    subset: str | None = None


def read_split(data_dir: Path, split: str) -> list[CorpusVisit]:
    """The visits of the csv whose name ends in `split`, in the order of the file.

    `test1` reads `clinicalnlp_taskB_test1.csv`, never `..._metadata.csv`. Raises
    `ConfigurationError` where no csv or more than one fits, `InputError` for one that is not of
    dialogues.
    """
    path = split_file(data_dir, split)
    rows = _rows(path)
    dialogue = _column(rows[0], _DIALOGUE_COLUMNS)
    if dialogue is None:
        raise InputError(f"{path.name} has no column of dialogues: name a folder of dialogues.")
    identity, note = _column(rows[0], _ID_COLUMNS), _column(rows[0], _NOTE_COLUMNS)
    subset = _column(rows[0], _SUBSET_COLUMNS)
    return [
        CorpusVisit(
            name=row[identity] if identity else str(number),
            utterances=tuple(_utterances(row[dialogue])),
            note=row[note] if note else None,
            subset=row[subset] if subset else None,
        )
        for number, row in enumerate(rows, start=1)
    ]


def split_file(data_dir: Path, split: str) -> Path:
    """The csv that a split's name stands for, see `read_split`."""
    files = _csv_files(data_dir)
    fitting = [path for path in files if path.stem.casefold().endswith(split.casefold())]
    exact = [path for path in fitting if path.stem.casefold() == split.casefold()]
    fitting = exact or fitting
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(path.stem for path in (fitting or files)) or "none"
    found = "More than one csv ends" if fitting else "No csv of this folder ends"
    raise ConfigurationError(
        f"{found} in the name of that split: choose one with --split (there: {names})."
    )


def read_visits(data_dir: Path, split: str | None) -> list[CorpusVisit]:
    """The visits of a folder of any known layout.

    `split` chooses among csv files and is needed where there are several; other layouts have
    none. Raises `ConfigurationError` for a split that does not fit, `InputError` for a folder
    without dialogues.
    """
    if not data_dir.is_dir():
        raise InputError("There is no folder of data at that path: check the path.")
    if split is not None:
        return read_split(data_dir, split)
    if _csv_files(data_dir):
        return read_split(data_dir, "")
    visits = _visits_of_files(data_dir)
    if not visits:
        raise InputError(
            "No dialogues were found: name a folder with csv files of dialogues or with "
            "transcripts/."
        )
    return visits


def read_every_split(data_dir: Path) -> list[CorpusVisit]:
    """The visits of all csv files of dialogues in a folder, or of its one other layout.

    Csv files of anything else are passed over. Raises `InputError` where no dialogues are found.
    """
    splits = [path.stem for path in _csv_files(data_dir) if _holds_dialogues(path)]
    if not splits:
        return read_visits(data_dir, None)
    return [visit for split in splits for visit in read_split(data_dir, split)]


def read_predictions(path: Path, visits: list[CorpusVisit]) -> list[str]:
    """The note that a csv holds for each visit: by the visit's id, else by order.

    Raises `InputError` where the file has no notes, or not one for every visit.
    """
    if not path.is_file():
        raise InputError("There is no csv of predictions at that path: check the path.")
    rows = _rows(path)
    note, identity = _column(rows[0], _PREDICTION_COLUMNS), _column(rows[0], _ID_COLUMNS)
    if note is None:
        raise InputError("The csv of predictions has no column named note or prediction.")
    if identity:
        by_name = {row[identity]: row[note] for row in rows}
        if all(visit.name in by_name for visit in visits):
            return [by_name[visit.name] for visit in visits]
    if len(rows) != len(visits):
        raise InputError(
            f"The csv of predictions has {len(rows)} rows for {len(visits)} visits: name the "
            "predictions of this split."
        )
    return [row[note] for row in rows]


def _csv_files(data_dir: Path) -> list[Path]:
    return sorted(
        path for path in data_dir.glob("*.csv") if not path.stem.casefold().endswith("_metadata")
    )


def _holds_dialogues(path: Path) -> bool:
    return _column(_rows(path)[0], _DIALOGUE_COLUMNS) is not None


def _rows(path: Path) -> list[dict[str, str]]:
    """Rows of a csv with at least one; missing cells are empty."""
    # Long dialogues exceed the csv module's default of 128 kB a cell.
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(lines)]
    except (UnicodeDecodeError, csv.Error):
        raise InputError(f"{path.name} is not a csv file in UTF-8: check the file.") from None
    if not rows:
        raise InputError(f"{path.name} holds no rows: check the file.")
    return rows


def _column(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The row's column with the first of these names that it has, whatever the case."""
    columns = {column.strip().casefold(): column for column in row}
    return next((columns[name] for name in names if name in columns), None)


def _utterances(dialogue: str) -> Iterator[Utterance]:
    """`[doctor] ...` or `Doctor: ...` lines; lines without a label continue the turn above."""
    style = _BRACKETED if dialogue.lstrip().startswith("[") else _COLON
    turns: list[tuple[str, list[str]]] = []
    for line in dialogue.splitlines():
        found = style.match(line)
        if found:
            turns.append((found["label"].casefold(), [found["text"]]))
        elif turns:
            turns[-1][1].append(line)
    for number, (label, lines) in enumerate(turns, start=1):
        text = " ".join(" ".join(lines).split())
        if text:
            yield Utterance(id=f"u{number}", speaker=label, role=_role(label), text=text)


def _role(label: str) -> Role:
    return role_of(label.replace("_", " "))


def _visits_of_files(data_dir: Path) -> list[CorpusVisit]:
    folder = data_dir / "transcripts" if (data_dir / "transcripts").is_dir() else data_dir
    grids = textgrid_visits(folder)
    if grids:
        return [
            CorpusVisit(name, tuple(utterances_of_textgrids(paths)), _json_note(data_dir, name))
            for name, paths in grids.items()
        ]
    return [
        CorpusVisit(path.stem, tuple(read_transcript(path)), None)
        for path in sorted(folder.glob("*.txt"))
    ]


def _json_note(data_dir: Path, name: str) -> str | None:
    """PriMock57's note of a visit."""
    path = data_dir / "notes" / f"{name}.json"
    if not path.is_file():
        return None
    note = json.loads(path.read_text("utf-8")).get("note")
    return str(note) if note else None
