"""Sealing: what was sealed opens only with its key, unchanged, in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import StoreError
from medscribe.store.crypto import new_data_key, open_sealed, seal

KEY = bytes(range(32))


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
