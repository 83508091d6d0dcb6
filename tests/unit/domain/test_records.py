"""Every record is frozen, strict about unknown fields and survives JSON."""

import importlib
import pkgutil
import types
import typing
from datetime import UTC, datetime
from enum import Enum

import pytest
from pydantic import ValidationError

import medscribe.domain
from medscribe.domain.encounter import EncounterStatus, Stage, status_before
from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan, TimeSpan

for _found in pkgutil.iter_modules(medscribe.domain.__path__, "medscribe.domain."):
    importlib.import_module(_found.name)

RECORDS = sorted(
    (kind for kind in Record.__subclasses__() if kind.__module__.startswith("medscribe.domain")),
    key=lambda kind: kind.__name__,
)
PLAIN: dict[object, object] = {
    str: "a “quote”, a\nline and é",
    int: 1,
    float: 0.1 + 0.2,
    bool: True,
    datetime: datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
}


def example(kind: object) -> object:
    """A value of an annotation with every field filled."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return example(arguments[0])
    if origin is tuple:
        return (example(arguments[0]),) * 2
    if origin is typing.Literal:
        return arguments[0]
    if origin is typing.Annotated:
        return example(arguments[0])
    if origin is dict:
        return {example(arguments[0]): example(arguments[1])}
    if isinstance(kind, type) and issubclass(kind, Record):
        fields = {name: example(field.annotation) for name, field in kind.model_fields.items()}
        return kind.model_validate(fields)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    return PLAIN[kind]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_record_survives_json_and_cannot_change(kind: type[Record]) -> None:
    value = example(kind)
    assert isinstance(value, kind)

    assert kind.model_validate_json(value.model_dump_json()) == value
    field = next(iter(kind.model_fields))
    with pytest.raises(ValidationError):
        setattr(value, field, getattr(value, field))
    with pytest.raises(ValidationError):
        kind.model_validate(value.model_dump() | {"no_such_field": 1})


@pytest.mark.parametrize("kind", [TimeSpan, TextSpan])
def test_a_span_that_ends_before_it_starts_is_refused(kind: type[Record]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate({"start": 2, "end": 1})


def test_stages_follow_each_other_to_the_end() -> None:
    stage: Stage | None = Stage.DETECT_SPEECH
    passed = []
    while stage is not None:
        passed.append(stage)
        stage = stage.following
    assert passed == list(Stage)
    assert status_before(None) is EncounterStatus.READY_FOR_REVIEW
