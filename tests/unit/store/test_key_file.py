"""The master keys are read from the variable or from a file that only their owner may read."""

import base64
import os
import stat
import threading
from pathlib import Path

import pytest

from medscribe.errors import StoreError
from medscribe.store.key_file import (
    load_key_ring,
    load_or_create_keys,
    new_master_key,
    read_keys,
    replace_keys,
)
from medscribe.store.keyring import MasterKey

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


def encoded(*keys: bytes) -> str:
    return ",".join(base64.b64encode(key).decode() for key in keys)


@pytest.mark.parametrize("value", ["not base64 !", "c2hvcnQ=", "\u00e9"])
def test_an_unusable_key_in_the_environment_is_refused_without_quoting_it(
    tmp_path: Path, value: str
) -> None:
    with pytest.raises(StoreError) as caught:
        load_key_ring(value, tmp_path / "master.key")
    assert "MEDSCRIBE_MASTER_KEY" in str(caught.value)
    assert value not in str(caught.value)


def test_the_environment_wins_over_the_key_file(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    encoded = base64.b64encode(KEY).decode()
    assert load_key_ring(f" {encoded}\n", path).keys == (MasterKey(KEY),)
    assert not path.exists()


@pytest.mark.parametrize("unset", [None, "", " \n"])
def test_without_the_environment_the_key_file_is_used(tmp_path: Path, unset: str | None) -> None:
    path = tmp_path / "master.key"
    ring = load_key_ring(unset, path)
    assert ring.keys == load_or_create_keys(path)
    assert ring.active != MasterKey(KEY)


def test_a_key_file_is_made_once_and_read_ever_after(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    assert load_or_create_keys(path) == load_or_create_keys(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["master.key"]


@posix_only
def test_a_new_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    load_or_create_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused_with_the_cure(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "master.key"
    load_or_create_keys(path)
    path.chmod(mode)
    with pytest.raises(StoreError, match="chmod 600"):
        load_or_create_keys(path)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\xff\xfe\x00"])
def test_a_key_file_without_a_key_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StoreError, match="no usable key"):
        load_or_create_keys(path)
    assert path.read_bytes() == content


def test_a_folder_in_place_of_the_key_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "master.key"
    folder.mkdir(mode=0o700)
    with pytest.raises(StoreError):
        load_or_create_keys(folder)


def test_all_who_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    path, keys = tmp_path / "master.key", []
    start = threading.Barrier(8)

    def race() -> None:
        start.wait()
        keys.append(load_or_create_keys(path))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_the_variable_may_hold_several_keys_and_the_first_is_active(tmp_path: Path) -> None:
    ring = load_key_ring(f" {encoded(KEY)} , {encoded(OTHER)},\n", tmp_path / "master.key")
    assert ring.keys == (MasterKey(KEY), MasterKey(OTHER))
    assert ring.active == MasterKey(KEY)


def test_one_unusable_key_among_several_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no usable key"):
        load_key_ring(f"{encoded(KEY)},c2hvcnQ=", tmp_path / "master.key")


def test_a_key_file_may_hold_several_keys_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    load_or_create_keys(path)
    keys = (MasterKey(KEY), MasterKey(OTHER))

    replace_keys(path, keys)

    assert read_keys(path) == keys
    assert path.read_text() == f"{encoded(KEY)}\n{encoded(OTHER)}\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["master.key"]


@posix_only
def test_a_replaced_key_file_is_for_its_owner_alone_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    load_or_create_keys(path)
    for name in (".master.key.next", ".master.key.0f3a"):
        (tmp_path / name).write_text("left behind by a process that was killed")

    replace_keys(path, [new_master_key()])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["master.key"]


@posix_only
def test_of_a_linked_key_file_the_file_behind_the_link_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "safe" / "clinic.key", tmp_path / "master.key"
    load_or_create_keys(real)
    link.symlink_to(real)

    replace_keys(link, [MasterKey(KEY)])

    assert link.is_symlink()
    assert read_keys(real) == (MasterKey(KEY),)


@posix_only
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_key_file_that_cannot_be_replaced_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    before = load_or_create_keys(path)
    path.parent.chmod(0o500)
    with pytest.raises(StoreError, match="key file"):
        replace_keys(path, [MasterKey(KEY)])
    path.parent.chmod(0o700)
    assert read_keys(path) == before


def test_the_ring_finds_a_key_that_was_put_into_the_file_since(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    ring = load_key_ring(None, path)
    assert ring.named(MasterKey(KEY).id) is None

    replace_keys(path, [MasterKey(KEY)])

    assert ring.named(MasterKey(KEY).id) == MasterKey(KEY)
    assert ring.active == MasterKey(KEY)
