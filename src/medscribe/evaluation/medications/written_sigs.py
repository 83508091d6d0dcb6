"""Written sigs."""

from pathlib import Path
from typing import Any


def score_written_sigs(data_dir: Path) -> dict[str, Any]:
    """x"""
    return {}
