"""Rows of the tables <-> encounters and events, inside a transaction of the caller."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.domain.event import EventKind
from medscribe.errors import StoreError
from medscribe.store import tables


def read_encounter(connection: Connection, encounter_id: str) -> Encounter:
    """The encounter of that id; `StoreError` if there is none."""
    row = (
        connection.execute(select(tables.encounters).where(tables.encounters.c.id == encounter_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise StoreError("There is no encounter of that id in this store.")
    fields = {name: row[name] for name in Encounter.model_fields if name != "options"}
    options = EncounterOptions.model_validate_json(row["options"])
    return Encounter(**fields, options=options)


def append_event(
    connection: Connection,
    encounter_id: str,
    kind: EventKind,
    facts: Mapping[str, str | int | float],
) -> None:
    """Add to the encounter's history; numbered from 1 without gaps."""
    column = tables.events.c
    last = connection.execute(
        select(func.coalesce(func.max(column.sequence), 0)).where(
            column.encounter_id == encounter_id
        )
    ).scalar_one()
    connection.execute(
        insert(tables.events).values(
            encounter_id=encounter_id,
            sequence=last + 1,
            kind=kind,
            at=datetime.now(UTC),
            facts=dict(facts),
        )
    )
