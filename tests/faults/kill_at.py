"""Works the sample visit and kills its own process at the N-th report of a stage.

Usage: python kill_at.py DATA_DIR SCRIPT RECORDING WHAT N; with N = 0 it runs to the end and prints
the results as JSON.
"""

import os
import signal
import sys
from pathlib import Path

from medscribe.bootstrap import build
from medscribe.cli.visit import run_recording
from medscribe.domain.encounter import EncounterOptions
from medscribe.settings import load_settings


def main() -> None:
    data_dir, script, recording, what, count = sys.argv[1:]
    left = int(count)

    def report(doing: str, _done: float, _total: float) -> None:
        nonlocal left
        if doing == what:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    settings = load_settings(data_dir=Path(data_dir), asr="scripted", asr_options={"path": script})
    medscribe = build(settings, progress=report)
    encounter = run_recording(medscribe, Path(recording), EncounterOptions(asr="scripted"))
    results = medscribe.store.results(encounter.id)
    kinds = [event.kind for event in medscribe.store.events(encounter.id)]
    sys.stderr.write(f"events: {kinds}\n")
    # The time of writing differs from run to run; everything else must not.
    assert results.prescription is not None
    fixed = results.prescription.model_copy(update={"created_at": encounter.created_at.min})
    sys.stdout.write(results.model_copy(update={"prescription": fixed}).model_dump_json())


if __name__ == "__main__":
    main()
