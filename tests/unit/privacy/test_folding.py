"""Spellings of one identifier are one, and are masked as they stand in the text."""

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.domain.privacy import PiiDecision, PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.privacy.folding import fold
from medscribe.privacy.mask import MaskedVisit, mask, reveal


class FindsNothing:
    name = "nothing"

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        return [[] for _ in utterances]


def masked(text: str, *decisions: PiiDecision, names: Sequence[str] = ()) -> MaskedVisit:
    heard = [Utterance(id="u1", speaker="S1", role=Role.PATIENT, text=text)]
    return mask(heard, [FindsNothing()], decisions=decisions, known_names=names)


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ("Sean O'Brien", "Sean O’Brien"),
        ("Sean O'Brien", "sean  o'brien"),
        ("Mary Walsh", "Mary\nWalsh"),
        ("Mary Walsh", "Mary\u00a0Walsh"),
        ("Zoë Peña", unicodedata.normalize("NFD", "Zoë Peña")),
        (unicodedata.normalize("NFD", "Zoë Peña"), "Zoe PEÑA"),
        ("Smith-Jones", "Smith‑Jones"),
        ("Walsh", "Wal\u00adsh"),
        ("İnci", "İnci"),
        ("Straßer", "STRASSER"),
    ],
)
def test_what_a_clinician_names_is_masked_however_it_is_spelled(decided: str, said: str) -> None:
    text = f"I saw {said} today."
    visit = masked(text, PiiDecision(original=decided, identifies=True))

    assert visit.utterances[0].text == "I saw <NAME_1> today."
    assert reveal(visit.utterances[0].text, visit.vault) == text


def test_a_given_name_is_masked_with_the_other_apostrophe() -> None:
    visit = masked("It is O’Brien here.", names=["Sean O'Brien"])

    assert visit.utterances[0].text == "It is <NAME_1> here."


def test_no_accent_is_left_beside_a_placeholder() -> None:
    said = unicodedata.normalize("NFD", "José came.")
    visit = masked(said, PiiDecision(original="Jose", identifies=True))

    assert visit.utterances[0].text == "<NAME_1> came."


def test_what_looks_like_a_placeholder_is_not_shown_though_a_clinician_says_so() -> None:
    walsh = PiiDecision(original="Walsh", identifies=True)
    visit = masked(
        "Walsh said <NAME_1>.", walsh, PiiDecision(original="<NAME_1>", identifies=False)
    )

    assert reveal(visit.utterances[0].text, visit.vault) == "Walsh said <NAME_1>."


def test_a_decision_about_an_accent_alone_is_about_nothing() -> None:
    accent = PiiDecision.model_construct(original="\u0301", identifies=True)

    assert masked("I saw her.", accent).utterances[0].text == "I saw her."


@given(st.text())
def test_each_character_is_led_back_to_its_place(text: str) -> None:
    folded = fold(text)

    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    assert fold(text.upper().lower()).text == fold(text.upper().lower().upper().lower()).text
