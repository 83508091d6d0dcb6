"""A note that a stand-in wrote says so."""

from datetime import UTC, datetime

from tests.talk import talk

from medscribe.domain.safety import Severity
from medscribe.note.prescription import extract_prescription
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import ExtractiveWriter, Options
from medscribe.safety.check import Draft
from medscribe.safety.checks import note_currency

SAID = talk("PATIENT  My knee has hurt for two weeks.")


def alerts(*, stale: bool) -> list[tuple[Severity, bool]]:
    note = ExtractiveWriter(Options()).write(SAID, load_template("soap"))
    draft = Draft(
        utterances=SAID,
        note=note.model_copy(update={"stale": stale}),
        prescription=extract_prescription(SAID, created_at=datetime(2026, 1, 1, tzinfo=UTC)),
    )
    found = note_currency.create(note_currency.Options()).check(draft)
    return [(alert.severity, "extractive" in alert.detail) for alert in found]


def test_a_note_of_the_chosen_writer_gives_no_alert() -> None:
    assert alerts(stale=False) == []


def test_a_note_of_the_stand_in_names_who_wrote_it() -> None:
    assert alerts(stale=True) == [(Severity.ADVISORY, True)]
