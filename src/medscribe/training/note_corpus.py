"""Folders of open corpora -> dialogues and notes to learn from."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role

_ROLES = {
    "doctor": Role.CLINICIAN,
    "patient": Role.PATIENT,
    "guest": Role.COMPANION,
    "patient_guest": Role.COMPANION,
}
_TURN = re.compile(r"\[([a-z_]+)\]\s*(.*?)(?=\s*\[[a-z_]+\]|\Z)", re.S)
_SWAP = {Role.CLINICIAN: Role.PATIENT, Role.PATIENT: Role.CLINICIAN}


@dataclass(frozen=True)
class Visit:
    """One dialogue with the note that a person wrote about it."""

    id: str
    subset: str
    utterances: tuple[MaskedUtterance, ...]
    note: str


def read_visits(csv_file: Path, swapped: frozenset[str] = frozenset()) -> list[Visit]:
    """Visits of an ACI-Bench file; speaker tags of the encounters in `swapped` are exchanged."""
    visits = []
    with csv_file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = row.get("encounter_id") or row["id"]
            turns = tuple(_utterances(row["dialogue"], swap=name in swapped))
            visits.append(Visit(name, row["dataset"], turns, row["note"]))
    return visits


def read_swapped(folder: Path) -> frozenset[str]:
    """Encounters whose speaker tags are exchanged, from the list beside the corpus if there is one."""
    listing = folder / "aci_bench_swapped_speaker_encounters.tsv"
    if not listing.is_file():
        return frozenset()
    rows = listing.read_text("utf-8").splitlines()[1:]
    return frozenset(row.split("\t")[0] for row in rows if row)


def _utterances(dialogue: str, *, swap: bool) -> Iterator[MaskedUtterance]:
    for number, (tag, text) in enumerate(_TURN.findall(dialogue), 1):
        role = _ROLES.get(tag, Role.UNKNOWN)
        if swap:
            role = _SWAP.get(role, role)
        if text.strip():
            yield MaskedUtterance(id=f"u{number}", speaker=tag, role=role, text=text.strip())
