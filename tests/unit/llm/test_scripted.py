"""The scripted language model, and the lines in which a model reads a visit."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.models import scripted
from medscribe.llm.visit import visit_lines


class Verdict(BaseModel, extra="forbid"):
    colour: str


def script(folder: Path, content: object) -> scripted.Options:
    path = folder / "answers.json"
    path.write_text(json.dumps(content))
    return scripted.Options(path=path)


def test_answers_come_in_order_and_the_last_one_stays(tmp_path: Path) -> None:
    model = scripted.create(script(tmp_path, [{"colour": "red"}, {"colour": "blue"}]))

    said = [model.complete([], Verdict).colour for _ in range(3)]

    assert said == ["red", "blue", "blue"]


def test_an_answer_of_another_form_is_refused(tmp_path: Path) -> None:
    model = scripted.create(script(tmp_path, [{"size": 3}]))

    with pytest.raises(LanguageModelError):
        model.complete([], Verdict)


@pytest.mark.parametrize("content", [{}, [], "text"])
def test_a_script_without_answers_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ConfigurationError):
        scripted.create(script(tmp_path, content))


def test_a_model_reads_one_line_per_utterance() -> None:
    lines = visit_lines(
        [
            MaskedUtterance(id="u1", speaker="S1", role=Role.CLINICIAN, text="Hello\n<NAME_1>."),
            MaskedUtterance(id="u2", speaker="S2", role=Role.UNKNOWN, text="Hi."),
        ]
    )

    assert lines == ["[u1] CLINICIAN: Hello <NAME_1>.", "[u2] S2: Hi."]
