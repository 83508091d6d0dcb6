"""Dialogues with reference notes -> how close written notes come to them."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.concepts import concept_f1_percent
from medscribe.evaluation.corpora import read_predictions, read_split
from medscribe.evaluation.rouge import rouge_percent
from medscribe.note.render import note_text
from medscribe.note.template import Template
from medscribe.note.writer import NoteWriter
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.mask import mask, reveal


def evaluate_notes(
    data_dir: Path,
    *,
    split: str,
    writer: NoteWriter,
    template: Template,
    detectors: Sequence[PiiDetector],
    predictions: Path | None,
) -> dict[str, Any]:
    """{n, rouge1, rouge2, rougeL, rougeLsum, concept_f1, seconds_per_note}, all but n means.

    Every dialogue of the split (see `read_split`) goes the way of a real visit: masked, written,
    rendered as text, and the placeholders filled in again as the clinician sees it. ROUGE
    (`rouge_percent`) and concept F1 (`concept_f1_percent`) are percent. `seconds_per_note` is the
    time of all that, the loading of models at the first note included.

    With `predictions`, a csv of notes for the same dialogues, those are scored instead; nothing is
    written then and `seconds_per_note` is None. Raises `InputError` where the split has no
    reference notes or the predictions do not fit it.
    """
    visits = read_split(data_dir, split)
    references = [visit.note for visit in visits if visit.note]
    if len(references) != len(visits):
        raise InputError("This split has no reference notes to compare with: choose another.")
    seconds = None
    if predictions is not None:
        notes = read_predictions(predictions, visits)
    else:
        began = time.perf_counter()
        notes = [write_note(v.utterances, writer, template, detectors) for v in visits]
        seconds = (time.perf_counter() - began) / len(visits)
    return {
        "n": len(visits),
        **rouge_percent(notes, references),
        "concept_f1": concept_f1_percent(notes, references),
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
