"""A recording or a transcript -> an encounter that is ready to be worked on."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.log import AudioLog
from medscribe.domain.encounter import Encounter, EncounterOptions, EncounterStatus
from medscribe.domain.results import EncounterResults
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError, StoreError
from medscribe.jobs.queue import JobQueue

SEGMENT_SECONDS = 60
_STILL_COMING = (EncounterStatus.RECEIVING, EncounterStatus.RECORDING)
ABANDONED = timedelta(hours=1)
"""Taking in a file lasts seconds; one that has lasted an hour belongs to a process that is gone."""
ABOUT_TO_BEGIN = timedelta(minutes=1)
"""Between the encounter of a visit and its log lie milliseconds; a process may sleep there."""


class IntakeStore(Protocol):
    """The part of the store that taking in needs."""

    def create(
        self,
        source_sha256: str,
        options: EncounterOptions,
        results: EncounterResults,
        status: EncounterStatus = EncounterStatus.RECEIVING,
    ) -> Encounter: ...

    def audio_stored(self, encounter_id: str) -> Encounter: ...

    def unfinished(self, source_sha256: str | None = None) -> list[Encounter]: ...

    def purge(self, encounter_id: str) -> None: ...


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal: names a recording without its file name.

    Raises `InputError` where the file may not or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise InputError("The file cannot be read: check its permissions and its disk.") from None


def find_unfinished(
    store: IntakeStore, source_sha256: str, options: EncounterOptions
) -> Encounter | None:
    """An earlier, cut-off attempt at the same recording with the same options, if any."""
    for encounter in store.unfinished(source_sha256):
        if encounter.status not in _STILL_COMING and encounter.options == options:
            return encounter
    return None


def take_in_recording(
    store: IntakeStore,
    open_log: Callable[[str], AudioLog],
    samples: NDArray[np.float32],
    *,
    source_sha256: str,
    options: EncounterOptions,
) -> Encounter:
    """Store a recording, float32 (n, channels) at 16 kHz, and open it for work.

    The encounter counts as being received until its last segment is durable: a process killed
    before leaves nothing that could be taken for a whole visit. Where the disk fills up meanwhile
    what was stored of it is removed: tries that follow would only fill it more.
    """
    encounter = store.create(source_sha256, options, EncounterResults())
    log = open_log(encounter.id)
    step = SEGMENT_SECONDS * SAMPLE_RATE
    try:
        for start in range(0, len(samples), step):
            log.append(samples[start : start + step])
        return store.audio_stored(encounter.id)
    except StoreError:
        # On a disk so full that not even this can be noted, `discard_abandoned` does it later.
        with suppress(StoreError):
            discard(store, open_log, encounter.id)
        raise


def begin_visit(store: IntakeStore, options: EncounterOptions) -> Encounter:
    """Open an encounter whose sound is still to come: a live visit."""
    return store.create("", options, EncounterResults(), EncounterStatus.RECORDING)


def take_in_transcript(
    store: IntakeStore,
    utterances: Sequence[Utterance],
    *,
    source_sha256: str,
    options: EncounterOptions,
) -> Encounter:
    """Open an encounter whose words are known already."""
    return store.create(source_sha256, options, EncounterResults(utterances=tuple(utterances)))


def sweep(store: IntakeStore, open_log: Callable[[str], AudioLog], queue: JobQueue) -> int:
    """Wake every encounter that has work left; how many. What a crash forgot is found here.

    A visit whose listening process is gone ends where its log ends.
    """
    end_interrupted_visits(store, open_log)
    waiting = cut_off(store, open_log)
    for encounter in waiting:
        queue.submit(encounter.id)
    return len(waiting)


def cut_off(store: IntakeStore, open_log: Callable[[str], AudioLog]) -> list[Encounter]:
    """Whole recordings with work left that no listening process is at."""
    return [
        encounter
        for encounter in store.unfinished()
        if encounter.status not in _STILL_COMING and not open_log(encounter.id).is_being_recorded()
    ]


def end_interrupted_visits(store: IntakeStore, open_log: Callable[[str], AudioLog]) -> None:
    """Close the recordings that nobody goes on with; one without a sound is removed."""
    for encounter in store.unfinished():
        if encounter.status is not EncounterStatus.RECORDING:
            continue
        log = open_log(encounter.id)
        if log.is_being_recorded():
            continue
        if log.length:
            store.audio_stored(encounter.id)
        elif log.begun or datetime.now(UTC) - encounter.created_at > ABOUT_TO_BEGIN:
            discard(store, open_log, encounter.id)


def discard_abandoned(
    store: IntakeStore, open_log: Callable[[str], AudioLog], *, older_than: timedelta = ABANDONED
) -> int:
    """Remove recordings whose intake was cut off: nobody was told that they are stored."""
    limit = datetime.now(UTC) - older_than
    abandoned = [
        encounter
        for encounter in store.unfinished()
        if encounter.status is EncounterStatus.RECEIVING and encounter.created_at < limit
    ]
    for encounter in abandoned:
        discard(store, open_log, encounter.id)
    return len(abandoned)


def discard(store: IntakeStore, open_log: Callable[[str], AudioLog], encounter_id: str) -> None:
    """Remove an encounter's sound and destroy its key: nothing of it can be read again."""
    open_log(encounter_id).delete()
    store.purge(encounter_id)
