import pytest

from medscribe.evaluation.deidentification.injection.identifier import Identifier
from medscribe.evaluation.deidentification.injection.rendering import Style, rendered

NAME = Identifier(("Odile", "Ek"))
PHONE = Identifier(("two oh six", "five five"), ", ")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (Style.VERBATIM, "so {0}, i think. it's me."),
        (Style.PLAIN, "so odile ek i think it's me"),
        (Style.TOKENISED, "so odile ek , i think . it's me ."),
        (Style.TRANSCRIBED, "So Odile Ek, I think. It's me."),
    ],
)
def test_a_turn_is_written_as_recognisers_write(style: Style, text: str) -> None:
    said, spans = rendered("so {}, i think. it's me.", NAME, style)
    assert said == text.format("Odile Ek")
    (span,) = spans
    assert said[span.start : span.end].casefold() == "odile ek"


def test_pauses_in_a_number_are_written_in_the_style_of_the_turn() -> None:
    assert rendered("{}.", PHONE, Style.PLAIN)[0] == "two oh six five five"
    assert rendered("{}.", PHONE, Style.TOKENISED)[0] == "two oh six , five five ."
    assert rendered("{}.", PHONE, Style.TRANSCRIBED)[0] == "Two oh six, five five."


def test_every_part_has_its_place() -> None:
    said, spans = rendered("it's {b}, {a}", NAME, Style.PLAIN)
    assert [said[span.start : span.end] for span in spans] == ["ek", "odile"]
