"""`medscribe keys`: what it shows, what it refuses, and that no key is ever shown."""

import base64
from pathlib import Path

import pytest

from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.store.key_file import load_key_ring, read_keys, replace_keys
from medscribe.store.keyring import MasterKey
from medscribe.store.sqlite import open_store
from tests.cli.conftest import Run

OLD, NEW = (MasterKey(bytes([byte]) * 32) for byte in (7, 8))


def variable(*keys: MasterKey) -> str:
    return ",".join(base64.b64encode(key.key).decode() for key in keys)


def kept_visit(data: Path, *keys: MasterKey) -> str:
    """A visit in the store, sealed by the first of the keys, else by the key file's; its id."""
    ring = load_key_ring(variable(*keys), data / "master.key")
    store = open_store(data / "medscribe.db", ring)
    encounter = store.create("a" * 64, EncounterOptions(), EncounterResults())
    store.close()
    return encounter.id


def opened(run: Run) -> bool:
    return "All 1 encounter keys open." in run("keys", "check").out


def test_a_key_file_is_rotated_and_the_visit_still_opens(run: Run, tmp_path: Path) -> None:
    kept_visit(tmp_path / "data")
    before = read_keys(tmp_path / "data" / "master.key")

    rotated = run("keys", "rotate")

    assert rotated.code == 0, rotated.err
    assert "Sealed 1 encounter keys anew" in rotated.out
    assert read_keys(tmp_path / "data" / "master.key") != before
    assert opened(run)


def test_the_status_tells_ids_and_counts_but_no_key(run: Run, tmp_path: Path) -> None:
    kept_visit(tmp_path / "data")
    path = tmp_path / "data" / "master.key"
    (old,) = read_keys(path)
    replace_keys(path, [NEW, old])

    shown = run("keys", "status").out

    assert f"{NEW.id.hex()}  0 encounters  (active)" in shown
    assert f"{old.id.hex()}  1 encounters  (old, opens only)" in shown
    assert "not finished" in shown
    for key in (NEW, old):
        assert base64.b64encode(key.key).decode() not in shown
        assert key.key.hex() not in shown
    run("keys", "rotate")
    assert "No rotation is under way." in run("keys", "status").out


def test_keys_of_the_environment_are_rotated_with_the_new_one_in_front(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_visit(tmp_path / "data", OLD)
    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", variable(OLD))
    refused = run("keys", "rotate")
    assert refused.code == 4
    assert "new key, a comma and the old key" in refused.err

    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", variable(NEW, OLD))
    assert "not finished" in run("keys", "status").out
    rotated = run("keys", "rotate")
    assert "Take the old master keys out" in rotated.out
    assert "take them out of MEDSCRIBE_MASTER_KEY" in run("keys", "status").out

    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", variable(NEW))
    assert opened(run)
    assert not (tmp_path / "data" / "master.key").exists()
    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", variable(OLD))
    assert run("keys", "check").code == 8


def test_a_visit_whose_key_is_lost_is_named_and_fails_the_check(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = kept_visit(tmp_path / "data", OLD)
    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", variable(NEW))

    checked = run("keys", "check")

    assert checked.code == 8
    assert checked.out.split() == [lost]
    shown = run("keys", "status").out
    assert "key not at hand" in shown
    assert "put back the key" in shown
    assert "rotate" not in shown


@pytest.mark.parametrize("command", ["status", "check", "rotate"])
def test_without_a_store_nothing_is_made(run: Run, tmp_path: Path, command: str) -> None:
    refused = run("keys", command)
    assert refused.code == 8
    assert "no store" in refused.err
    assert not (tmp_path / "data").exists()
