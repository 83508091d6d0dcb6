"""Dialogues with reference notes -> how close written notes come to them, and how true they are."""

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.concepts import concept_f1_percent
from medscribe.evaluation.corpora import CorpusVisit, read_predictions, read_visits
from medscribe.evaluation.divisions import division_scores
from medscribe.evaluation.rouge import rouge_percent
from medscribe.note.render import note_text
from medscribe.note.template import Template
from medscribe.note.writer import NoteWriter
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.mask import mask, reveal
from medscribe.safety.grounding.rules import flags_of
from medscribe.safety.grounding.talk import read_talk

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")


def evaluate_notes(
    data_dir: Path,
    *,
    split: str | None,
    writer: NoteWriter,
    template: Template,
    detectors: Sequence[PiiDetector],
    predictions: Path | None,
) -> dict[str, Any]:
    """{n, rouge1, rouge2, rougeL, rougeLsum, concept_f1, levenshtein, words, sentences,
    hard_flag_rate, any_flag_rate, divisions, subsets, seconds_per_note}.

    Every dialogue of the split (see `read_visits`) goes the way of a real visit: masked, written,
    rendered as text, and the placeholders filled in again as the clinician sees it. ROUGE
    (`rouge_percent`), concept F1 (`concept_f1_percent`) and character `levenshtein` (similarity,
    100 is equal) are means in percent. The flag rates are the percentage of sentences of the notes
    that say something which the talk does not bear out (`safety.grounding`); they need no
    reference. `divisions` holds ROUGE by part of the note, `subsets` the main scores by part of
    the corpus. `seconds_per_note` is the time of all that, the loading of models at the first note
    included.

    With `predictions`, a csv of notes for the same dialogues, those are scored instead; nothing is
    written then and `seconds_per_note` is None. Raises `InputError` where the split has no
    reference notes or the predictions do not fit it.
    """
    visits = [visit for visit in read_visits(data_dir, split) if visit.note]
    if not visits:
        raise InputError("These dialogues have no reference notes to compare with: choose others.")
    seconds = None
    if predictions is not None:
        notes = read_predictions(predictions, visits)
    else:
        began = time.perf_counter()
        notes = [write_note(v.utterances, writer, template, detectors) for v in visits]
        seconds = (time.perf_counter() - began) / len(visits)
    references = [visit.note or "" for visit in visits]
    return {
        "n": len(visits),
        **_scores(notes, references),
        "levenshtein": _likeness_percent(notes, references),
        "words": sum(len(note.split()) for note in notes) / len(notes),
        **_flag_rates(notes, visits),
        "divisions": division_scores(notes, references),
        "subsets": _by_subset(notes, visits),
        "seconds_per_note": seconds,
    }


def write_note(
    utterances: Sequence[Utterance],
    writer: NoteWriter,
    template: Template,
    detectors: Sequence[PiiDetector],
) -> str:
    """The note of one dialogue as plain text, with what was masked put back."""
    visit = mask(utterances, detectors)
    return reveal(note_text(writer.write(visit.utterances, template)), visit.vault)


def sentences_of(note: str) -> list[str]:
    """Sentences and lines of a note that tell something; headings do not."""
    lines = (line.strip() for line in _SENTENCE_END.split(note))
    return [line for line in lines if len(line.split()) > 1 and not line.isupper()]


def _scores(notes: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    return {
        **rouge_percent(notes, references),
        "concept_f1": concept_f1_percent(notes, references),
    }


def _likeness_percent(notes: Sequence[str], references: Sequence[str]) -> float:
    alike = [
        Levenshtein.normalized_similarity(note, reference)
        for note, reference in zip(notes, references, strict=True)
    ]
    return 100 * sum(alike) / len(alike)


def _flag_rates(notes: Sequence[str], visits: Sequence[CorpusVisit]) -> dict[str, float]:
    sentences = hard = flagged = 0
    for note, visit in zip(notes, visits, strict=True):
        talk = read_talk(utterance.text for utterance in visit.utterances)
        found = [flags_of(sentence, talk) for sentence in sentences_of(note)]
        sentences += len(found)
        hard += sum(any(flag.hard for flag in flags) for flags in found)
        flagged += sum(bool(flags) for flags in found)
    return {
        "sentences": sentences,
        "hard_flag_rate": 100 * hard / max(sentences, 1),
        "any_flag_rate": 100 * flagged / max(sentences, 1),
    }


def _by_subset(
    notes: Sequence[str], visits: Sequence[CorpusVisit]
) -> dict[str, dict[str, float | int]]:
    """Subset -> {n, rouge1, ... concept_f1}; {} where the corpus names none."""
    scores: dict[str, dict[str, float | int]] = {}
    for subset in sorted({visit.subset for visit in visits if visit.subset}):
        of_it = [
            (note, visit.note or "")
            for note, visit in zip(notes, visits, strict=True)
            if visit.subset == subset
        ]
        written, references = zip(*of_it, strict=True)
        scores[subset] = {"n": len(of_it), **_scores(written, references)}
    return scores
