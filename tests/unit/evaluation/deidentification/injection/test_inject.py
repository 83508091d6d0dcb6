from random import Random

import pytest

from medscribe.domain.transcript import Role, Utterance
from medscribe.evaluation.deidentification.injection.identifier import KINDS
from medscribe.evaluation.deidentification.injection.inject import NEGATIVES_A_VISIT, inject

DIALOGUE = tuple(
    Utterance(id=f"u{number}", speaker=speaker, role=role, text=text)
    for number, (speaker, role, text) in enumerate(
        [
            ("dr", Role.CLINICIAN, "what brings you in ?"),
            ("pt", Role.PATIENT, "my knee hurts ."),
            ("dr", Role.CLINICIAN, "let me see ."),
        ]
    )
)


@pytest.mark.parametrize("form", ["written", "spoken"])
def test_one_identifier_of_every_label_is_injected_at_a_known_place(form: str) -> None:
    visit = inject(DIALOGUE, form, Random(1))
    assert {gold.label for gold in visit.gold} == set(KINDS)
    for gold in visit.gold:
        text = visit.utterances[gold.utterance].text[gold.span.start : gold.span.end]
        assert text
        assert text == text.strip()
        assert (gold.form, gold.kind) == (form, KINDS[gold.label])


def test_the_dialogue_itself_stays_as_it_is_and_is_not_judged() -> None:
    visit = inject(DIALOGUE, "spoken", Random(2))
    own = [turn for number, turn in enumerate(visit.utterances) if number not in visit.judged]
    assert [turn.text for turn in own] == [turn.text for turn in DIALOGUE]
    assert {turn.speaker for turn in visit.utterances} == {"dr", "pt"}
    assert len({turn.id for turn in visit.utterances}) == len(visit.utterances)


def test_harmless_turns_hold_no_identifier() -> None:
    visit = inject(DIALOGUE, "written", Random(3))
    assert len(visit.negatives) == NEGATIVES_A_VISIT
    assert visit.negatives <= visit.judged
    assert not visit.negatives & {gold.utterance for gold in visit.gold}


def test_answers_stay_behind_their_questions() -> None:
    for seed in range(30):
        visit = inject(DIALOGUE, "spoken", Random(seed))
        texts = [turn.text.lower() for turn in visit.utterances]
        for number, text in enumerate(texts):
            if text.startswith("first name"):
                assert texts[number + 2].startswith("and last")


def test_the_same_chance_injects_the_same() -> None:
    assert inject(DIALOGUE, "spoken", Random(4)) == inject(DIALOGUE, "spoken", Random(4))
