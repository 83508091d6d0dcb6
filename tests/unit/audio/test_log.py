"""The audio log: what was appended is read back, sealed, and never out of order."""

from pathlib import Path

import numpy as np
import pytest

from medscribe.audio.log import AudioLog
from medscribe.errors import StoreError


def mirrored(plain: bytes, context: bytes) -> bytes:
    """A stand-in cipher that shows whether the context was right."""
    return context + plain[::-1]


def unmirrored(blob: bytes, context: bytes) -> bytes:
    if not blob.startswith(context):
        raise StoreError("wrong place")
    return blob[len(context) :][::-1]


def log_in(folder: Path) -> AudioLog:
    return AudioLog(folder, mirrored, unmirrored)


def noise(count: int, channels: int = 1) -> np.ndarray:
    return np.random.default_rng(0).uniform(-1, 1, (count, channels)).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 2])
def test_what_was_appended_is_read_back_in_order(tmp_path: Path, channels: int) -> None:
    first, second = noise(1000, channels), noise(500, channels)
    log = log_in(tmp_path / "e1")

    assert [log.append(first), log.append(second)] == [1, 2]

    heard = log_in(tmp_path / "e1").read()
    assert heard.shape == (1500, channels)
    np.testing.assert_allclose(heard, np.concatenate([first, second]), atol=1 / 32767)


def test_loud_samples_are_clipped_and_do_not_wrap_around(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    log.append(np.array([[1.5], [-1.5]], dtype=np.float32))

    np.testing.assert_allclose(log.read(), [[1.0], [-1.0]])


def test_a_missing_segment_is_noticed(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    for _ in range(3):
        log.append(noise(10))
    (tmp_path / "e1" / "000002.seg").unlink()

    with pytest.raises(StoreError, match="gap"):
        log.read()


def test_swapped_segments_are_refused(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    log.append(noise(10))
    log.append(noise(20))
    one, two = tmp_path / "e1" / "000001.seg", tmp_path / "e1" / "000002.seg"
    kept = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(kept)

    with pytest.raises(StoreError):
        log.read()


def test_a_half_written_segment_is_not_part_of_the_recording(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    log.append(noise(10))
    (tmp_path / "e1" / "000002.part").write_bytes(b"cut off")

    assert len(log.read()) == 10


def test_a_deleted_log_leaves_no_folder(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    log.append(noise(10))
    log.delete()
    log.delete()

    assert not (tmp_path / "e1").exists()


def test_deleting_takes_along_what_a_killed_process_left_of_a_segment(tmp_path: Path) -> None:
    log = log_in(tmp_path / "e1")
    log.append(noise(100))
    (tmp_path / "e1" / "000002.seg.part").write_bytes(b"cut off")

    log.delete()

    assert not (tmp_path / "e1").exists()
