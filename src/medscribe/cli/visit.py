"""One visit from a file to finished results, through store and queue."""

from collections.abc import Callable, Sequence
from pathlib import Path

from medscribe.audio.decode import decode
from medscribe.bootstrap import MedScribe
from medscribe.cli import choices, console
from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.domain.event import EventKind
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import SpeakerCorrection, Utterance
from medscribe.errors import InputError, MedScribeError
from medscribe.pipeline import intake
from medscribe.pipeline.review import correct_speakers
from medscribe.speech.transcript_file import read_transcript


def run_recording(medscribe: MedScribe, path: Path, options: EncounterOptions) -> Encounter:
    """Work a recording through all stages; a cut-off earlier attempt is taken up where it was."""
    encounter = None
    intake.discard_abandoned(medscribe.store, medscribe.audio_log)
    if path.is_file():
        source = intake.fingerprint(path)
        encounter = intake.find_unfinished(medscribe.store, source, options)
    if encounter is not None:
        console.notice("Resuming an earlier attempt at this recording.")
        return _worked(medscribe, encounter)
    with medscribe.engines.clock.measure("decode"):
        audio = decode(path, max_seconds=medscribe.settings.max_audio_hours * 3600)
    if audio.truncated:
        console.notice("The file is cut off; what could be decoded of it is used.")
    encounter = intake.take_in_recording(
        medscribe.store,
        medscribe.audio_log,
        audio.samples,
        source_sha256=source,
        options=options,
    )
    return _worked(medscribe, encounter)


def run_transcript(medscribe: MedScribe, path: Path, options: EncounterOptions) -> Encounter:
    """Work an imported transcript through all stages."""
    utterances = read_transcript(path)
    return run_utterances(medscribe, utterances, intake.fingerprint(path), options)


def run_utterances(
    medscribe: MedScribe,
    utterances: list[Utterance],
    source_sha256: str,
    options: EncounterOptions,
) -> Encounter:
    """Work known words through all stages."""
    encounter = intake.find_unfinished(medscribe.store, source_sha256, options)
    if encounter is None:
        encounter = intake.take_in_transcript(
            medscribe.store, utterances, source_sha256=source_sha256, options=options
        )
    return _worked(medscribe, encounter)


def correct(
    medscribe: MedScribe,
    encounter: Encounter,
    corrections: Sequence[SpeakerCorrection],
    *,
    swap: bool,
) -> None:
    """Put right who speaks, where that is asked for, and make anew what rests on it.

    A voice that is not there is known only when the visit is worked through: it is kept then.
    """
    wanted = list(corrections)
    try:
        if swap:
            speakers = medscribe.store.results(encounter.id).speakers or ()
            wanted += choices.exchange(speakers, beside=corrections)
        if wanted:
            correct_speakers(medscribe.store, encounter.id, wanted)
    except InputError:
        console.notice(f"The visit is kept as it is:  medscribe encounters speakers {encounter.id}")
        raise
    if wanted:
        _worked(medscribe, encounter)


def with_results(
    medscribe: MedScribe,
    encounter: Encounter,
    use: Callable[[EncounterResults], None],
    *,
    reveal: bool = False,
) -> None:
    """Hand the results to `use`; then forget the encounter unless the settings keep it.

    If `use` fails (a full disk, a missing extra) the encounter stays, so that nothing is lost.
    `reveal`: real names are shown, which the encounter's history tells.
    """
    if reveal:
        medscribe.store.note_event(encounter.id, EventKind.REVEALED)
    try:
        use(medscribe.store.results(encounter.id))
    except MedScribeError:
        console.notice(f"The results are kept:  medscribe encounters export {encounter.id}")
        raise
    if not medscribe.settings.keep_encounters:
        intake.discard(medscribe.store, medscribe.audio_log, encounter.id)


def _worked(medscribe: MedScribe, encounter: Encounter) -> Encounter:
    medscribe.queue.submit(encounter.id)
    try:
        medscribe.queue.drain()
    except InputError:
        # The recording itself is of no use: nothing to resume, nothing to keep.
        intake.discard(medscribe.store, medscribe.audio_log, encounter.id)
        raise
    return medscribe.store.get(encounter.id)
