"""When the talk is corrected, what rests on it is looked at again, and nothing else."""

from tests.talk import talk
from tests.unit.note.notes import HISTORY, PLAN, note, put, texts

from medscribe.domain.note import StatementStatus
from medscribe.note.statements.evidence_index import EvidenceIndex, recheck
from medscribe.note.statements.operations import apply

VISIT = talk(
    """
    PATIENT    My left knee hurts.
    CLINICIAN  We will get an x-ray of it.
    """
)
NOTE = apply(
    note({HISTORY: [("c1", "Known to us.")], PLAN: []}),
    [
        put("Left knee pain.", "u1 left knee hurts"),
        put("Order an x-ray.", "u2 get an x-ray", section=PLAN),
    ],
    VISIT,
)


def test_the_index_leads_from_an_utterance_to_its_statements() -> None:
    index = EvidenceIndex(NOTE)

    assert index.resting_on("u1") == ("m2",)
    assert index.resting_on("u9") == ()
    assert index.resting_on_any(["u1", "u2"]) == {"m2", "m3"}


def test_a_statement_loses_its_support_with_the_words_it_rests_on_and_gets_it_back() -> None:
    corrected = talk("PATIENT My right knee hurts.\nCLINICIAN We will get an x-ray of it.")

    after = recheck(NOTE, corrected, ["u1"])

    status = {statement.id: statement.status for statement in after.statements}
    assert status["m2"] is StatementStatus.UNSUPPORTED
    assert status["m3"] is StatementStatus.SUPPORTED
    assert texts(after) == texts(NOTE)
    assert after.revision == NOTE.revision + 1
    assert recheck(after, VISIT, ["u1"]).sections == NOTE.sections


def test_a_quote_moves_with_its_utterance() -> None:
    renumbered = talk(
        "CLINICIAN Hello.\nPATIENT My left knee hurts.\nCLINICIAN We will get an x-ray of it."
    )

    after = recheck(NOTE, renumbered, ["u1", "u2"])

    assert EvidenceIndex(after).resting_on("u2") == ("m2",)
    assert EvidenceIndex(after).resting_on("u3") == ("m3",)
    assert all(each.status is StatementStatus.SUPPORTED for each in after.statements)


def test_utterances_that_nothing_rests_on_change_nothing() -> None:
    assert recheck(NOTE, VISIT, ["u7"]) is NOTE


def test_what_the_clinician_wrote_is_not_looked_at() -> None:
    after = recheck(NOTE, talk("PATIENT Nothing."), ["u1", "u2"])

    assert after.sections[0].statements[0] == NOTE.sections[0].statements[0]
