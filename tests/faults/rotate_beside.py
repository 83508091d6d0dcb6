"""Processes that go on making visits while another rotates the key again and again.

Usage: python rotate_beside.py FOLDER. Prints the number of visits made, of those that do not open
at the end, and of keys left in the key file.
"""

import json
import os
import sys
from pathlib import Path

from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.store.database import open_database
from medscribe.store.encounters import SqlStore
from medscribe.store.key_file import load_key_ring, read_keys
from medscribe.store.rotation import key_usage, rotate_key_file, unopened

VISITS, PROCESSES, ROTATIONS = 25, 3, 12


def main() -> None:
    folder = Path(sys.argv[1])
    load_key_ring(None, folder / "master.key")
    children = [_started(folder, rotates=number == 0) for number in range(PROCESSES)]
    for child in children:
        _, status = os.waitpid(child, 0)
        assert status == 0
    engine = open_database(folder / "medscribe.db")
    ring = load_key_ring(None, folder / "master.key")
    counts = (key_usage(engine).total(), len(unopened(engine, ring)), len(ring.keys))
    sys.stdout.write(json.dumps(counts))


def _started(folder: Path, *, rotates: bool) -> int:
    child = os.fork()
    if child == 0:
        work = _rotate if rotates else _make_visits
        work(folder)
        os._exit(0)
    return child


def _make_visits(folder: Path) -> None:
    """With the keys as they were read at the start, as a server has them."""
    ring = load_key_ring(None, folder / "master.key")
    store = SqlStore(open_database(folder / "medscribe.db"), ring)
    for _ in range(VISITS):
        encounter = store.create("a" * 64, EncounterOptions(), EncounterResults())
        store.results(encounter.id)


def _rotate(folder: Path) -> None:
    engine = open_database(folder / "medscribe.db")
    for _ in range(ROTATIONS):
        rotate_key_file(engine, folder / "master.key")
    assert len(read_keys(folder / "master.key")) == 1


if __name__ == "__main__":
    main()
