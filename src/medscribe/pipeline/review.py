"""What a clinician puts right -> the encounter as it follows from that.

Who speaks and what identifies somebody are the clinician's to decide. A decision is stored with the
encounter, and all that rests on it is made anew: masking, note, prescription, checks.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from medscribe.dialogue.corrections import apply_corrections
from medscribe.domain.encounter import Encounter, Stage
from medscribe.domain.privacy import PiiDecision
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Speaker, SpeakerCorrection, Utterance
from medscribe.errors import InputError


class ReviewStore(Protocol):
    """What of the store a review needs; see `medscribe.store.encounters.SqlStore`."""

    def lease(self, encounter_id: str) -> Encounter: ...

    def results(self, encounter_id: str) -> EncounterResults: ...

    def revise(
        self, held: Encounter, updates: Mapping[str, object], *, again_from: Stage
    ) -> Encounter: ...


def correct_speakers(
    store: ReviewStore, encounter_id: str, corrections: Sequence[SpeakerCorrection]
) -> Encounter:
    """Give voices their roles, relations and names; the encounter then has work left.

    Raises `InputError` for a voice that the encounter does not have, or where it is not known yet
    who spoke, and leaves whoever works on the encounter alone; `StaleLeaseError` where somebody
    takes it over at the same time.
    """
    _corrected(store.results(encounter_id), corrections)  # refused before work is taken over
    held = store.lease(encounter_id)
    results = store.results(encounter_id)
    utterances, speakers = _corrected(results, corrections)
    updates = {
        "corrections": (*(results.corrections or ()), *corrections),
        "utterances": tuple(utterances),
        "speakers": tuple(speakers),
    }
    return store.revise(held, updates, again_from=Stage.MASK)


def _corrected(
    results: EncounterResults, corrections: Sequence[SpeakerCorrection]
) -> tuple[list[Utterance], list[Speaker]]:
    if results.utterances is None or results.speakers is None:
        raise InputError("It is not known yet who speaks in this encounter: let it finish first.")
    return apply_corrections(results.utterances, results.speakers, corrections, results.turns or ())


def decide_identifiers(
    store: ReviewStore, encounter_id: str, decisions: Sequence[PiiDecision]
) -> Encounter:
    """Store what identifies somebody and what does not; the encounter then has work left.

    Raises `InputError` where nothing was said yet, `StaleLeaseError` as above.
    """
    if store.results(encounter_id).speakers is None:
        raise InputError("This encounter is not masked yet: let it finish first.")
    held = store.lease(encounter_id)
    results = store.results(encounter_id)
    return store.revise(
        held,
        {"pii_decisions": (*(results.pii_decisions or ()), *decisions)},
        again_from=Stage.MASK,
    )


def redraft(store: ReviewStore, encounter_id: str) -> Encounter:
    """Have note, prescription and checks made anew, by the writer of now; what a clinician wrote
    in the note stays.

    Raises `InputError` where there is no note yet, `StaleLeaseError` as above.
    """
    if store.results(encounter_id).note is None:
        raise InputError("This encounter has no note yet: let it finish first.")
    return store.revise(store.lease(encounter_id), {}, again_from=Stage.DRAFT)


def decisions_on(
    results: EncounterResults, placeholders: Sequence[str], *, identifies: bool
) -> list[PiiDecision]:
    """A decision on what each placeholder stands for; all spellings of it are meant.

    Raises `InputError` for a placeholder that the encounter does not have.
    """
    vault = {entry.placeholder: entry for entry in results.vault or ()}
    unknown = [placeholder for placeholder in placeholders if placeholder not in vault]
    if unknown:
        raise InputError(
            "The encounter has no such placeholder: name one as its transcript shows it, with its "
            "brackets, such as '<UNCERTAIN:NAME_2>'."
        )
    entries = [vault[placeholder] for placeholder in placeholders]
    return [
        PiiDecision(original=entry.original, identifies=identifies, kind=entry.kind)
        for entry in entries
    ]
