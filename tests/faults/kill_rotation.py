"""Rotates the key of a store and kills the process at one moment after another.

Usage: python kill_rotation.py FOLDER. For N = 1, 2, ... a copy of one store is rotated by a
process that is killed right before its N-th step on disk (a file is opened, written, synced,
renamed or removed; a statement or commit goes to the database), until one comes to its end. After
each kill everything must open with the keys at hand; rotating again must finish. Prints a JSON list
of what each kill left.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.store.database import open_database
from medscribe.store.encounters import SqlStore
from medscribe.store.key_file import load_key_ring, read_keys
from medscribe.store.rotation import key_usage, rotate_key_file, unopened

STEPS_ON_DISK = frozenset(
    ["open", "write", "fsync", "replace", "rename", "unlink", "chown", "execute", "commit"]
)
VISITS = 3


def main() -> None:
    folder = Path(sys.argv[1])
    original = folder / "original"
    _make(original)
    left = []
    for number in range(1, 1000):
        copy = folder / f"killed-{number}"
        shutil.copytree(original, copy)
        ended = not _killed(lambda copy=copy: _rotate(copy), before_step=number)
        left.append(_state(copy))
        _rotate(copy)
        left[-1]["after"] = _state(copy)
        shutil.rmtree(copy)
        if ended:
            break
    sys.stdout.write(json.dumps(left))


def _make(folder: Path) -> None:
    engine = open_database(folder / "medscribe.db")
    store = SqlStore(engine, load_key_ring(None, folder / "master.key"))
    for _ in range(VISITS):
        store.create("a" * 64, EncounterOptions(), EncounterResults())
    store.close()


def _rotate(folder: Path) -> None:
    engine = open_database(folder / "medscribe.db")
    rotate_key_file(engine, folder / "master.key")
    engine.dispose()


def _killed(work: Callable[[], None], before_step: int) -> bool:
    """Whether a process of its own that does the work is killed before that step."""
    child = os.fork()
    if child == 0:
        _kill_before(before_step)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _kill_before(number: int) -> None:
    left = number

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(called, "__name__", "") in STEPS_ON_DISK:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def _state(folder: Path) -> dict[str, object]:
    """What a process that starts now finds."""
    engine = open_database(folder / "medscribe.db")
    ring = load_key_ring(None, folder / "master.key")
    SqlStore(engine, ring).create("b" * 64, EncounterOptions(), EncounterResults())
    state: dict[str, object] = {
        "keys": len(read_keys(folder / "master.key")),
        "unopened": len(unopened(engine, ring)),
        "wrapped_by_active": key_usage(engine)[ring.active.id],
        "visits": key_usage(engine).total(),
        "files": sorted(path.name for path in folder.iterdir() if "medscribe.db" not in path.name),
    }
    engine.dispose()
    return state


if __name__ == "__main__":
    main()
