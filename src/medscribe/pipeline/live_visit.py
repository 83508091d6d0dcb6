"""A visit that is being recorded -> finals committed as they come, and a note that grows.

The audio log is the queue: the recorder writes it, this reads it, and neither waits for the other.
Killed at any moment, the log is whole up to its last chunk, and the stages of a recording take up
the work where the last commit left it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from medscribe.dialogue.align import attribute_words
from medscribe.dialogue.corrections import flipped, with_roles
from medscribe.dialogue.live_roles import LiveRoles
from medscribe.dialogue.live_speakers import LiveSpeakers
from medscribe.dialogue.roles import load_role_model
from medscribe.domain.encounter import Encounter
from medscribe.domain.live import Final, LiveEvent, LiveStatus
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.results import EncounterResults
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.transcript import (
    Speaker,
    SpeakerCorrection,
    SpeakerTurn,
    Transcription,
    Utterance,
    Word,
)
from medscribe.note.prescribing.rolling import Chunk, RollingPrescription
from medscribe.pipeline.live import LiveRecognition
from medscribe.pipeline.live_note import GrowingNote
from medscribe.pipeline.masking import mask_visit
from medscribe.pipeline.work import Engines, Records
from medscribe.speech.transcriber import Transcriber

STRETCHES_OF_A_VOICE = 5
"""Kept with a correction: some of them may be another voice's after the last look."""

_BLOCK = 10 * SAMPLE_RATE


