"""A recording + what was really said in it -> its word error rate, and words to rely on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.bootstrap import MedScribe
from medscribe.cli.visit import run_utterances
from medscribe.dialogue.place_in_time import place_in_time
from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Transcription, Utterance
from medscribe.errors import StoreError
from medscribe.evaluation.speech import word_error_rate
from medscribe.export.transcripts import to_text


@dataclass(frozen=True)
class Rehearsal:
    """`recording` is the encounter of the sound, `shown` the one whose results are delivered:
    the same where recognition is good enough, else one made from the reference."""

    recording: Encounter
    shown: Encounter
    word_error_rate: float
    transcription: Transcription
    recognised: tuple[Utterance, ...]
    recognised_masked: tuple[MaskedUtterance, ...]

    @property
    def audio_seconds(self) -> float:
        return self.transcription.duration_seconds

    @property
    def summary(self) -> str:
        """The word error rate, and in draft quality one line on where the note comes from."""
        engine = self.transcription.made_by.engine
        rate = f"Word error rate of {engine} against the reference: {self.word_error_rate:.1%}"
        if not self.transcription.draft:
            return rate
        return (
            f"{rate}\nOnly draft-quality recognition is available, so the note is composed from "
            "the reference; for a real model run:  medscribe models pull base.en"
        )

    def files(self, *, reveal: bool) -> dict[str, str]:
        """What was recognised, where the delivered transcript is not that."""
        if self.shown.id == self.recording.id:
            return {}
        return {"recognised.txt": to_text(self.recognised if reveal else self.recognised_masked)}


def rehearse(
    medscribe: MedScribe,
    recording: Encounter,
    script: Sequence[Utterance],
    options: EncounterOptions,
) -> Rehearsal:
    """Score the recording's words; where they are of draft quality, work the script as well,
    its words placed in time by those that were recognised."""
    results = medscribe.store.results(recording.id)
    transcription = results.transcription
    if transcription is None:
        raise StoreError("The recording has no transcription yet; run the command again.")
    rate = word_error_rate(
        " ".join(utterance.text for utterance in script),
        " ".join(word.text for word in transcription.words),
    )
    shown = recording
    if transcription.draft:
        timed = place_in_time(script, transcription.words, transcription.duration_seconds)
        shown = run_utterances(medscribe, timed, _source(recording, script), options)
    return Rehearsal(
        recording=recording,
        shown=shown,
        word_error_rate=rate,
        transcription=transcription,
        recognised=results.utterances or (),
        recognised_masked=results.masked or (),
    )


def _source(recording: Encounter, script: Sequence[Utterance]) -> str:
    """Names the script *in this recording*: the same script imported alone has no times."""
    texts = [recording.source_sha256, *(utterance.text for utterance in script)]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
