"""A masked visit -> summary, topics, action items: in parts where it is long, nothing made up."""

from collections.abc import Sequence
from typing import Any

import pytest

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.domain.transcript import Role
from medscribe.errors import LanguageModelError
from medscribe.llm.model import Answer, Message
from medscribe.pipeline.analyse import LONGEST_PART, analyse


class Recorder:
    """Answers by a list and keeps what it was asked."""

    made_by = Provenance(engine="recorder", version="1", model="m")

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.prompts: list[str] = []

    def complete(
        self, messages: Sequence[Message], answer: type[Answer], *, max_tokens: int = 1024
    ) -> Answer:
        self.prompts.append(messages[-1].text)
        return answer.model_validate(self.answers.pop(0))


def part(summary: str, topics: Sequence[str] = (), actions: Sequence[str] = ()) -> dict[str, Any]:
    return {"summary": summary, "topics": list(topics), "action_items": list(actions)}


def visit(*texts: str) -> list[MaskedUtterance]:
    return [
        MaskedUtterance(id=f"u{number}", speaker="S1", role=Role.PATIENT, text=text)
        for number, text in enumerate(texts, start=1)
    ]


def test_a_short_visit_is_asked_about_once() -> None:
    model = Recorder(part("Knee pain of <NAME_1>.", ["knee pain"], ["<NAME_1> rests"]))

    analysis = analyse(visit("I am <NAME_1>.", "My knee hurts."), model)

    assert model.prompts == ["[u1] PATIENT: I am <NAME_1>.\n[u2] PATIENT: My knee hurts."]
    assert analysis.summary == "Knee pain of <NAME_1>."
    assert analysis.topics == ("knee pain",)
    assert analysis.action_items == ("<NAME_1> rests",)
    assert analysis.made_by.prompt == "analysis-1"


def test_a_long_visit_is_read_in_parts_and_no_action_item_is_lost() -> None:
    long = " ".join(["pain"] * (LONGEST_PART // 12))
    model = Recorder(
        part("One.", ["knee"], ["rest"]),
        part("Two.", ["Knee", "cough"], ["X-ray"]),
        {"summary": "One and two."},
    )

    analysis = analyse(visit(long, long, long), model)

    assert analysis.summary == "One and two."
    assert analysis.topics == ("knee", "cough")
    assert analysis.action_items == ("rest", "X-ray")
    assert model.prompts[-1] == "One.\nTwo."


def test_no_prompt_is_longer_than_a_part_and_no_word_is_left_out() -> None:
    words = [f"word{number}" for number in range(5_000)]
    parts = [part("S.") for _ in range(10)]
    model = Recorder(*parts[:6], {"summary": "All."})

    analyse(visit(" ".join(words)), model)

    asked = model.prompts[:-1]
    assert all(len(prompt) <= LONGEST_PART + 1 for prompt in asked)
    assert " ".join(asked).split()[2:] == words


def test_an_answer_that_names_somebody_unknown_is_refused() -> None:
    model = Recorder(part("<NAME_7> has knee pain."))

    with pytest.raises(LanguageModelError):
        analyse(visit("I am <NAME_1>."), model)


def test_a_summary_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        analyse(visit("Hello."), Recorder(part("x" * LONGEST_PART)))
