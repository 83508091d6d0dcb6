"""A checkpoint is read as numbers only: whatever else it asks for is refused."""

import io
import pickle
import struct
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

from medscribe.training.checkpoint import UntrustedCheckpointError, read_checkpoint

MAGIC = 0x1950A86A20F9469CFC6C


def _tensor(key: str, shape: tuple[int, ...], stride: tuple[int, ...]) -> bytes:
    """Opcodes of one tensor as torch writes them."""
    storage = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\n" + _text(key) + _text("cpu")
    storage += b"K\x01NtQ"
    sizes = b"(" + b"".join(b"K" + bytes([n]) for n in shape) + b"t"
    strides = b"(" + b"".join(b"K" + bytes([n]) for n in stride) + b"t"
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\x00" + sizes + strides + b"\x89NtR"
    )


def _text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def _checkpoint(tree: bytes, storages: dict[str, np.ndarray]) -> io.BytesIO:
    parts = [pickle.dumps(MAGIC, 2), pickle.dumps(1001, 2), pickle.dumps({}, 2), tree]
    parts.append(pickle.dumps(list(storages), 2))
    for numbers in storages.values():
        parts.append(struct.pack("<q", numbers.size) + numbers.astype("<f4").tobytes())
    return io.BytesIO(b"".join(parts))


def _state(value: bytes) -> bytes:
    """{"model_state": {"weight": value}}"""
    return b"\x80\x02}" + _text("model_state") + b"}" + _text("weight") + value + b"ss."


def test_tensors_are_read_by_name() -> None:
    numbers = np.arange(6, dtype=np.float32)
    found = read_checkpoint(_checkpoint(_state(_tensor("7", (2, 3), (3, 1))), {"7": numbers}))
    assert list(found) == ["weight"]
    np.testing.assert_array_equal(found["weight"], numbers.reshape(2, 3))


def test_a_checkpoint_that_would_run_a_command_is_refused_before_it_runs(tmp_path: Path) -> None:
    trace = tmp_path / "ran"

    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return __import__("os").mkdir, (str(trace),)

    tree = pickle.dumps({"model_state": OrderedDict(weight=Hostile())}, 2)
    with pytest.raises(UntrustedCheckpointError):
        read_checkpoint(_checkpoint(tree, {}))
    assert not trace.exists()


@pytest.mark.parametrize(
    "value",
    [
        b"cbuiltins\neval\n" + _text("1+1") + b"\x85R",
        b"cnumpy\nload\n" + _text("x") + b"\x85R",
        b"ctorch\nDoubleStorage\n",
        b"ctorch.serialization\nload\n" + _text("x") + b"\x85R",
        b"ccollections\nnamedtuple\n",
    ],
)
def test_any_other_name_is_refused(value: bytes) -> None:
    with pytest.raises(UntrustedCheckpointError, match="names"):
        read_checkpoint(_checkpoint(_state(value), {}))


def test_a_checkpoint_of_another_format_is_refused() -> None:
    with pytest.raises(UntrustedCheckpointError, match="old format"):
        read_checkpoint(io.BytesIO(pickle.dumps(1, 2)))


def test_what_is_no_checkpoint_at_all_is_refused() -> None:
    with pytest.raises(UntrustedCheckpointError):
        read_checkpoint(io.BytesIO(b""))
    with pytest.raises(UntrustedCheckpointError):
        read_checkpoint(io.BytesIO(b"PK\x03\x04 a zip file"))


def test_a_tensor_that_is_no_plain_table_is_refused() -> None:
    numbers = np.zeros(6, np.float32)
    with pytest.raises(UntrustedCheckpointError, match="contiguous"):
        read_checkpoint(_checkpoint(_state(_tensor("7", (2, 3), (1, 2))), {"7": numbers}))
    with pytest.raises(UntrustedCheckpointError, match="beyond its numbers"):
        read_checkpoint(_checkpoint(_state(_tensor("7", (3, 3), (3, 1))), {"7": numbers}))
    with pytest.raises(UntrustedCheckpointError, match="more than tensors"):
        read_checkpoint(_checkpoint(_state(_text("no tensor")), {}))


def test_a_cut_off_checkpoint_is_refused() -> None:
    numbers = np.zeros(6, np.float32)
    whole = _checkpoint(_state(_tensor("7", (2, 3), (3, 1))), {"7": numbers}).getvalue()
    with pytest.raises(UntrustedCheckpointError, match="cut off"):
        read_checkpoint(io.BytesIO(whole[:-4]))
    with pytest.raises(UntrustedCheckpointError, match="impossible size"):
        read_checkpoint(io.BytesIO(whole[:-30]))
