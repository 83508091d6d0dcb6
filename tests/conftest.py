"""Fixtures of all tests: where the open corpora lie, and fail-not-skip under CI."""

import os
from pathlib import Path

import pytest

# Some tests import ONNX Runtime themselves; it reports to its maker unless told before that.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

REPOSITORY = Path(__file__).resolve().parent.parent


def _corpora_folder() -> Path:
    return Path(os.environ.get("MEDSCRIBE_DATA", REPOSITORY.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of the open corpora; skips with a reason where they are not beside the checkout."""
    folder = _corpora_folder()
    if not folder.is_dir():
        pytest.skip("the open corpora are not beside this checkout (set MEDSCRIBE_DATA)")
    return folder