class LiveVisit:
    """One encounter while it is recorded. One thread calls it; another may record meanwhile."""

    def __init__(
        self,
        encounter_id: str,
        records: Records,
        engines: Engines,
        transcriber: Transcriber,
        *,
        partials: bool = True,
        most_waiting_seconds: float | None = None,
    ) -> None:
        """`transcriber`: of this visit alone, best in a process of its own (`speech/apart.py`).
        `most_waiting_seconds`: see `LiveRecognition`; None leaves nothing out."""
        self._store = records.store
        self._sound = records.audio(encounter_id)
        self._engines = engines
        self._encounter = records.store.lease(encounter_id)
        options = self._encounter.options
        self._recognition = LiveRecognition(
            transcriber,
            self._sound,
            language=options.language,
            hotwords=engines.hotwords(options),
            rule=engines.rule,
            partials=partials,
            most_waiting_seconds=most_waiting_seconds,
        )
        self._speakers = LiveSpeakers(options.num_speakers)
        self._note = GrowingNote(
            engines.writer(),
            engines.stand_in() if engines.stand_in else None,
            engines.template(options.template),
        )
        self._prescription = RollingPrescription(engines.prescription_window)
        self._roles = LiveRoles(load_role_model())
        self._cast: list[Speaker] = []
        self._corrections: list[SpeakerCorrection] = []
        self._placed = 0
        self._heard = 0

    @property
    def transcription(self) -> Transcription:
        """All finals so far."""
        return self._recognition.transcription

    @property
    def speakers(self) -> Sequence[Speaker]:
        """Who is who, as far as it is known."""
        return self._cast

    @property
    def status(self) -> LiveStatus:
        """How well recognition keeps up with the log."""
        status = self._recognition.status
        unheard = (self._sound.length - self._heard) / SAMPLE_RATE
        return status.model_copy(update={"lag_seconds": status.lag_seconds + unheard})

    def step(self) -> list[LiveEvent]:
        """Hear what is durable by now, then decode once at most; [] where there was nothing to do.

        Raises `StaleLeaseError` where somebody else has taken over the encounter.
        """
        events = self._hear()
        decoded = self._recognition.work()
        if any(isinstance(event, Final) for event in decoded):
            self._commit(done=False)
        return events + decoded

    def finish(self) -> list[LiveEvent]:
        """The log is complete: hear the rest. `step` until `pending` is False, then `close`."""
        events = [*self._hear(), *self._recognition.finish()]
        self._place_speakers()
        self._encounter = self._store.audio_stored(self._encounter.id)
        return events

    @property
    def pending(self) -> bool:
        """Whether a stretch waits for its final."""
        return self._recognition.pending

    def close(self) -> Encounter:
        """All finals are there: hand over to the stages that follow recognition.

        They hold their note against the one that grew, so that its statements keep their ids.
        """
        return self._commit(done=bool(self._recognition.speech), note=self._note.close())

    def draft(self, created_at: datetime) -> EncounterResults:
        """Note and prescription of what was said so far, with provisional speakers and roles.

        The note may be one of a while ago, or None yet, where a language model writes it. Nothing
        of it is stored: the stages do it anew when the visit is complete.
        """
        utterances = self._with_roles(self.transcription.words)
        visit = mask_visit(utterances, self._decided(), self._engines)
        self._note.offer(visit.utterances)
        return self._decided().model_copy(
            update={
                "utterances": tuple(utterances),
                "speakers": tuple(self._cast),
                "masked": visit.utterances,
                "vault": visit.vault,
                "note": self._note.latest,
                "prescription": self._prescription.add(
                    self._chunks(visit.utterances), created_at=created_at
                ),
            }
        )

    def _chunks(self, utterances: Sequence[MaskedUtterance]) -> list[Chunk]:
        """What was said by stretch; an utterance is of the stretch in which it begins."""
        begins = [span.start for span in self._recognition.speech]
        said: dict[int, list[MaskedUtterance]] = {}
        for utterance in utterances:
            start = utterance.span.start if utterance.span else 0.0
            said.setdefault(bisect_right(begins, start), []).append(utterance)
        return [Chunk(position, tuple(group)) for position, group in said.items()]

    def spoken(self, final: Final) -> list[Utterance]:
        """The words of a final by provisional speaker, with the roles as they are known so far."""
        words = [word for segment in final.segments for word in segment.words]
        return with_roles(attribute_words(words, self._turns()), self._cast)

    def correct(self, corrections: Sequence[SpeakerCorrection]) -> None:
        """What the clinician says about the voices holds from now on, also when the visit is over.

        Raises `InputError` for a voice that has not been heard.
        """
        self._with_roles(self.transcription.words)
        heard = [_with_heard(each, self._turns()) for each in corrections]
        for correction in heard:
            self._roles.correct(correction)
        self._corrections += heard
        self._note.correct()
        self._with_roles(self.transcription.words)
        self._commit(done=False)

    def exchange_roles(self) -> None:
        """Clinician and patient are the other way round; `InputError` where they are not known."""
        self._with_roles(self.transcription.words)
        self.correct(flipped(self._cast))

    def _decided(self) -> EncounterResults:
        return EncounterResults(corrections=tuple(self._corrections) or None)

    def _with_roles(self, words: Sequence[Word]) -> list[Utterance]:
        utterances, self._cast = self._roles.assign(attribute_words(words, self._turns()))
        return utterances

    def _turns(self) -> list[SpeakerTurn]:
        return [SpeakerTurn(label=label, span=span) for span, label in self._speakers.labels()]

    def _hear(self) -> list[LiveEvent]:
        events: list[LiveEvent] = []
        end = self._sound.length
        while self._heard < end:
            samples = self._sound.read(self._heard, min(self._heard + _BLOCK, end)).mean(axis=1)
            self._heard += len(samples)
            events += self._recognition.hear(samples)
            self._place_speakers()
        return events

    def _place_speakers(self) -> None:
        voice = self._recognition.voice
        for span in voice[self._placed :]:
            self._speakers.add(span, self._sound.between(span.start, span.end))
        self._placed = len(voice)

    def _commit(self, *, done: bool, note: Note | None = None) -> Encounter:
        seconds = self._sound.length / SAMPLE_RATE
        transcription = self.transcription.model_copy(update={"duration_seconds": seconds})
        updates: dict[str, object] = {
            "voice": tuple(self._recognition.voice),
            "speech": tuple(self._recognition.speech),
            "transcription": transcription,
        }
        if self._corrections:
            updates["corrections"] = tuple(self._corrections)
        if note is not None:
            updates["note"] = note
        self._encounter = self._store.commit(self._encounter, updates, done=done)
        return self._encounter


def _with_heard(correction: SpeakerCorrection, turns: Sequence[SpeakerTurn]) -> SpeakerCorrection:
    """With the longest stretches of that voice: by them it is found again at the end."""
    spans = [turn.span for turn in turns if turn.label == correction.speaker]
    longest = sorted(spans, key=lambda span: -span.duration)[:STRETCHES_OF_A_VOICE]
    return correction.model_copy(update={"heard": tuple(longest)})
