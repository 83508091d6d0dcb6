"""The table of scores has a row for every form, and promises no more than the corpora show."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("presidio_analyzer")

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.privacy.detectors import presidio
from medscribe.privacy.detectors.presidio import Options
from medscribe.privacy.presidio import scores
from medscribe.privacy.presidio.evidence import Evidence
from medscribe.privacy.presidio.recognizers import form_recognizers

TABLE = json.loads(Path(scores.__file__).with_name("scores.json").read_text(encoding="utf-8"))


def test_every_form_of_presidios_recognisers_has_a_row() -> None:
    rows = {(row["entity"], row["form"]) for row in TABLE["rows"]}
    for recognizer in form_recognizers():
        (entity,) = recognizer.supported_entities
        if entity in ("PHONE_NUMBER", "URL"):  # divided by us
            assert any(row[0] == entity for row in rows)
            continue
        for pattern in recognizer.patterns:
            assert (entity, pattern.name) in rows


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: f"{row['entity']} {row['form']}")
def test_a_row_is_sound(row: dict[str, list[float]]) -> None:
    for score, right, seen in zip(row["score"], row["right"], row["seen"], strict=True):
        assert 0 <= score <= 1
        assert right <= seen
        # With this many finds the share of right ones is known well enough to be promised.
        assert seen < 10 or score <= right / seen + 0.1
    assert row["score"][0] <= row["score"][1]


def test_a_form_that_the_table_lacks_is_uncertain_if_presidio_trusts_it() -> None:
    text = "code 4711-A"
    trusted = Evidence(5, 11, "NEW_ENTITY", "New pattern", 0.6, boosted=False)
    finding = scores.scored(text, trusted)
    assert finding is not None
    assert 0.35 <= finding.score < 0.8
    assert scores.scored(text, trusted._replace(score=0.1)) is None


def tagged(corpora: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for block in (corpora / "deid" / "asq_phi.txt").read_text("utf-8").split("===QUERY===")[1:]:
        query, _, tags = block.partition("===PHI_TAGS===")
        values = [json.loads(line)["value"] for line in tags.strip().splitlines()]
        starts = [(query.find(value), value) for value in values]
        yield query, [(start, start + len(value)) for start, value in starts]
    path = corpora / "deid" / "presidio_research_synth_v2.json"
    for text in json.loads(path.read_text("utf-8")):
        spans = [(span["start_position"], span["end_position"]) for span in text["spans"]]
        yield text["full_text"], spans


@pytest.mark.corpus
def test_what_is_called_certain_is_nearly_always_an_identifier(corpora: Path) -> None:
    detector = presidio.create(Options(ner="none"))
    certain: list[bool] = []
    uncertain: list[bool] = []
    for text, gold in tagged(corpora):
        said = Utterance(id="u", speaker="S1", role=Role.UNKNOWN, text=text)
        for pii in detector.detect([said])[0]:
            if pii.score >= 0.35:
                (certain if pii.score >= 0.8 else uncertain).append(_touches(pii, gold))
    assert len(certain) > 400
    assert sum(certain) >= 0.98 * len(certain)
    assert sum(uncertain) >= 0.9 * len(uncertain)


@pytest.mark.corpus
def test_talk_of_doctors_and_patients_is_left_but_for_dates_and_record_numbers(
    corpora: Path,
) -> None:
    detector = presidio.create(Options(ner="none"))
    kinds = {PiiKind.DATE, PiiKind.OTHER_ID, PiiKind.LICENSE_NUMBER}
    for name in ("train.csv", "valid.csv"):
        talk = (corpora / "aci-bench" / name).read_text(encoding="utf-8").splitlines()
        visit = [
            Utterance(id=str(number), speaker="S1", role=Role.UNKNOWN, text=line)
            for number, line in enumerate(talk)
        ]
        found = [pii for spans in detector.detect(visit) for pii in spans if pii.score >= 0.35]
        assert {pii.kind for pii in found} <= kinds


def _touches(pii: PiiSpan, gold: list[tuple[int, int]]) -> bool:
    return any(start < pii.span.end and pii.span.start < end for start, end in gold)
