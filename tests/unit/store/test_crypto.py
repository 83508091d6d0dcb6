"""Sealing: what was sealed opens only with its key, unchanged, in its place."""

import base64
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import StoreError
from medscribe.store.crypto import (
    MasterKey,
    load_master_key,
    load_or_create_key,
    new_data_key,
    open_sealed,
    seal,
    unwrap_key,
    wrap_key,
)

KEY = bytes(range(32))
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


@given(st.binary(), st.binary())
def test_what_was_sealed_opens_again(plaintext: bytes, context: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, plaintext, context), context) == plaintext


@given(st.binary(min_size=1, max_size=50), st.data())
def test_a_changed_byte_anywhere_is_noticed(plaintext: bytes, data: st.DataObject) -> None:
    blob = bytearray(seal(KEY, plaintext, b"enc-1/note"))
    place = data.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StoreError):
        open_sealed(KEY, bytes(blob), b"enc-1/note")


def test_a_cut_off_blob_is_refused() -> None:
    blob = seal(KEY, b"My knee hurts.", b"enc-1")
    for length in (0, 1, 12, len(blob) - 1):
        with pytest.raises(StoreError):
            open_sealed(KEY, blob[:length], b"enc-1")


def test_another_key_does_not_open_and_the_message_quotes_nothing() -> None:
    blob = seal(KEY, b"My knee hurts.", b"enc-1")
    with pytest.raises(StoreError) as caught:
        open_sealed(new_data_key(), blob, b"enc-1")
    assert "knee" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_content_of_one_encounter_cannot_be_passed_off_as_another_s() -> None:
    blob = seal(KEY, b"My knee hurts.", b"enc-1/note")
    with pytest.raises(StoreError):
        open_sealed(KEY, blob, b"enc-2/note")


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    blobs = {seal(KEY, b"My knee hurts.", b"") for _ in range(50)}
    assert len(blobs) == 50
    assert not any(b"knee" in blob for blob in blobs)


def test_an_unknown_format_says_so() -> None:
    blob = b"\x02" + seal(KEY, b"text", b"")[1:]
    with pytest.raises(StoreError, match="newer MedScribe"):
        open_sealed(KEY, blob, b"")


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(StoreError, match="32 bytes"):
        seal(b"short", b"text", b"")
    with pytest.raises(StoreError, match="32 bytes"):
        MasterKey(b"short")


def test_a_wrapped_key_opens_for_its_encounter_only() -> None:
    master, data_key = MasterKey(KEY), new_data_key()
    wrapped = wrap_key(master, data_key, "enc-1")
    assert unwrap_key(master, wrapped, "enc-1") == data_key
    with pytest.raises(StoreError):
        unwrap_key(master, wrapped, "enc-2")
    with pytest.raises(StoreError):
        unwrap_key(MasterKey(new_data_key()), wrapped, "enc-1")


def test_without_its_wrapped_key_an_encounter_cannot_be_read_by_the_master_key() -> None:
    master, data_key = MasterKey(KEY), new_data_key()
    blob = seal(data_key, b"My knee hurts.", b"enc-1")
    for other in (master.key, unwrap_key(master, wrap_key(master, new_data_key(), "e"), "e")):
        with pytest.raises(StoreError):
            open_sealed(other, blob, b"enc-1")


def test_the_master_key_is_not_printed() -> None:
    assert "key" not in repr(MasterKey(KEY)).replace("MasterKey", "")


@pytest.mark.parametrize("value", ["not base64 !", "c2hvcnQ=", "\u00e9"])
def test_an_unusable_key_in_the_environment_is_refused_without_quoting_it(
    tmp_path: Path, value: str
) -> None:
    with pytest.raises(StoreError) as caught:
        load_master_key(value, tmp_path / "master.key")
    assert "MEDSCRIBE_MASTER_KEY" in str(caught.value)
    assert value not in str(caught.value)


def test_the_environment_wins_over_the_key_file(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    encoded = base64.b64encode(KEY).decode()
    assert load_master_key(f" {encoded}\n", path) == MasterKey(KEY)
    assert not path.exists()


@pytest.mark.parametrize("unset", [None, "", " \n"])
def test_without_the_environment_the_key_file_is_used(tmp_path: Path, unset: str | None) -> None:
    path = tmp_path / "master.key"
    assert load_master_key(unset, path) == load_or_create_key(path) != MasterKey(KEY)


def test_a_key_file_is_made_once_and_read_ever_after(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    assert load_or_create_key(path) == load_or_create_key(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["master.key"]


@posix_only
def test_a_new_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    load_or_create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused_with_the_cure(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "master.key"
    load_or_create_key(path)
    path.chmod(mode)
    with pytest.raises(StoreError, match="chmod 600"):
        load_or_create_key(path)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\xff\xfe\x00"])
def test_a_key_file_without_a_key_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StoreError, match="no usable key"):
        load_or_create_key(path)
    assert path.read_bytes() == content


def test_a_folder_in_place_of_the_key_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "master.key"
    folder.mkdir(mode=0o700)
    with pytest.raises(StoreError):
        load_or_create_key(folder)


def test_all_who_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    path, keys = tmp_path / "master.key", []
    start = threading.Barrier(8)

    def race() -> None:
        start.wait()
        keys.append(load_or_create_key(path))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len({master.key for master in keys}) == 1
