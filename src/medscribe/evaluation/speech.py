"""Recordings with transcripts, or stored hypotheses -> how well recognition does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medscribe.errors import InputError
from medscribe.evaluation.corpora import read_visits
from medscribe.evaluation.hypotheses import read_hypotheses
from medscribe.evaluation.medical_terms import TermErrors, term_errors
from medscribe.evaluation.normalise import normalised_words
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.evaluation.recordings import recordings_with_transcripts
from medscribe.evaluation.scoring_libraries import scoring_library

_NONE_SAID = TermErrors(0, 0)


@dataclass(frozen=True)
class WordErrors:
    """Substituted, left out and added words, and how many words were really said."""

    errors: int
    words: int

    @property
    def rate(self) -> float:
        """Errors per word said; may exceed 1."""
        return self.errors / self.words


@dataclass(frozen=True)
class _Scored:
    """One visit; `visit` is None where its recognition is only stored."""

    words: WordErrors
    terms: TermErrors
    drugs: TermErrors
    visit: RecognisedVisit | None

    def row(self) -> dict[str, float | None]:
        return {
            "wer": self.words.rate,
            "medical_wer": self.terms.rate,
            "drug_wer": self.drugs.rate,
            "rtf": _real_time_factor(self.visit) if self.visit else None,
        }


def evaluate_speech(data_dir: Path, recognise: Callable[[Path], RecognisedVisit]) -> dict[str, Any]:
    """{files, wer, medical_wer, drug_wer, rtf, by_file} over recordings with transcripts.

    All errors over all words or terms said, all time over all audio; `by_file` gives the same four
    rates per recording. `wer`: words are compared as `normalised_words` makes them, case-folded and
    without punctuation, tags and speaker labels; numbers, spellings and fillers ("um") are left as
    they stand on both sides, so the rate is a strict one. `medical_wer` and `drug_wer`: share of
    medical terms, and of drugs, not recognised (`term_errors`); None where none was said. Raises
    `InputError` where no recording has a transcript.
    """
    scored: dict[str, _Scored] = {}
    for recording in recordings_with_transcripts(data_dir):
        visit = recognise(recording.audio)
        said = " ".join(utterance.text for utterance in recording.transcript or ())
        heard = " ".join(word.text for word in visit.words)
        scored[recording.name] = _score(said, heard, visit)
    return _summary(scored)


def evaluate_hypotheses(data_dir: Path, hypotheses: Path) -> dict[str, Any]:
    """The same keys for what a recogniser wrote down earlier; `rtf` is None.

    `data_dir` holds dialogues (`read_visits`); both speakers' words are the reference, in order of
    time. Visits without a hypothesis are left out. Raises `InputError` where none has one.
    """
    visits = {
        visit.name: " ".join(utterance.text for utterance in visit.utterances)
        for visit in read_visits(data_dir, None)
    }
    return _summary(
        {
            name: _score(visits[name], heard, None)
            for name, heard in read_hypotheses(hypotheses, visits).items()
        }
    )


def _score(said: str, heard: str, visit: RecognisedVisit | None) -> _Scored:
    terms, drugs = term_errors(normalised_words(said), normalised_words(heard))
    return _Scored(word_errors(said, heard), terms, drugs, visit)


def _summary(scored: Mapping[str, _Scored]) -> dict[str, Any]:
    every = scored.values()
    total = WordErrors(
        errors=sum(one.words.errors for one in every), words=sum(one.words.words for one in every)
    )
    return {
        "files": len(scored),
        "wer": total.rate,
        "medical_wer": sum((one.terms for one in every), _NONE_SAID).rate,
        "drug_wer": sum((one.drugs for one in every), _NONE_SAID).rate,
        "rtf": _real_time_factor(*(one.visit for one in every if one.visit)),
        "by_file": {name: one.row() for name, one in scored.items()},
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
