"""Utterances of anonymous voices -> the same with roles: words, a language model, the clinician."""

from collections.abc import Sequence

import structlog

from medscribe.dialogue.corrections import apply_corrections, with_roles
from medscribe.dialogue.role_agent import ask_roles, open_voices
from medscribe.dialogue.roles import assign_roles, load_role_model
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Speaker, SpeakerTurn, Utterance
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.pipeline.masking import mask_visit
from medscribe.pipeline.work import Engines

_log = structlog.get_logger(__name__)


def decide_speakers(
    spoken: Sequence[Utterance],
    turns: Sequence[SpeakerTurn],
    decided: EncounterResults,
    engines: Engines,
) -> tuple[list[Utterance], list[Speaker]]:
    """Each speaker's role, the surest word last: what is said, the role agent, the clinician."""
    utterances, speakers = assign_roles(spoken, load_role_model())
    if engines.role_model is not None and open_voices(speakers):
        speakers = _asked(utterances, speakers, decided, engines)
        utterances = with_roles(utterances, speakers)
    return apply_corrections(utterances, speakers, decided.corrections or (), turns)


def _asked(
    utterances: Sequence[Utterance],
    speakers: list[Speaker],
    decided: EncounterResults,
    engines: Engines,
) -> list[Speaker]:
    """What the language model makes of the voices, from masked speech.

    Where it is down or refuses, roles are left open, an alert says so, and the visit goes on.
    Raises `PrivacyError` where the visit cannot be masked: nothing may be asked then.
    """
    assert engines.role_model is not None
    visit = mask_visit(utterances, decided, engines)
    try:
        return ask_roles(visit.utterances, speakers, engines.role_model())
    except (LanguageModelError, ConfigurationError) as error:
        _log.warning("roles not asked for", error=type(error).__name__)
        return speakers
