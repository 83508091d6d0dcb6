"""A detector whose answer cannot be true stops the visit: what it meant is not known."""

from collections.abc import Sequence

import pytest

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import PrivacyError
from medscribe.privacy.mask import mask


class Unchecked:
    """Answers with one span whose fields nobody has checked."""

    name = "unchecked"

    def __init__(self, start: object, end: object, kind: object, score: object) -> None:
        self.answer = PiiSpan.model_construct(
            span=TextSpan.model_construct(start=start, end=end),  # type: ignore[arg-type]
            kind=kind,  # type: ignore[arg-type]
            score=score,  # type: ignore[arg-type]
            detector=self.name,
        )

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        return [[self.answer] for _ in utterances]


@pytest.mark.parametrize(
    ("start", "end", "kind", "score"),
    [
        (-10, -1, PiiKind.NAME, 1.0),
        (15, 5, PiiKind.NAME, 1.0),
        (5.0, 15.0, PiiKind.NAME, 1.0),
        ("5", "15", PiiKind.NAME, 1.0),
        (5, 15, "NAME", 1.0),
        (5, 15, PiiKind.NAME, float("nan")),
        (5, 15, PiiKind.NAME, -1.0),
        (5, 15, PiiKind.NAME, float("inf")),
    ],
)
def test_an_answer_that_cannot_be_true_stops_the_visit(
    start: object, end: object, kind: object, score: object
) -> None:
    heard = [Utterance(id="u1", speaker="S1", role=Role.PATIENT, text="I am Mary Walsh today")]

    with pytest.raises(PrivacyError, match="answered"):
        mask(heard, [Unchecked(start, end, kind, score)])
