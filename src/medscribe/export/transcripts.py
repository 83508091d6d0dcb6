"""Utterances -> transcript files: plain text, SRT, WebVTT, RTTM, JSON.

Takes what was really said (`Utterance`) or its masked form (`MaskedUtterance`) alike; which of the
two may leave the house is the caller's decision.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError
from medscribe.export.cues import Cue, cues_of

AnyUtterance = Utterance | MaskedUtterance
Names = Mapping[str, str]
"""Speaker label -> real name, for those who may see the chart."""

_NOBODY: Names = MappingProxyType({})


def to_text(utterances: Sequence[AnyUtterance], names: Names = _NOBODY) -> str:
    """One line per utterance: `[00:12] CLINICIAN: ...`; no time where there is none.

    A speaker with a name: `MOTHER (Ann Walsh): ...`; `read_transcript` reads that back, too.
    """
    return "".join(
        f"{_clock_mark(u)}{voice_of(u, names)}: {_one_line(u.text)}\n" for u in utterances
    )


def to_srt(utterances: Sequence[AnyUtterance], names: Names = _NOBODY) -> str:
    """SubRip subtitles, `CLINICIAN: ...`; raises `InputError` where an utterance has no times."""
    blocks = []
    for number, cue in enumerate(_all_cues(utterances, "SRT", names), start=1):
        times = f"{clock_time(cue.span.start, ',')} --> {clock_time(cue.span.end, ',')}"
        # An arrow inside the words would be read as a second line of times.
        text = f"{cue.voice}: {cue.text}".replace("-->", "->")
        blocks.append(f"{number}\n{times}\n{text}\n")
    return "\n".join(blocks)


def to_vtt(utterances: Sequence[AnyUtterance], names: Names = _NOBODY) -> str:
    """WebVTT with a voice tag per cue; raises `InputError` where an utterance has no times."""
    blocks = ["WEBVTT\n"]
    for cue in _all_cues(utterances, "WebVTT", names):
        times = f"{clock_time(cue.span.start, '.')} --> {clock_time(cue.span.end, '.')}"
        text = f"<v {html.escape(cue.voice)}>{html.escape(cue.text, quote=False)}"
        blocks.append(f"{times}\n{text}\n")
    return "\n".join(blocks)


def to_rttm(utterances: Sequence[AnyUtterance], *, file_id: str) -> str:
    """NIST RTTM, one `SPEAKER` line per utterance; `file_id` must be one word.

    Raises `InputError` where an utterance has no times.
    """
    if not re.fullmatch(r"\S+", file_id):
        raise InputError("An RTTM file id is one word: leave out the spaces.")
    lines = []
    for utterance in utterances:
        span = _times_of(utterance, "RTTM")
        speaker = re.sub(r"\s+", "_", utterance.speaker) or "S1"
        lines.append(
            f"SPEAKER {file_id} 1 {span.start:.3f} {span.duration:.3f} "
            f"<NA> <NA> {speaker} <NA> <NA>\n"
        )
    return "".join(lines)


def to_json(utterances: Sequence[AnyUtterance]) -> str:
    """`{"utterances": [...]}`; what `read_transcript` reads back, times and words included."""
    turns = [_as_json(utterance) for utterance in utterances]
    return json.dumps({"utterances": turns}, ensure_ascii=False, indent=2) + "\n"


def voice_of(utterance: AnyUtterance, names: Names = _NOBODY) -> str:
    """What a speaker is called in a transcript: `role_label`, else the anonymous label; then the
    name without what could end a label."""
    voice = utterance.speaker if utterance.role is Role.UNKNOWN else role_label(utterance)
    name = _one_line(re.sub(r"[^\w.'’ -]+", " ", names.get(utterance.speaker, "")))[:60].strip()
    return f"{voice} ({name})" if name else voice


def role_label(utterance: AnyUtterance) -> str:
    """The role in capitals; of a companion the relation, where it is known: "MOTHER"."""
    companion = utterance.role is Role.COMPANION
    called = utterance.relation if companion and utterance.relation else utterance.role
    return called.value.upper()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _as_json(utterance: AnyUtterance) -> dict[str, Any]:
    turn: dict[str, Any] = {
        "id": utterance.id,
        "speaker": utterance.speaker,
        "role": utterance.role.value,
        "text": utterance.text,
    }
    if utterance.relation is not None:
        turn["relation"] = utterance.relation.value
    if utterance.span is not None:
        turn |= {"start": utterance.span.start, "end": utterance.span.end}
    if isinstance(utterance, Utterance) and utterance.words:
        turn["words"] = [word.model_dump(mode="json") for word in utterance.words]
    return turn


def _all_cues(utterances: Sequence[AnyUtterance], kind: str, names: Names) -> list[Cue]:
    cues: list[Cue] = []
    for utterance in utterances:
        words = utterance.words if isinstance(utterance, Utterance) else ()
        span = _times_of(utterance, kind)
        cues += cues_of(voice_of(utterance, names), utterance.text, span, words)
    return cues


def _times_of(utterance: AnyUtterance, kind: str) -> TimeSpan:
    if utterance.span is None:
        raise InputError(
            f"A transcript without times cannot become {kind}: choose text or JSON instead."
        )
    return utterance.span


def _clock_mark(utterance: AnyUtterance) -> str:
    """`[mm:ss] ` (`[h:mm:ss] ` from the first hour on) of the start; "" without times."""
    if utterance.span is None:
        return ""
    minutes, seconds = divmod(int(utterance.span.start), 60)
    hours, minutes = divmod(minutes, 60)
    return f"[{hours}:{minutes:02}:{seconds:02}] " if hours else f"[{minutes:02}:{seconds:02}] "


def clock_time(seconds: float, decimal_mark: str) -> str:
    """Seconds -> `hh:mm:ss,mmm`."""
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, thousandths = divmod(rest, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02}{decimal_mark}{thousandths:03}"
