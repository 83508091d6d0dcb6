"""The language model places voices that words leave open, and no others."""

from collections.abc import Sequence
from typing import Any

import pytest

from medscribe.dialogue.role_agent import LONGEST_TEXT, ask_roles, open_voices
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Relation, Role, RoleBasis, Speaker
from medscribe.errors import LanguageModelError
from medscribe.llm.models import openai_compatible
from medscribe.llm.scripted_server import Fault, ScriptedServer

OPEN = [Speaker(label="S1", role=Role.UNKNOWN, margin=0.4), Speaker(label="S2", role=Role.UNKNOWN)]
TALK = [
    MaskedUtterance(id="u1", speaker="S1", role=Role.UNKNOWN, text="Hello, <NAME_1>."),
    MaskedUtterance(id="u2", speaker="S2", role=Role.UNKNOWN, text="Good morning."),
]


def says(
    voice: str, role: str, relation: str | None = None, *, sure: bool = True
) -> dict[str, object]:
    return {"voice": voice, "role": role, "relation": relation, "sure": sure}


def asked(
    speakers: Sequence[Speaker],
    *voices: dict[str, object],
    masked: Sequence[MaskedUtterance] = TALK,
) -> tuple[list[Speaker], list[dict[str, Any]]]:
    """What comes of that answer, and the requests that were sent for it."""
    with ScriptedServer([{"voices": list(voices)}]) as server:
        return ask_roles(masked, speakers, model_at(server.url)), server.requests


def model_at(url: str) -> Any:
    options = openai_compatible.Options(base_url=url, pause_seconds=0, attempts=2)
    return openai_compatible.create(options)


def test_open_voices_take_the_role_that_the_model_is_sure_of() -> None:
    placed, _ = asked(OPEN, says("V1", "clinician"), says("V2", "companion", "mother"))
    assert [(s.label, s.role, s.relation, s.basis) for s in placed] == [
        ("S1", Role.CLINICIAN, None, RoleBasis.MODEL),
        ("S2", Role.COMPANION, Relation.MOTHER, RoleBasis.MODEL),
    ]
    assert placed[0].margin == 0.4


def test_what_the_model_is_not_sure_of_stays_open() -> None:
    placed, _ = asked(OPEN, says("V1", "clinician", sure=False), says("V2", "unknown"))
    assert placed == OPEN


def test_a_voice_that_the_model_leaves_out_stays_open() -> None:
    placed, _ = asked(OPEN, says("V2", "patient"))
    assert [speaker.role for speaker in placed] == [Role.UNKNOWN, Role.PATIENT]


def test_only_companions_have_a_relation() -> None:
    placed, _ = asked(OPEN, says("V1", "patient", "son"))
    assert placed[0].relation is None


CLEAR = [
    Speaker(label="S1", role=Role.CLINICIAN, margin=3.0),
    Speaker(label="S2", role=Role.PATIENT, margin=-0.3),
]


@pytest.mark.parametrize(
    "speakers",
    [
        CLEAR,
        [speaker.model_copy(update={"basis": RoleBasis.TAGS}) for speaker in OPEN],
        [speaker.model_copy(update={"basis": RoleBasis.CLINICIAN}) for speaker in OPEN],
        [Speaker(label="S1", role=Role.COMPANION, margin=-0.2)],
        [],
    ],
)
def test_nothing_is_asked_where_roles_are_given_or_clear(speakers: list[Speaker]) -> None:
    placed, requests = asked(speakers, says("V1", "patient"), says("V2", "clinician"))
    assert placed == speakers
    assert requests == []


def test_a_clear_voice_stays_beside_an_open_one() -> None:
    speakers = [*CLEAR, Speaker(label="S3", role=Role.UNKNOWN)]
    third = MaskedUtterance(id="u3", speaker="S3", role=Role.UNKNOWN, text="Hi.")
    placed, _ = asked(
        speakers,
        says("V1", "patient"),
        says("V2", "clinician"),
        says("V3", "companion"),
        masked=[*TALK, third],
    )
    assert placed[:2] == CLEAR
    assert placed[2].role is Role.COMPANION


def test_a_small_difference_may_be_overruled() -> None:
    close = [
        Speaker(label="S1", role=Role.CLINICIAN, margin=0.8),
        Speaker(label="S2", role=Role.PATIENT, margin=-0.6),
    ]
    assert open_voices(close) == ["S1", "S2"]
    placed, _ = asked(close, says("V1", "patient"), says("V2", "clinician"))
    assert [speaker.role for speaker in placed] == [Role.PATIENT, Role.CLINICIAN]


def test_an_answer_that_agrees_with_the_words_leaves_their_basis() -> None:
    close = [Speaker(label="S1", role=Role.CLINICIAN, margin=1.2)]
    placed, _ = asked(close, says("V1", "clinician"))
    assert placed == close


@pytest.mark.parametrize(
    "voices",
    [
        [says("V3", "patient")],
        [says("S1", "patient")],
        [says("V1", "patient"), says("V1", "clinician")],
        [says("V1", "patient"), says("V2", "patient")],
        [says("V1", "surgeon")],
        [says("V1", "companion", "neighbourhood")],
        [{"voice": "V1"}],
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(voices: list[dict[str, object]]) -> None:
    with pytest.raises(LanguageModelError):
        asked(OPEN, *voices)


@pytest.mark.parametrize(
    "fault", [Fault.GARBAGE, Fault.BUSY, Fault.TRUNCATED, Fault.WRONG_FORM, Fault.BLANKS]
)
def test_a_server_at_fault_is_an_error_and_no_role(fault: Fault) -> None:
    with ScriptedServer([fault]) as server, pytest.raises(LanguageModelError):
        ask_roles(TALK, OPEN, model_at(server.url))


def test_the_model_reads_masked_lines_under_labels_that_tell_nothing() -> None:
    tagged = [each.model_copy(update={"role": Role.PATIENT}) for each in TALK]
    _, requests = asked(OPEN, says("V1", "clinician"), masked=tagged)
    (request,) = requests
    assert request["messages"][1]["content"] == "[u1] V1: Hello, <NAME_1>.\n[u2] V2: Good morning."


def test_of_a_long_visit_the_beginning_and_some_later_turns_are_read() -> None:
    long = [
        MaskedUtterance(
            id=f"u{number}", speaker=f"S{1 + number % 2}", role=Role.UNKNOWN, text="word " * 60
        )
        for number in range(1, 301)
    ]
    _, requests = asked(OPEN, says("V1", "clinician"), masked=long)
    content = requests[0]["messages"][1]["content"]
    read = [int(line[2 : line.index("]")]) for line in content.splitlines()]
    assert len(content) <= LONGEST_TEXT
    assert read[:24] == list(range(1, 25))
    assert read[-1] > 200


def test_voices_without_masked_speech_are_not_asked_about() -> None:
    placed, requests = asked(OPEN, says("V1", "patient"), masked=[])
    assert (placed, requests) == (OPEN, [])
