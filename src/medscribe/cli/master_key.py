"""`medscribe keys`: the master keys of the store; status, check, rotate. Never a key itself."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import typer
from sqlalchemy import Engine

from medscribe.cli import console
from medscribe.errors import ConfigurationError, StoreError
from medscribe.settings import Settings, load_settings
from medscribe.store import rotation
from medscribe.store.database import open_database
from medscribe.store.key_file import MASTER_KEY_VARIABLE, load_key_ring, read_keys
from medscribe.store.keyring import KeyRing

app = typer.Typer(help="The master keys that seal every encounter's key: status, check, rotate.")

_NEW_KEY_FIRST = (
    f"The master key comes from {MASTER_KEY_VARIABLE}, where MedScribe cannot put a new one: set "
    "it to the new key, a comma and the old key, run this again, and take the old one away after "
    "that. To make a key:  openssl rand -base64 32"
)


@dataclass(frozen=True)
class _Vault:
    """The keys at hand and the database they are for. `key_file` None: keys of the environment."""

    ring: KeyRing
    engine: Engine
    key_file: Path | None

    @property
    def source(self) -> str:
        return f"key file {self.key_file}" if self.key_file else f"variable {MASTER_KEY_VARIABLE}"


@app.command()
def status() -> None:
    """Where the master keys come from, their ids, and how many encounters each one seals."""
    vault = _vault(load_settings())
    usage = rotation.key_usage(vault.engine)
    typer.echo(f"Master keys from the {vault.source}")
    for key in vault.ring.keys:
        place = "active" if key is vault.ring.active else "old, opens only"
        typer.echo(f"  {key.id.hex()}  {usage.pop(key.id, 0)} encounters  ({place})")
    without_id = usage.pop(None, 0)
    if without_id:
        typer.echo(f"  {without_id} encounters were sealed before keys had ids")
    for key_id, count in usage.items():
        typer.echo(f"  {(key_id or b'').hex()}  {count} encounters  (key not at hand)")
    typer.echo(_advice(vault))
    vault.engine.dispose()


@app.command()
def check() -> None:
    """Whether every encounter's key opens; names those that do not, and fails if there are any."""
    vault = _vault(load_settings())
    count = rotation.key_usage(vault.engine).total()
    left = rotation.unopened(vault.engine, vault.ring)
    vault.engine.dispose()
    for encounter_id in left:
        typer.echo(encounter_id)
    if left:
        raise StoreError(
            f"The keys of {len(left)} of {count} encounters open with no master key at hand: add "
            "the key that sealed them, or restore the database from a backup."
        )
    typer.echo(f"All {count} encounter keys open.")


@app.command()
def rotate() -> None:
    """Seal every encounter's key by a new master key; safe while MedScribe runs, and to repeat."""
    vault = _vault(load_settings())
    if vault.key_file:
        changed = rotation.rotate_key_file(vault.engine, vault.key_file, console.notice)
        typer.echo(f"Sealed {changed} encounter keys anew. The old master key opens none of them.")
    else:
        if len(vault.ring.keys) == 1 and not _is_unfinished(vault):
            raise ConfigurationError(_NEW_KEY_FIRST)
        changed = rotation.rewrap_all(vault.engine, vault.ring)
        typer.echo(
            f"Sealed {changed} encounter keys anew. Take the old master keys out of "
            f"{MASTER_KEY_VARIABLE} now, and start MedScribe again where it runs with them."
        )
    vault.engine.dispose()


def _vault(settings: Settings) -> _Vault:
    """What there is; `StoreError` where there is no store yet. It makes nothing."""
    database = settings.data_dir / "medscribe.db"
    encoded = (settings.master_key or "").strip()
    key_file = None if encoded else settings.data_dir / "master.key"
    if not database.exists() or (key_file and not key_file.exists()):
        raise StoreError(
            "There is no store with a key in the data folder yet: both are made by the first "
            "encounter. If there was one, restore the database and its key from a backup."
        )
    if key_file:
        ring = KeyRing(read_keys(key_file), lambda: read_keys(key_file))
    else:
        ring = load_key_ring(encoded, settings.data_dir)
    return _Vault(ring=ring, engine=open_database(database), key_file=key_file)


def _is_unfinished(vault: _Vault) -> bool:
    """Whether some encounter is, or would be, sealed by another key than the active one."""
    usage: Counter[bytes | None] = rotation.key_usage(vault.engine)
    named = rotation.named_key(vault.engine)
    return bool(set(usage) - {None, vault.ring.active.id}) or (
        named is not None and named != vault.ring.active.id
    )


def _advice(vault: _Vault) -> str:
    missing = set(rotation.key_usage(vault.engine)) - {None, *(key.id for key in vault.ring.keys)}
    if missing:
        return "Some encounters open with no key at hand: put back the key that sealed them."
    if _is_unfinished(vault):
        return "A rotation is not finished. To finish it:  medscribe keys rotate"
    if len(vault.ring.keys) == 1:
        return "No rotation is under way."
    if vault.key_file or None in rotation.key_usage(vault.engine):
        return "Old keys are still at hand. To finish the rotation:  medscribe keys rotate"
    return f"The old keys seal nothing any more: take them out of {MASTER_KEY_VARIABLE}."
