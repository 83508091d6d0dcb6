from hypothesis import given
from hypothesis import strategies as st
from tests.unit.evaluation.deidentification.marked_words import MarkedWords

from medscribe.domain.transcript import Role, Utterance
from medscribe.evaluation.deidentification.masked_stretches import masked_away


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{number}", speaker="S1", role=Role.UNKNOWN, text=text)
        for number, text in enumerate(texts)
    ]


def test_stretches_are_places_of_what_was_said() -> None:
    away = masked_away(
        visit("i'm odile", "so odile , odile ek called"), [MarkedWords({"odile": 0.9, "ek": 0.5})]
    )
    assert [(one.utterance, one.span.start, one.span.end) for one in away.stretches] == [
        (0, 4, 9),
        (1, 3, 8),
        (1, 11, 16),
        (1, 17, 19),
    ]
    assert [one.certain for one in away.stretches] == [True, True, True, False]


def test_finds_are_those_of_every_detector_with_their_scores() -> None:
    away = masked_away(
        visit("odile ek"), [MarkedWords({"odile": 0.9}), MarkedWords({"ek": 0.2, "odile": 0.6})]
    )
    assert [(find.span.start, find.score) for find in away.finds] == [
        (0, 0.9),
        (6, 0.2),
        (0, 0.6),
    ]


WORDS = st.lists(st.sampled_from(["odile", "ek", "pain", "since", "lund", "x"]), max_size=12)


@given(WORDS, st.dictionaries(st.sampled_from(["odile", "ek", "lund"]), st.just(0.9)))
def test_whatever_is_masked_is_cut_out_where_it_stood(
    words: list[str], scores: dict[str, float]
) -> None:
    text = " ".join(words)
    away = masked_away(visit(text), [MarkedWords(scores)])
    cut = [text[one.span.start : one.span.end] for one in away.stretches]
    assert cut == [word for word in words if word in scores]
