import re

import pytest

from medscribe.domain.transcript import Role
from medscribe.evaluation.deidentification.injection.carriers import FORMS, carriers, negatives
from medscribe.evaluation.deidentification.injection.identifier import KINDS


def test_there_are_a_dozen_or_more_carriers_of_every_kind_of_identifier() -> None:
    for kind in set(KINDS.values()):
        labels = [label for label in KINDS if KINDS[label] is kind]
        for form in FORMS:
            assert sum(len(carriers(form, label)) for label in labels) >= 12


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("label", KINDS)
def test_every_carrier_has_a_place_for_the_identifier(form: str, label: str) -> None:
    for carrier in carriers(form, label):
        assert re.search(r"\{[abz]?\}", " ".join(turn.template for turn in carrier))


def test_a_question_and_its_answer_are_turns_of_two_speakers() -> None:
    asked = next(one for one in carriers("spoken", "zip") if len(one) == 2)
    assert [turn.role for turn in asked] == [Role.CLINICIAN, Role.PATIENT]


def test_there_are_sixty_or_more_sentences_that_identify_nobody() -> None:
    assert len(negatives("spoken")) >= 60
    assert all("{" not in sentence for form in FORMS for sentence in negatives(form))
