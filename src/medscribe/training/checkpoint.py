"""A torch checkpoint of the old format -> named numpy arrays, with no torch and no trust.

Layout (torch before 1.6): magic number, protocol, system facts, the object tree and the storage
keys as five pickles, then for every key an int64 count and that many little-endian float32.
A pickle can call any function it names; this reader knows three names and refuses all others.
"""

import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_FLOAT_STORAGE = "FloatStorage"
_LARGEST_STORAGE = 1 << 26  # float32 numbers; far above any model read here


class UntrustedCheckpointError(ValueError):
    """The checkpoint asks for something that a table of numbers does not need."""


@dataclass(frozen=True)
class _Tensor:
    """Where a tensor's numbers lie: `shape` numbers from `offset` of storage `key`."""

    key: str
    offset: int
    shape: tuple[int, ...]


def read_checkpoint(file: BinaryIO) -> dict[str, NDArray[np.float32]]:
    """All tensors of the checkpoint's `model_state`, by name.

    Raises `UntrustedCheckpointError` for any name, storage or layout but plain float32 tensors.
    """
    if _load(file) != _MAGIC:
        raise UntrustedCheckpointError("this is not a torch checkpoint of the old format")
    _load(file)  # protocol version
    _load(file)  # sizes of C types
    tree = _load(file)
    keys = _load(file)
    storages = {key: _read_storage(file) for key in keys}
    state = tree.get("model_state") if isinstance(tree, dict) else None
    if not isinstance(state, dict):
        raise UntrustedCheckpointError("the checkpoint holds no model_state")
    return {name: _numbers(tensor, storages) for name, tensor in state.items()}


def _load(file: BinaryIO) -> Any:
    try:
        return _RestrictedUnpickler(file).load()
    except (pickle.UnpicklingError, EOFError, IndexError, KeyError, TypeError):
        raise UntrustedCheckpointError("the checkpoint is damaged") from None


class _RestrictedUnpickler(pickle.Unpickler):
    """Knows tensors of float32 and the dictionary that holds them; nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
            ("torch", "FloatStorage"): _FLOAT_STORAGE,
        }
        if (module, name) not in known:
            raise UntrustedCheckpointError(f"the checkpoint names {module}.{name}")
        return known[module, name]

    def persistent_load(self, pid: Any) -> str:
        """The key of a storage: ("storage", FloatStorage, key, device, count, view)."""
        if not isinstance(pid, tuple) or pid[:2] != ("storage", _FLOAT_STORAGE):
            raise UntrustedCheckpointError("the checkpoint holds numbers that are not float32")
        return str(pid[2])


def _rebuild_tensor(
    key: str, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_flags: object
) -> _Tensor:
    dense = tuple(int(np.prod(shape[axis + 1 :], dtype=np.int64)) for axis in range(len(shape)))
    if tuple(stride) != dense:
        raise UntrustedCheckpointError("the checkpoint holds a tensor that is not contiguous")
    return _Tensor(str(key), int(offset), tuple(int(size) for size in shape))


def _read_storage(file: BinaryIO) -> NDArray[np.float32]:
    header = file.read(8)
    count = struct.unpack("<q", header)[0] if len(header) == 8 else -1
    if not 0 <= count <= _LARGEST_STORAGE:
        raise UntrustedCheckpointError("the checkpoint states an impossible size")
    data = file.read(4 * count)
    if len(data) != 4 * count:
        raise UntrustedCheckpointError("the checkpoint is cut off")
    return np.frombuffer(data, dtype="<f4")


def _numbers(tensor: object, storages: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    if not isinstance(tensor, _Tensor) or tensor.key not in storages:
        raise UntrustedCheckpointError("the checkpoint's model_state holds more than tensors")
    count = int(np.prod(tensor.shape, dtype=np.int64))
    numbers = storages[tensor.key][tensor.offset : tensor.offset + count]
    if len(numbers) != count:
        raise UntrustedCheckpointError("the checkpoint holds a tensor beyond its numbers")
    return numbers.reshape(tensor.shape).astype(np.float32)
