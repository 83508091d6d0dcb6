"""Encounters, their sealed results, cursors and events in SQL (SQLite in WAL mode)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, insert, select, update

from medscribe.domain.encounter import (
    Encounter,
    EncounterOptions,
    EncounterStatus,
    Stage,
    status_before,
)
from medscribe.domain.event import Event, EventKind
from medscribe.domain.results import EncounterResults
from medscribe.errors import StaleLeaseError, StoreError
from medscribe.store import crypto, tables
from medscribe.store.database import begin_writing, empty_log
from medscribe.store.failures import clear_storage_errors
from medscribe.store.keyring import KeyRing, unwrap_key, wrap_key
from medscribe.store.rotation import key_for_wrapping
from medscribe.store.rows import append_event, read_encounter
from medscribe.store.sealed import (
    destroy,
    open_part,
    read_values,
    with_hotwords,
    write_hotwords,
    write_value,
)

_FIELDS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(cast(Any, field.annotation))
    for name, field in EncounterResults.model_fields.items()
}

_Happening = tuple[EventKind, dict[str, str | int | float]]
"""A kind of event and its facts."""


class SqlStore:
    """The truth about every encounter: one transaction per commit, results sealed per encounter.

    Facts that tell how far an encounter has come are readable; what was said never is.
    """

    def __init__(self, engine: Engine, keys: KeyRing) -> None:
        self._engine = engine
        self._keys = keys

    def create(
        self,
        source_sha256: str,
        options: EncounterOptions,
        results: EncounterResults,
        status: EncounterStatus = EncounterStatus.RECEIVING,
    ) -> Encounter:
        """A new encounter: `status` until `audio_stored`, or ready for work if words are given."""
        has_words = results.utterances is not None
        encounter = Encounter(
            id=uuid.uuid4().hex,
            status=EncounterStatus.TRANSCRIBING if has_words else status,
            next_stage=Stage.ATTRIBUTE if has_words else Stage.DETECT_SPEECH,
            options=options,
            source_sha256=source_sha256,
            created_at=datetime.now(UTC),
        )
        data_key = crypto.new_data_key()
        with clear_storage_errors(), self._engine.begin() as connection:
            begin_writing(connection)
            master = key_for_wrapping(connection, self._keys)
            connection.execute(
                insert(tables.encounters).values(
                    id=encounter.id,
                    status=encounter.status,
                    next_stage=encounter.next_stage,
                    position=0,
                    options=open_part(options),
                    source_sha256=source_sha256,
                    created_at=encounter.created_at,
                    lease_epoch=0,
                    wrapped_key=wrap_key(master, data_key, encounter.id),
                )
            )
            write_hotwords(connection, encounter.id, data_key, options.hotwords)
            _write_results(connection, encounter.id, data_key, _given(results))
            append_event(connection, encounter.id, EventKind.CREATED, {})
        return encounter

    def audio_stored(self, encounter_id: str) -> Encounter:
        """The recording is durable and whole: the encounter may be worked on."""
        with clear_storage_errors(), self._engine.begin() as connection:
            connection.execute(
                update(tables.encounters)
                .where(tables.encounters.c.id == encounter_id)
                .values(status=EncounterStatus.TRANSCRIBING)
            )
            append_event(connection, encounter_id, EventKind.AUDIO_STORED, {})
            return self._read(connection, encounter_id)

    def get(self, encounter_id: str) -> Encounter:
        """The encounter; `StoreError` if there is none of that id."""
        with clear_storage_errors(), self._engine.connect() as connection:
            return self._read(connection, encounter_id)

    def encounters(self) -> list[Encounter]:
        """All encounters, oldest first."""
        query = select(tables.encounters.c.id).order_by(tables.encounters.c.created_at)
        with clear_storage_errors(), self._engine.connect() as connection:
            return [
                self._read(connection, id_) for id_ in connection.execute(query).scalars().all()
            ]

    def unfinished(self, source_sha256: str | None = None) -> list[Encounter]:
        """Encounters with work left, oldest first; only those of one recording if given."""
        query = select(tables.encounters.c.id).where(
            tables.encounters.c.next_stage.is_not(None),
            tables.encounters.c.wrapped_key.is_not(None),
        )
        if source_sha256 is not None:
            query = query.where(tables.encounters.c.source_sha256 == source_sha256)
        with clear_storage_errors(), self._engine.connect() as connection:
            ids = connection.execute(query.order_by(tables.encounters.c.created_at)).scalars()
            return [self._read(connection, encounter_id) for encounter_id in ids.all()]

    def lease(self, encounter_id: str) -> Encounter:
        """Take the encounter over: its epoch rises, and what older holders commit is refused."""
        column = tables.encounters.c
        with clear_storage_errors(), self._engine.begin() as connection:
            connection.execute(
                update(tables.encounters)
                .where(column.id == encounter_id)
                .values(lease_epoch=column.lease_epoch + 1)
            )
            return self._read(connection, encounter_id)

    def data_key(self, encounter_id: str) -> bytes:
        """The key that seals this encounter's audio and results; `StoreError` once purged."""
        with clear_storage_errors(), self._engine.connect() as connection:
            wrapped = connection.execute(
                select(tables.encounters.c.wrapped_key).where(
                    tables.encounters.c.id == encounter_id
                )
            ).scalar_one_or_none()
        if wrapped is None:
            raise StoreError("This encounter was purged or never existed; nothing of it is left.")
        return unwrap_key(self._keys, wrapped, encounter_id)

    def results(self, encounter_id: str) -> EncounterResults:
        """All that the stages have worked out so far."""
        data_key = self.data_key(encounter_id)
        with clear_storage_errors(), self._engine.connect() as connection:
            sealed = read_values(connection, encounter_id, data_key)
        values = {field: _FIELDS[field].validate_json(plain) for field, plain in sealed.items()}
        return EncounterResults(**values)

    def commit(self, held: Encounter, updates: Mapping[str, object], *, done: bool) -> Encounter:
        """Results + cursor + event of one step, in one transaction.

        `done`: the stage is finished; else the encounter stays in it, one position further (and
        goes on being recorded, if it was).
        Raises `StaleLeaseError` if somebody has leased the encounter since `held` was leased.
        """
        assert held.next_stage is not None
        stage = held.next_stage
        next_stage = held.options.stage_after(stage) if done else stage
        recording = held.status is EncounterStatus.RECORDING and not done
        after = held.model_copy(
            update={
                "next_stage": next_stage,
                "position": 0 if done else held.position + 1,
                "status": held.status if recording else status_before(next_stage),
            }
        )
        happened: list[_Happening] = [(EventKind.STAGE_DONE, {"stage": stage})] if done else []
        if next_stage is None:
            happened.append((EventKind.READY, {}))
        return self._commit(after, updates, happened)

    def revise(
        self, held: Encounter, updates: Mapping[str, object], *, again_from: Stage
    ) -> Encounter:
        """What a clinician changed, and the stages from `again_from` on are to be done again.

        Raises `StaleLeaseError` if somebody has leased the encounter since `held` was leased.
        """
        status = status_before(again_from)
        again = {"next_stage": again_from, "position": 0, "status": status}
        happened: list[_Happening] = [(EventKind.REVISED, {"again_from": str(again_from)})]
        return self._commit(held.model_copy(update=again), updates, happened)

    def note_event(self, encounter_id: str, kind: EventKind) -> None:
        """Add to the encounter's history what changes nothing: a look at the chart, say."""
        with clear_storage_errors(), self._engine.begin() as connection:
            append_event(connection, encounter_id, kind, {})

    def _commit(
        self, after: Encounter, updates: Mapping[str, object], happened: Sequence[_Happening]
    ) -> Encounter:
        data_key = self.data_key(after.id)
        column = tables.encounters.c
        with clear_storage_errors(), self._engine.begin() as connection:
            changed = connection.execute(
                update(tables.encounters)
                .where(column.id == after.id, column.lease_epoch == after.lease_epoch)
                .values(next_stage=after.next_stage, position=after.position, status=after.status)
            )
            if changed.rowcount != 1:
                raise StaleLeaseError("Another worker has taken over this encounter.")
            _write_results(connection, after.id, data_key, updates)
            for kind, facts in happened:
                append_event(connection, after.id, kind, facts)
        return after

    def fail(self, encounter_id: str, error_class: str) -> None:
        """Mark the encounter failed at its next stage; it can be leased and tried again.

        One that was purged meanwhile stays purged.
        """
        with clear_storage_errors(), self._engine.begin() as connection:
            encounter = read_encounter(connection, encounter_id)
            if encounter.status is EncounterStatus.PURGED:
                return
            connection.execute(
                update(tables.encounters)
                .where(tables.encounters.c.id == encounter_id)
                .values(status=EncounterStatus.FAILED)
            )
            facts = {"stage": str(encounter.next_stage), "error": error_class}
            append_event(connection, encounter_id, EventKind.STAGE_FAILED, facts)

    def events(self, encounter_id: str) -> list[Event]:
        """The encounter's history in order."""
        query = select(tables.events).where(tables.events.c.encounter_id == encounter_id)
        with clear_storage_errors(), self._engine.connect() as connection:
            rows = connection.execute(query.order_by(tables.events.c.sequence)).mappings().all()
        return [Event.model_validate(dict(row)) for row in rows]

    def purge(self, encounter_id: str) -> None:
        """Destroy the encounter's key and results: what was said cannot be read again.

        The epoch rises: a worker that is about to commit is refused.
        """
        with clear_storage_errors(), self._engine.begin() as connection:
            destroy(connection, read_encounter(connection, encounter_id))
            connection.execute(
                update(tables.encounters)
                .where(tables.encounters.c.id == encounter_id)
                .values(
                    status=EncounterStatus.PURGED,
                    next_stage=None,
                    lease_epoch=tables.encounters.c.lease_epoch + 1,
                )
            )
            append_event(connection, encounter_id, EventKind.PURGED, {})
        empty_log(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def _read(self, connection: Connection, encounter_id: str) -> Encounter:
        encounter = read_encounter(connection, encounter_id)
        return with_hotwords(connection, self._keys, encounter)


def _write_results(
    connection: Connection, encounter_id: str, data_key: bytes, updates: Mapping[str, object]
) -> None:
    for field, value in updates.items():
        write_value(connection, encounter_id, data_key, field, _FIELDS[field].dump_json(value))


def _given(results: EncounterResults) -> dict[str, object]:
    names: Sequence[str] = list(EncounterResults.model_fields)
    return {name: getattr(results, name) for name in names if getattr(results, name) is not None}
