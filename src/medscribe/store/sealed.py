"""Values of an encounter <-> rows of sealed bytes, inside a transaction of the caller."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.errors import StoreError
from medscribe.store import crypto, tables
from medscribe.store.keyring import KeyRing, unwrap_key

_HOTWORDS = "hotwords"
"""They may be names of the visit, so they do not stand with the other options."""


def write_value(
    connection: Connection, encounter_id: str, data_key: bytes, field: str, plain: bytes
) -> None:
    """Seal `plain` as the encounter's value of `field`, in place of an earlier one."""
    column = tables.results.c
    connection.execute(
        delete(tables.results).where(column.encounter_id == encounter_id, column.field == field)
    )
    sealed = crypto.seal(data_key, plain, _context(encounter_id, field))
    connection.execute(
        insert(tables.results).values(encounter_id=encounter_id, field=field, sealed=sealed)
    )


def read_values(connection: Connection, encounter_id: str, data_key: bytes) -> dict[str, bytes]:
    """All values by their fields, but for what belongs to the options; `StoreError` if changed."""
    column = tables.results.c
    rows = connection.execute(
        select(column.field, column.sealed).where(
            column.encounter_id == encounter_id, column.field != _HOTWORDS
        )
    ).all()
    return {
        field: crypto.open_sealed(data_key, sealed, _context(encounter_id, field))
        for field, sealed in rows
    }


def open_part(options: EncounterOptions) -> str:
    """The options that may stand unsealed, as JSON."""
    return options.model_copy(update={"hotwords": ()}).model_dump_json()


def write_hotwords(
    connection: Connection, encounter_id: str, data_key: bytes, words: Sequence[str]
) -> None:
    """Seal the words to expect, if there are any."""
    if words:
        plain = "\n".join(words).encode()
        write_value(connection, encounter_id, data_key, _HOTWORDS, plain)


def with_hotwords(connection: Connection, ring: KeyRing, encounter: Encounter) -> Encounter:
    """`encounter` with the words to expect; without them where its key does not open."""
    column = tables.results.c
    sealed = connection.execute(
        select(column.sealed, tables.encounters.c.wrapped_key)
        .join(tables.encounters)
        .where(column.encounter_id == encounter.id, column.field == _HOTWORDS)
    ).one_or_none()
    if sealed is None:
        return encounter
    try:
        data_key = unwrap_key(ring, sealed.wrapped_key, encounter.id)
        plain = crypto.open_sealed(data_key, sealed.sealed, _context(encounter.id, _HOTWORDS))
    except StoreError:
        return encounter
    words = tuple(plain.decode().split("\n"))
    options = encounter.options.model_copy(update={"hotwords": words})
    return encounter.model_copy(update={"options": options})


def destroy(connection: Connection, encounter: Encounter) -> None:
    """Delete the key and all that it sealed, and what tells which recording it was."""
    connection.execute(delete(tables.results).where(tables.results.c.encounter_id == encounter.id))
    connection.execute(
        update(tables.encounters)
        .where(tables.encounters.c.id == encounter.id)
        .values(wrapped_key=None, source_sha256="", options=open_part(encounter.options))
    )


def _context(encounter_id: str, field: str) -> bytes:
    """Binds a sealed value to its place, so that it cannot be moved to another encounter."""
    return f"{encounter_id}/{field}".encode()
