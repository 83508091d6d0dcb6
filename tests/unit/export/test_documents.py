"""Note, prescription and alerts as a person or a program reads them."""

import json
from datetime import UTC, datetime

from tests.unit.export import example

from medscribe.domain.medication import (
    Certainty,
    Experiencer,
    Frequency,
    MedicationOrder,
    OrderAction,
    Prescription,
    Quantity,
)
from medscribe.domain.note import Author, Evidence, Note, Section, Statement, StatementStatus
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Relation, Role
from medscribe.export import documents

MADE_BY = Provenance(engine="extractive", version="1")
COUGH = MaskedUtterance(
    id="u3",
    speaker="S2",
    role=Role.PATIENT,
    text="I have had a cough.",
    span=TimeSpan(start=75, end=78),
)
QUOTE = Evidence(utterance_id="u3", quote="a cough", span=TextSpan(start=11, end=18))


def note_of(*statements: Statement) -> Note:
    hpi = Section(key="hpi", title="HISTORY", statements=statements)
    empty = Section(key="exam", title="EXAM", statements=())
    return Note(template="soap", revision=1, sections=(hpi, empty), made_by=MADE_BY)


def statement(text: str, *evidence: Evidence, supported: bool = True) -> Statement:
    status = StatementStatus.SUPPORTED if supported else StatementStatus.UNSUPPORTED
    return Statement(id="s1", text=text, evidence=evidence, author=Author.COMPOSER, status=status)


def test_a_sentence_leads_to_the_words_it_rests_on() -> None:
    page = documents.note_to_markdown(
        note_of(statement("He has had a cough.", QUOTE)), [COUGH], [], "SOAP note"
    )

    assert "- He has had a cough. [1]" in page
    assert '1. u3 01:15 PATIENT: "a cough"' in page


def test_evidence_names_the_companion_who_said_it() -> None:
    mother = COUGH.model_copy(update={"role": Role.COMPANION, "relation": Relation.MOTHER})
    page = documents.note_to_markdown(note_of(statement("One.", QUOTE)), [mother], [], "SOAP note")
    assert '1. u3 01:15 MOTHER: "a cough"' in page


def test_the_same_quote_is_numbered_once() -> None:
    page = documents.note_to_markdown(
        note_of(statement("One.", QUOTE), statement("Two.", QUOTE)), [COUGH], [], "SOAP note"
    )

    assert page.count('"a cough"') == 1


def test_sections_with_nothing_said_are_left_out() -> None:
    page = documents.note_to_markdown(note_of(statement("One.", QUOTE)), [COUGH], [], "SOAP note")

    assert "EXAM" not in page


def test_an_unsupported_sentence_is_marked_and_alerts_stand_on_top() -> None:
    alert = SafetyAlert(check="dosage", severity=Severity.HARD, detail="Off.", source="RxNorm")
    page = documents.note_to_markdown(
        note_of(statement("Odd.", supported=False)), [], [alert], "SOAP note"
    )

    assert "> **HARD** Off." in page
    assert "- Odd. **(unsupported)**" in page


def order(**given: object) -> MedicationOrder:
    fields: dict[str, object] = {
        "id": "m1",
        "drug": "ibuprofen",
        "action": OrderAction.START,
        "evidence": (QUOTE,),
    }
    return MedicationOrder.model_validate(fields | given)


def test_what_was_not_said_is_null_in_the_prescription() -> None:
    prescription = Prescription(
        orders=(order(),), allergies=(), created_at=datetime.now(UTC), made_by=MADE_BY
    )

    read = json.loads(documents.prescription_to_json(prescription))

    assert read["orders"][0]["strength"] is None
    assert read["no_known_allergies"] is None


def test_an_order_on_one_line() -> None:
    line = documents.order_line(
        order(
            strength=Quantity(value=400, unit="mg"),
            route="oral",
            frequency=Frequency(text="three times a day", count=3, period=1, period_unit="d"),
            duration=Quantity(value=5, unit="d"),
            as_needed=True,
            as_needed_for="pain",
        )
    )

    assert line == ("START ibuprofen 400 mg oral, three times a day, for 5 d, as needed for pain")


def test_a_range_is_shown_as_said() -> None:
    line = documents.order_line(
        order(
            dose=Quantity(value=1, unit="tablet"),
            dose_max=Quantity(value=2, unit="tablet"),
        )
    )

    assert line == "START ibuprofen 1 to 2 tablet"


def test_a_medicine_of_somebody_else_or_only_considered_is_not_taken_for_an_order() -> None:
    family = order(action=OrderAction.MENTION, experiencer=Experiencer.FAMILY)
    considered = order(action=OrderAction.MENTION, certainty=Certainty.POSSIBLE)

    assert documents.order_line(family) == "FAMILY: MENTION ibuprofen"
    assert documents.order_line(considered) == "MENTION ibuprofen, possible only"


def test_the_daily_limit_is_shown_and_a_form_is_not_said_twice() -> None:
    line = documents.order_line(
        order(
            dose=Quantity(value=1, unit="tablet"),
            form="tablet",
            max_per_day=Quantity(value=3, unit="g"),
        )
    )

    assert line == "START ibuprofen 1 tablet, at most 3 g a day"


def test_a_taper_tells_all_its_steps() -> None:
    assert documents.order_line(example.TAPER) == (
        "START prednisone, 40 mg, once a day, for 3 days; then 20 mg, once a day, for 3 days, "
        "for asthma"
    )


def test_no_alerts_is_an_empty_list_and_not_nothing() -> None:
    assert json.loads(documents.alerts_to_json([])) == {"alerts": []}


def test_problems_are_numbered_with_what_belongs_to_them_beneath() -> None:
    page = documents.note_to_markdown(example.NOTE, [example.COUGH, example.PLAN], [], "SOAP note")

    assert "1. Asthma [1]\n   - Prednisone taper. [2]\n   - Chest x-ray.\n2. Cough\n" in page


def test_a_stale_note_says_so_and_proposals_are_listed() -> None:
    page = documents.note_to_markdown(example.NOTE, [], [], "SOAP note")

    assert "> **The talk has gone on; this note has not caught up.**" in page
    assert "- Instead of “Fluids.”: Rest.\n" in page
