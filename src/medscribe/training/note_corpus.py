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
    """Encounters with exchanged speaker tags, from the list beside the corpus if there is one."""
    listing = folder / "aci_bench_swapped_speaker_encounters.tsv"
    if not listing.is_file():
        return frozenset()
    rows = listing.read_text("utf-8").splitlines()[1:]
    return frozenset(row.split("\t")[0] for row in rows if row)


def read_names(folder: Path) -> frozenset[str]:
    """Names of people in the metadata beside the corpus, lower case: no words of a vocabulary."""
    names: set[str] = set()
    for file in sorted(folder.glob("*_metadata.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("patient_firstname", "patient_familyname", "doctor_name"):
                    names |= set((row.get(column) or "").lower().split())
    return frozenset(names)


def punctuated_turns(aci_bench: Path, mts_dialog: Path) -> list[str]:
    """Turns of talk that people punctuated: ACI-Bench without its recognised subset, MTS-Dialog."""
    turns = [
        utterance.text
        for name in ("train.csv", "valid.csv")
        for visit in read_visits(aci_bench / name)
        if visit.subset != "aci"
        for utterance in visit.utterances
    ]
    for name in ("MTS-Dialog-TrainingSet.csv", "MTS-Dialog-ValidationSet.csv"):
        with (mts_dialog / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                spoken = row["dialogue"].splitlines()
                turns += [re.sub(r"\A[A-Z][\w ]*: *", "", turn.strip()) for turn in spoken]
    return turns


def _utterances(dialogue: str, *, swap: bool) -> Iterator[MaskedUtterance]:
    for number, (tag, text) in enumerate(_TURN.findall(dialogue), 1):
        role = _ROLES.get(tag, Role.UNKNOWN)
        if swap:
            role = _SWAP.get(role, role)
        if text.strip():
            yield MaskedUtterance(id=f"u{number}", speaker=tag, role=role, text=text.strip())
