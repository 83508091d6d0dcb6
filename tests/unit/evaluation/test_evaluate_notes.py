import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from medscribe.domain.note import Author, Evidence, Note, Section, Statement
from medscribe.domain.privacy import MaskedUtterance, PiiKind, PiiSpan
from medscribe.domain.provenance import Provenance
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.notes import evaluate_notes, write_note
from medscribe.note.template import Template, load_template

pytest.importorskip("rouge_score", reason="the evaluate extra is not installed")

FULL = ["rouge1", "rouge2", "rougeL", "rougeLsum", "concept_f1"]
SAID = "[doctor] any pain , mary ?\n[patient] my knee hurts ."


class CopyWriter:
    """Writes down every utterance as it gets it; keeps what it was given to see."""

    made_by = Provenance(engine="copy", version="1")

    def __init__(self) -> None:
        self.seen: list[str] = []

    def write(self, utterances: Sequence[MaskedUtterance], template: Template) -> Note:
        self.seen += [utterance.text for utterance in utterances]
        statements = tuple(
            Statement(
                id=f"s{number}",
                text=utterance.text,
                evidence=(Evidence(utterance_id=utterance.id, quote=utterance.text),),
                author=Author.COMPOSER,
            )
            for number, utterance in enumerate(utterances)
        )
        section = Section(key="hpi", title="HISTORY", statements=statements)
        return Note(template=template.name, revision=1, sections=(section,), made_by=self.made_by)


class MaryDetector:
    name = "mary"

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        return [
            [
                PiiSpan(
                    span=TextSpan(start=start, end=start + 4),
                    kind=PiiKind.NAME,
                    score=1.0,
                    detector=self.name,
                )
            ]
            if (start := utterance.text.find("mary")) >= 0
            else []
            for utterance in utterances
        ]


def scored(folder: Path, *, note: str, predictions: Path | None = None) -> dict[str, Any]:
    with (folder / "valid.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["dataset", "encounter_id", "dialogue", "note"])
        rows.writerow(["made-up", "D1", SAID, note])
    return evaluate_notes(
        folder,
        split="valid",
        writer=CopyWriter(),
        template=load_template("soap"),
        detectors=[MaryDetector()],
        predictions=predictions,
    )


def test_a_note_as_the_reference_has_it_scores_full(tmp_path: Path) -> None:
    result = scored(tmp_path, note="HISTORY\n\nAny pain, Mary?\nMy knee hurts.")
    assert result["n"] == 1
    assert [result[key] for key in FULL] == [100.0] * len(FULL)
    assert result["hard_flag_rate"] == result["any_flag_rate"] == 0
    assert result["seconds_per_note"] is not None


def test_the_writer_sees_placeholders_and_the_clinician_names() -> None:
    writer = CopyWriter()
    said = [Utterance(id="u1", speaker="S1", role="clinician", text="any pain , mary ?")]
    text = write_note(said, writer, load_template("soap"), [MaryDetector()])
    assert "mary" not in writer.seen[0]
    assert "any pain , mary ?" in text


def test_given_predictions_are_scored_instead_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("encounter_id,note\nD1,Knee pain.\n", "utf-8")
    result = scored(tmp_path, note="Knee pain since spring.", predictions=path)
    assert result["rouge1"] == pytest.approx(100 * 2 * 2 / (2 + 4))
    assert result["seconds_per_note"] is None


def test_what_nobody_said_is_counted_by_sentence(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    invented = "HISTORY\n\nKnee hurts. Start lisinopril 40 mg. Elbow pain for 3 days. Rest."
    path.write_text(f'encounter_id,note\nD1,"{invented}"\n', "utf-8")
    result = scored(tmp_path, note="Knee pain.", predictions=path)
    assert result["sentences"] == 3  # "Rest." tells too little to be one
    assert result["hard_flag_rate"] == pytest.approx(100 * 2 / 3)


def test_scores_are_given_by_part_of_the_corpus_and_of_the_note(tmp_path: Path) -> None:
    result = scored(tmp_path, note="HISTORY\n\nAny pain, Mary?\nMy knee hurts.")
    assert result["subsets"]["made-up"]["rouge1"] == pytest.approx(100.0)
    assert result["divisions"]["subjective"]["rouge1"] == pytest.approx(100.0)


def test_a_split_without_reference_notes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no reference notes"):
        scored(tmp_path, note="")
