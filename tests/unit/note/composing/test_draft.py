"""Repeats are merged, and what differs in truth never is."""

from medscribe.note.composing.draft import Line, merged


def _texts(*texts: str) -> list[str]:
    return [line.text for line in merged([Line(text, ()) for text in texts])]


def test_the_fuller_sentence_stays() -> None:
    assert _texts("Order Ultram 50 mg.", "Order some Ultram 50 mg as needed for pain.") == [
        "Order some Ultram 50 mg as needed for pain."
    ]


def test_a_denial_is_never_merged_with_its_opposite() -> None:
    assert len(_texts("He has knee pain.", "He has no knee pain.")) == 2


def test_other_doses_are_other_sentences() -> None:
    assert len(_texts("Start Lasix 20 mg daily.", "Start Lasix 40 mg daily.")) == 2
