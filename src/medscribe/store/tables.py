"""The tables of the store."""

import time
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.exc import OperationalError

metadata = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC time in and out; SQLite keeps no zone of its own."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


encounters = Table(
    "encounters",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("status", String(24), nullable=False),
    # The cursor: the stage to do next and how many steps of it are committed.
    Column("next_stage", String(24)),
    Column("position", Integer, nullable=False),
    Column("options", String, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("lease_epoch", Integer, nullable=False),
    # The encounter's data key under the master key; NULL once the encounter is purged.
    Column("wrapped_key", LargeBinary),
    Index("encounters_by_source", "source_sha256"),
)

# The one row names the master key that new data keys are wrapped by, once keys were rotated.
wrapping = Table(
    "wrapping",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("encounter_id", ForeignKey("encounters.id"), primary_key=True),
    Column("field", String(24), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("encounter_id", ForeignKey("encounters.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("facts", JSON, nullable=False),
)


def create(engine: Engine) -> None:
    """Make the tables that are not there yet.

    Two processes may begin on a new database at once: who comes second finds the tables made.
    """
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            metadata.create_all(engine)
        except OperationalError:
            time.sleep(pause)
        else:
            return
    metadata.create_all(engine)
