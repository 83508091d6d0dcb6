"""Stages at work -> seconds and peak memory of each."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_CLEAR_PEAK = "5"  # proc(5), /proc/self/clear_refs: resets the peak resident set size


@dataclass
class StageClock:
    """Sums up seconds per stage and keeps the highest resident memory seen in each (MiB)."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_mib: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Count what happens inside as `stage`. Stages do not nest."""
        _reset_peak()
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - began
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent
            self.peak_mib[stage] = max(self.peak_mib.get(stage, 0.0), _peak_mib())


def _reset_peak() -> None:
    """Linux only; elsewhere the peak is the process's so far, which never falls."""
    try:
        Path("/proc/self/clear_refs").write_text(_CLEAR_PEAK)
    except OSError:
        return


def _peak_mib() -> float:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024**2 if sys.platform == "darwin" else 1024)
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
