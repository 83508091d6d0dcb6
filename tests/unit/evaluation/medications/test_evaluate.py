"""Scores of spoken orders and of written sigs."""

from pathlib import Path

import pytest

from medscribe.domain.medication import OrderAction
from medscribe.errors import InputError
from medscribe.evaluation.medications.evaluate import outcome_of, scores
from medscribe.evaluation.medications.gold import (
    GoldOrder,
    SpokenCase,
    amount_of,
    frequency_of,
    spoken_cases,
)
from medscribe.evaluation.medications.written_sigs import score_written_sigs


def case(*talk: str, orders: tuple[GoldOrder, ...] = ()) -> SpokenCase:
    return SpokenCase(id="made-1", talk=talk, orders=orders)


LISINOPRIL = GoldOrder(
    drug="lisinopril", action=OrderAction.START, strength="10 mg", frequency="1/1d"
)


def test_a_right_order_scores_in_every_field() -> None:
    made = scores([outcome_of(case("CLINICIAN: Start lisinopril ten milligrams daily.",
                                   orders=(LISINOPRIL,)))])  # fmt: skip
    assert (made["drug_f1"], made["dose"], made["frequency"], made["action"]) == (100,) * 4
    assert (made["duration"], made["n_duration"]) == (None, 0)


def test_a_wrong_dose_and_a_missed_drug_cost() -> None:
    wrong = case("CLINICIAN: Start lisinopril twenty milligrams daily.", orders=(LISINOPRIL,))
    missed = case("CLINICIAN: Good to see you.", orders=(LISINOPRIL,))
    made = scores([outcome_of(wrong), outcome_of(missed)])
    assert (made["drug_recall"], made["drug_precision"], made["dose"]) == (50, 100, 0)


def test_an_order_where_there_is_none_costs_precision() -> None:
    made = scores([outcome_of(case("CLINICIAN: Start lisinopril."))])
    assert made["drug_precision"] == 0


def test_a_relatives_medicine_is_no_order_of_the_patient() -> None:
    assert outcome_of(case("PATIENT: My mother takes warfarin.")).found == 0


def test_the_projects_cases_are_well_formed_and_many() -> None:
    cases = spoken_cases()
    assert len(cases) >= 200
    assert len({one.id for one in cases}) == len(cases)
    for one in cases:
        assert one.utterances()
        for order in one.orders:
            for written in filter(None, (order.strength, order.dose, order.duration)):
                assert amount_of(written).low > 0
            assert order.frequency is None or frequency_of(order.frequency).period > 0


def test_a_line_without_a_speaker_is_refused() -> None:
    with pytest.raises(InputError, match="line 1 of case made-1"):
        case("Start lisinopril.").utterances()


def test_missing_sigs_and_other_sigs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="into the folder drugs"):
        score_written_sigs(tmp_path)
    (tmp_path / "drugs").mkdir()
    (tmp_path / "drugs" / "parserx_sample_sigs.csv").write_text("take one\n")
    with pytest.raises(InputError, match="gold was written for"):
        score_written_sigs(tmp_path)


@pytest.mark.corpus
def test_written_sigs_are_read(corpora: Path) -> None:
    made = score_written_sigs(corpora)
    assert made["sigs"] == 250
    assert made["dose"] >= 93
    assert made["frequency"] >= 95


def test_spoken_orders_are_read_as_well_as_promised() -> None:
    made = scores([outcome_of(one) for one in spoken_cases()])
    assert made["drug_f1"] >= 95
    assert made["dose"] >= 95
    assert made["frequency"] >= 95
    assert made["action"] >= 92


@pytest.mark.parametrize("folder", ["spoken_orders_second", "spoken_orders_third"])
def test_the_sets_of_other_authors_are_read_as_well(folder: str) -> None:
    made = scores([outcome_of(one) for one in spoken_cases(folder)])
    assert made["drug_f1"] >= 95
    assert made["dose"] >= 88
    assert made["frequency"] >= 94
    assert made["action"] >= 92
