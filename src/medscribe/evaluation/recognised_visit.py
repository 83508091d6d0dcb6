"""What recognition and diarization made of one recording, as the benchmarks take it."""

from dataclasses import dataclass

from medscribe.domain.transcript import SpeakerTurn, Word


@dataclass(frozen=True)
class RecognisedVisit:
    """One recording, worked on.

    `speakers`: the anonymous label of each word, as many as `words`; `turns`: who spoke when,
    where voices were told apart; `audio_seconds`: length of the recording; `seconds`: wall-clock
    time that the work took.
    """

    words: tuple[Word, ...]
    speakers: tuple[str, ...]
    turns: tuple[SpeakerTurn, ...]
    audio_seconds: float
    seconds: float
