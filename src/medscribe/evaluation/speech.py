"""Recordings with transcripts -> word error rate and real-time factor of recognition."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medscribe.errors import InputError
from medscribe.evaluation.normalise import normalised_words
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.evaluation.recordings import recordings_with_transcripts
from medscribe.evaluation.scoring_libraries import scoring_library


@dataclass(frozen=True)
class WordErrors:
    """Substituted, left out and added words, and how many words were really said."""

    errors: int
    words: int

    @property
    def rate(self) -> float:
        """Errors per word said; may exceed 1."""
        return self.errors / self.words


def evaluate_speech(data_dir: Path, recognise: Callable[[Path], RecognisedVisit]) -> dict[str, Any]:
    """{files, wer, rtf, by_file}: all errors over all words said, all time over all audio.

    Words are compared as `normalised_words` makes them: case-folded, without punctuation, tags and
    speaker labels; numbers, spellings and fillers ("um") are left as they stand on both sides, so
    the rate is a strict one. `by_file` gives `wer` and `rtf` per recording. Raises `InputError`
    where no recording has a transcript.
    """
    errors: dict[str, WordErrors] = {}
    visits: dict[str, RecognisedVisit] = {}
    for recording in recordings_with_transcripts(data_dir):
        visit = recognise(recording.audio)
        said = " ".join(utterance.text for utterance in recording.transcript or ())
        heard = " ".join(word.text for word in visit.words)
        visits[recording.name] = visit
        errors[recording.name] = word_errors(said, heard)
    total = WordErrors(
        errors=sum(item.errors for item in errors.values()),
        words=sum(item.words for item in errors.values()),
    )
    return {
        "files": len(errors),
        "wer": total.rate,
        "rtf": _real_time_factor(*visits.values()),
        "by_file": {
            name: {"wer": errors[name].rate, "rtf": _real_time_factor(visits[name])}
            for name in errors
        },
    }


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Errors per word of `reference`, both normalised; `InputError` if it holds no word."""
    return word_errors(reference, hypothesis).rate


def word_errors(reference: str, hypothesis: str) -> WordErrors:
    """The fewest edits from reference to hypothesis; `InputError` without reference words."""
    said, heard = normalised_words(reference), normalised_words(hypothesis)
    if not said:
        raise InputError("A reference transcript holds no words: check the transcripts.")
    result = scoring_library("jiwer").process_words(" ".join(said), " ".join(heard))
    errors = result.substitutions + result.deletions + result.insertions
    return WordErrors(errors=errors, words=len(said))


def _real_time_factor(*visits: RecognisedVisit) -> float | None:
    """Seconds of work per second of audio; None for recordings without length."""
    audio = sum(visit.audio_seconds for visit in visits)
    return sum(visit.seconds for visit in visits) / audio if audio else None
