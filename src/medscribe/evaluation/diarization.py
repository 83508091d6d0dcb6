"""Recordings with references -> how often words and time are given to the wrong speaker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.evaluation.recordings import Recording, recordings
from medscribe.evaluation.speaker_time import jaccard_errors, speaker_time_errors
from medscribe.evaluation.word_speakers import Attribution, count_misattributed


@dataclass(frozen=True)
class _Scores:
    """Against the .rttm, None and () where there is none: seconds given to the wrong speaker,
    seconds spoken, and the Jaccard error of each speaker."""

    attribution: Attribution | None
    seconds_wrong: float | None
    seconds_spoken: float | None
    speaker_errors: Sequence[float]
    visit: RecognisedVisit


def evaluate_diarization(
    data_dir: Path, recognise: Callable[[Path], RecognisedVisit]
) -> dict[str, Any]:
    """{files, word_speaker_error, der, jer, rtf, by_file}: rates as fractions over all files.

    `word_speaker_error`: share of the comparable recognised words (`count_misattributed`) given to
    the wrong speaker, over files with a transcript of two or more speakers. Over files with an
    .rttm, None where no file has one: `der`, diarization error rate (`speaker_time_errors`, collar
    of 0.25 s), and `jer`, Jaccard error rate (`jaccard_errors`, no collar, mean over the speakers
    of all files). Recordings with neither are skipped. `by_file` gives the same per file with
    `words`, the number of words compared. Raises `InputError` where no recording has a reference.
    """
    references = [item for item in recordings(data_dir) if item.turns or _speakers_known(item)]
    if not references:
        raise InputError(
            "No recording with a transcript of two speakers or an .rttm was found: name a folder "
            "with audio/NAME.mp3 and transcripts/NAME.txt, or NAME.wav and NAME.rttm."
        )
    scores = {item.name: _score(item, recognise(item.audio)) for item in references}
    by_file = {name: _figures([score]) for name, score in scores.items()}
    figures = _figures(list(scores.values()))
    del figures["words"]
    return {"files": len(scores), **figures, "by_file": by_file}


def _speakers_known(recording: Recording) -> bool:
    return len({utterance.speaker for utterance in recording.transcript or ()}) > 1


def _score(reference: Recording, visit: RecognisedVisit) -> _Scores:
    attribution = None
    if reference.transcript and _speakers_known(reference):
        recognised = [
            (word.text, speaker) for word, speaker in zip(visit.words, visit.speakers, strict=True)
        ]
        attribution = count_misattributed(recognised, _spoken(reference.transcript))
    if not reference.turns:
        return _Scores(attribution, None, None, (), visit)
    wrong, spoken = speaker_time_errors(reference.turns, visit.turns)
    return _Scores(attribution, wrong, spoken, jaccard_errors(reference.turns, visit.turns), visit)


def _spoken(utterances: Sequence[Utterance]) -> list[tuple[str, str]]:
    return [(item.text, item.speaker) for item in utterances]


def _figures(scores: Sequence[_Scores]) -> dict[str, float | int | None]:
    attributions = [score.attribution for score in scores if score.attribution is not None]
    words = sum(attribution.words for attribution in attributions)
    wrong = sum(attribution.wrong for attribution in attributions)
    spoken = sum(score.seconds_spoken or 0.0 for score in scores)
    misjudged = sum(score.seconds_wrong or 0.0 for score in scores)
    speaker_errors = [error for score in scores for error in score.speaker_errors]
    audio = sum(score.visit.audio_seconds for score in scores)
    worked = sum(score.visit.seconds for score in scores)
    return {
        "word_speaker_error": wrong / words if words else None,
        "der": misjudged / spoken if spoken else None,
        "jer": sum(speaker_errors) / len(speaker_errors) if speaker_errors else None,
        "rtf": worked / audio if audio else None,
        "words": words,
    }
