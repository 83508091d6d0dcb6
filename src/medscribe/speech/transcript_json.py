"""JSON of turns -> turns: a list of objects, or an object that holds such a list.

A turn has its words in `text` (or `utterance`, `content`), its speaker in `speaker`, `role`,
`character` or `name`, and may have `start` and `end` in seconds or a `span` of both, `words`, and
of a companion the `relation`.
An object may hold the turns under `utterances`, `turns`, `transcript` or `segments`, or be a
sequence of parts that are all lists of turns.
"""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from medscribe.domain.record import Record
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Relation, Role, Word
from medscribe.errors import TranscriptError
from medscribe.speech.speaker_labels import relation_of, role_of

_HOLDERS = ("utterances", "turns", "transcript", "segments")
_SPEAKERS = ("speaker", "role", "character", "name")
_TEXTS = ("text", "utterance", "content")
_WORDS = TypeAdapter(tuple[Word, ...])


class JsonTurn(Record):
    """One turn as the file has it; `role` and `relation` are None where it names none."""

    speaker: str
    text: str
    role: Role | None = None
    relation: Relation | None = None
    span: TimeSpan | None = None
    words: tuple[Word, ...] = ()


def turns_of_json(text: str, *, required: bool) -> list[JsonTurn] | None:
    """The turns of a JSON text; None where it is no JSON and need not be.

    `required`: the file calls itself JSON. Raises `TranscriptError` for JSON of another shape.
    """
    if not required and not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        if not required:
            return None
        raise TranscriptError("The transcript is not valid JSON: check the file.") from None
    return [_turn(item) for item in _list_of_turns(_without_lone_surrogates(value))]


def _without_lone_surrogates(value: Any) -> Any:
    """`value` with "?" for halves of characters ("\\ud800"), which no file can hold."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _list_of_turns(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for holder in _HOLDERS:
            if isinstance(value.get(holder), list):
                return list(value[holder])
        if value and all(isinstance(part, list) for part in value.values()):
            return [turn for part in value.values() for turn in part]
    raise _wrong_shape()


def _turn(item: Any) -> JsonTurn:
    if not isinstance(item, dict):
        raise _wrong_shape()
    said = _first_string(item, _TEXTS)
    speaker = _first_string(item, _SPEAKERS)
    if said is None or not speaker:
        raise _wrong_shape()
    role = _role(item)
    return JsonTurn(
        speaker=speaker, text=" ".join(said.split()), role=role, relation=_relation(item, role),
        span=_span(item), words=_words(item),
    )  # fmt: skip


def _first_string(item: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((item[key] for key in keys if isinstance(item.get(key), str)), None)


def _role(item: dict[str, Any]) -> Role | None:
    """The first of the turn's labels that names a role: `role` before `speaker`."""
    labels = [item[key] for key in ("role", *_SPEAKERS) if isinstance(item.get(key), str)]
    roles = [role_of(label) for label in labels]
    return next((role for role in roles if role is not Role.UNKNOWN), None)


def _relation(item: dict[str, Any], role: Role | None) -> Relation | None:
    """Of a companion the first relation that `relation` or one of the turn's labels names."""
    if role is not Role.COMPANION:
        return None
    labels = [
        item[key] for key in ("relation", "role", *_SPEAKERS) if isinstance(item.get(key), str)
    ]
    return next((relation for label in labels if (relation := relation_of(label))), None)


def _span(item: dict[str, Any]) -> TimeSpan | None:
    """`span` or `start`/`end`, in seconds; None where times are missing or make no sense."""
    held = item.get("span")
    times = held if isinstance(held, dict) else item
    try:
        return TimeSpan(start=times["start"], end=times["end"])
    except (KeyError, ValidationError):
        return None


def _words(item: dict[str, Any]) -> tuple[Word, ...]:
    """Word times as MedScribe writes them; () where the file has others or none."""
    try:
        return _WORDS.validate_python(item.get("words", ()))
    except ValidationError:
        return ()


def _wrong_shape() -> TranscriptError:
    return TranscriptError(
        "The JSON is no transcript: it must be a list of turns, each with a speaker and a text."
    )
