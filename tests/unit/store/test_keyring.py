"""A data key opens with the master key that wrapped it, whichever place that has on the ring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import StoreError
from medscribe.store.crypto import new_data_key, open_sealed, seal
from medscribe.store.keyring import KeyRing, MasterKey, unwrap_key, wrap_key, wrapping_id

OLD, NEW = MasterKey(b"o" * 32), MasterKey(b"n" * 32)
DATA_KEY = bytes(range(32))


def wrapped_before_keys_had_ids(master: MasterKey, encounter_id: str) -> bytes:
    return seal(master.key, DATA_KEY, b"data-key\x00" + encounter_id.encode())


def test_a_wrapped_key_opens_for_its_encounter_only() -> None:
    wrapped = wrap_key(OLD, DATA_KEY, "enc-1")
    assert unwrap_key(KeyRing([OLD]), wrapped, "enc-1") == DATA_KEY
    with pytest.raises(StoreError):
        unwrap_key(KeyRing([OLD]), wrapped, "enc-2")
    with pytest.raises(StoreError):
        unwrap_key(KeyRing([NEW]), wrapped, "enc-1")


@pytest.mark.parametrize("ring", [[OLD], [OLD, NEW], [NEW, OLD]])
def test_every_key_of_the_ring_opens(ring: list[MasterKey]) -> None:
    assert unwrap_key(KeyRing(ring), wrap_key(OLD, DATA_KEY, "e"), "e") == DATA_KEY


@pytest.mark.parametrize("ring", [[OLD], [OLD, NEW], [NEW, OLD]])
def test_what_was_wrapped_before_keys_had_ids_opens(ring: list[MasterKey]) -> None:
    wrapped = wrapped_before_keys_had_ids(OLD, "e")
    assert wrapping_id(wrapped) is None
    assert unwrap_key(KeyRing(ring), wrapped, "e") == DATA_KEY


@given(st.data())
def test_a_changed_byte_of_a_wrapped_key_is_noticed(data: st.DataObject) -> None:
    blob = bytearray(wrap_key(OLD, DATA_KEY, "e"))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StoreError):
        unwrap_key(KeyRing([OLD, NEW]), bytes(blob), "e")


def test_the_wrapped_key_names_its_master_key_and_shows_nothing_of_it() -> None:
    wrapped = wrap_key(OLD, DATA_KEY, "e")
    assert wrapping_id(wrapped) == OLD.id != NEW.id
    assert OLD.id not in OLD.key
    assert OLD.key not in wrapped
    assert DATA_KEY not in wrapped


def test_without_its_wrapped_key_an_encounter_cannot_be_read_by_the_master_key() -> None:
    blob = seal(DATA_KEY, b"My knee hurts.", b"enc-1")
    another = unwrap_key(KeyRing([OLD]), wrap_key(OLD, new_data_key(), "e"), "e")
    for other in (OLD.key, another):
        with pytest.raises(StoreError):
            open_sealed(other, blob, b"enc-1")


def test_a_key_that_another_process_added_is_found_where_keys_are_kept() -> None:
    kept = [OLD]
    ring = KeyRing(kept, lambda: kept)
    kept[:] = [NEW]
    assert unwrap_key(ring, wrap_key(NEW, DATA_KEY, "e"), "e") == DATA_KEY
    assert ring.active == NEW


def test_the_master_key_is_not_printed() -> None:
    assert "key" not in repr(OLD).replace("MasterKey", "")


def test_a_master_key_of_the_wrong_length_and_an_empty_ring_are_refused() -> None:
    with pytest.raises(StoreError, match="32 bytes"):
        MasterKey(b"short")
    with pytest.raises(StoreError, match="no master key"):
        KeyRing([])
