"""A recording is taken in whole or not at all."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from medscribe.audio.log import AudioLog
from medscribe.bootstrap import build
from medscribe.domain.encounter import EncounterOptions
from medscribe.errors import StorageFullError
from medscribe.pipeline.intake import take_in_recording
from medscribe.settings import load_settings


class _LogOnAFullDisk(AudioLog):
    """Has room for one segment."""

    def append(self, samples: NDArray[np.float32]) -> int:
        if self.length:
            raise StorageFullError("The disk is full: free some space.")
        return super().append(samples)


def test_a_disk_that_fills_up_leaves_nothing_of_the_recording(tmp_path: Path) -> None:
    medscribe = build(load_settings(data_dir=tmp_path, asr="scripted"))

    def open_log(encounter_id: str) -> AudioLog:
        return _LogOnAFullDisk(
            tmp_path / "audio" / encounter_id, lambda plain, _: plain, lambda sealed, _: sealed
        )

    two_minutes = np.zeros((120 * 16_000, 1), np.float32)
    options = EncounterOptions(asr="scripted", template="soap", num_speakers=2, language="en")
    with pytest.raises(StorageFullError):
        take_in_recording(
            medscribe.store, open_log, two_minutes, source_sha256="0" * 64, options=options
        )

    assert not list(tmp_path.rglob("*.seg"))
    assert medscribe.store.unfinished() == []
    medscribe.close()
