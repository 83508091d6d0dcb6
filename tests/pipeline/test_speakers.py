"""Who is who: words first, a language model where they leave it open, the clinician above all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medscribe.bootstrap import build_engines
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import (
    Relation,
    Role,
    RoleBasis,
    SpeakerCorrection,
    Utterance,
)
from medscribe.errors import PrivacyError
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.pipeline.speakers import decide_speakers
from medscribe.pipeline.work import Engines
from medscribe.settings import load_settings

UNCLEAR = [("S1", "Okay. Zebulon is here."), ("S2", "Right."), ("S1", "Yes.")]
AGENT = {
    "voices": [
        {"voice": "V1", "role": "clinician", "relation": None, "sure": True},
        {"voice": "V2", "role": "companion", "relation": "wife", "sure": True},
    ]
}
EnginesAt = Callable[..., Engines]


@pytest.fixture
def engines_at(tmp_path: Path) -> EnginesAt:
    def make(url: str, **settings: Any) -> Engines:
        return build_engines(
            load_settings(data_dir=tmp_path / "data", language_model_url=url, **settings)
        )

    return make


def said(turns: list[tuple[str, str]]) -> list[Utterance]:
    return [
        Utterance(id=f"u{number}", speaker=speaker, role=Role.UNKNOWN, text=text)
        for number, (speaker, text) in enumerate(turns, start=1)
    ]


def test_the_language_model_decides_what_words_leave_open(engines_at: EnginesAt) -> None:
    with ScriptedServer([AGENT]) as server:
        utterances, speakers = decide_speakers(
            said(UNCLEAR), (), EncounterResults(), engines_at(server.url)
        )
        assert "Zebulon" not in str(server.requests)
    assert [one.role for one in speakers] == [Role.CLINICIAN, Role.COMPANION]
    assert {one.basis for one in speakers} == {RoleBasis.MODEL}
    assert utterances[1].relation is Relation.WIFE


def test_the_clinician_outweighs_the_language_model(engines_at: EnginesAt) -> None:
    decided = EncounterResults(corrections=(SpeakerCorrection(speaker="S2", role=Role.PATIENT),))
    with ScriptedServer([AGENT]) as server:
        _, speakers = decide_speakers(said(UNCLEAR), (), decided, engines_at(server.url))
    assert (speakers[1].role, speakers[1].basis) == (Role.PATIENT, RoleBasis.CLINICIAN)


@pytest.mark.parametrize(
    "fault", [Fault.GARBAGE, Fault.TRUNCATED, Fault.WRONG_FORM, Fault.BUSY, Fault.REFUSED]
)
def test_a_language_model_that_fails_is_asked_once_and_leaves_roles_open(
    engines_at: EnginesAt, fault: Fault
) -> None:
    with ScriptedServer([fault]) as server:
        _, speakers = decide_speakers(said(UNCLEAR), (), EncounterResults(), engines_at(server.url))
        assert len(server.requests) == 1
    assert {one.role for one in speakers} == {Role.UNKNOWN}


def test_nobody_is_asked_where_that_is_switched_off(engines_at: EnginesAt) -> None:
    with ScriptedServer([AGENT]) as server:
        engines = engines_at(server.url, role_agent=False)
        decide_speakers(said(UNCLEAR), (), EncounterResults(), engines)
        assert server.requests == []


def test_nothing_is_asked_where_nothing_can_be_masked(engines_at: EnginesAt) -> None:
    with ScriptedServer([AGENT]) as server:
        engines = replace(engines_at(server.url), detectors=lambda: ())
        with pytest.raises(PrivacyError):
            decide_speakers(said(UNCLEAR), (), EncounterResults(), engines)
        assert server.requests == []
