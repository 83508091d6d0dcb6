"""The chart view puts names back, and evidence still points at the words it quotes."""

from datetime import UTC, datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.note import Author, Evidence, Note, Section, Statement
from medscribe.domain.privacy import MaskedUtterance, PiiKind, VaultEntry
from medscribe.domain.provenance import Provenance
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.pipeline.chart import chart_view, surrogate_view

SAID = "I am Mary Walsh and I cough."
MASKED = "I am <NAME_1> and I cough."
QUOTE = "<NAME_1> and I cough"


def test_names_and_evidence_come_back() -> None:
    start = MASKED.index(QUOTE)
    span = TextSpan(start=start, end=start + len(QUOTE))
    statement = Statement(
        id="s1",
        text="<NAME_1> has a cough.",
        evidence=(Evidence(utterance_id="u1", quote=QUOTE, span=span),),
        author=Author.COMPOSER,
    )
    section = Section(key="hpi", title="HISTORY", statements=(statement,))
    made_by = Provenance(engine="extractive", version="1")
    results = EncounterResults(
        utterances=(Utterance(id="u1", speaker="S1", role=Role.PATIENT, text=SAID),),
        masked=(MaskedUtterance(id="u1", speaker="S1", role=Role.PATIENT, text=MASKED),),
        vault=(VaultEntry(placeholder="<NAME_1>", kind=PiiKind.NAME, original="Mary Walsh"),),
        note=Note(template="soap", revision=1, sections=(section,), made_by=made_by),
    )

    note = chart_view(results).note

    assert note is not None
    (shown,) = note.statements
    assert shown.text == "Mary Walsh has a cough."
    (evidence,) = shown.evidence
    assert evidence.span is not None
    assert SAID[evidence.span.start : evidence.span.end] == evidence.quote
    assert shown.author is Author.COMPOSER


def test_results_that_are_not_there_stay_away() -> None:
    assert chart_view(EncounterResults()) == EncounterResults()


def test_surrogates_do_not_tell_the_day_of_the_visit() -> None:
    said = "It began on March 3, 2026."
    masked = "It began on <DATE_1>."
    at = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
    made_by = Provenance(engine="rules", version="1")
    results = EncounterResults(
        utterances=(Utterance(id="u1", speaker="S1", role=Role.PATIENT, text=said),),
        masked=(MaskedUtterance(id="u1", speaker="S1", role=Role.PATIENT, text=masked),),
        vault=(VaultEntry(placeholder="<DATE_1>", kind=PiiKind.DATE, original="March 3, 2026"),),
        prescription=Prescription(orders=(), allergies=(), created_at=at, made_by=made_by),
    )

    shown = surrogate_view(results, b"k" * 32, "patient-7")

    assert shown.prescription is not None
    moved = shown.prescription.created_at
    assert moved != at
    assert moved.strftime("%A %H:%M") == at.strftime("%A %H:%M")
    # Two weeks after it began, as before.
    began = shown.masked[0].text.removeprefix("It began on ").rstrip(".") if shown.masked else ""
    assert (moved.date() - datetime.strptime(began, "%B %d, %Y").date()).days == 14


def test_a_name_in_small_letters_is_written_large_in_the_note_only() -> None:
    statement = Statement(
        id="s1",
        text="<NAME_1>'s mother lives in <LOCATION_1>.",
        evidence=(Evidence(utterance_id="u1", quote="<NAME_1> is here"),),
        author=Author.COMPOSER,
    )
    section = Section(key="hpi", title="HISTORY", statements=(statement,))
    made_by = Provenance(engine="extractive", version="1")
    vault = (
        VaultEntry(placeholder="<NAME_1>", kind=PiiKind.NAME, original="mary o'neil"),
        VaultEntry(placeholder="<LOCATION_1>", kind=PiiKind.LOCATION, original="new york"),
    )
    results = EncounterResults(
        note=Note(template="soap", revision=1, made_by=made_by, sections=(section,)), vault=vault
    )
    note = chart_view(results).note
    assert note is not None
    shown = note.sections[0].statements[0]
    assert shown.text == "Mary O'Neil's mother lives in New York."
    assert shown.evidence[0].quote == "mary o'neil is here"
