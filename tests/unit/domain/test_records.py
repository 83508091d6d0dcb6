"""Every record is frozen, strict about unknown fields and survives JSON."""

import importlib
import pkgutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import medscribe.domain
from medscribe.domain.encounter import EncounterStatus, Stage, status_before
from medscribe.domain.event import Event
from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Word

for _found in pkgutil.iter_modules(medscribe.domain.__path__, "medscribe.domain."):
    importlib.import_module(_found.name)

RECORDS = sorted(
    (kind for kind in Record.__subclasses__() if kind.__module__.startswith("medscribe.domain")),
    key=lambda kind: kind.__name__,
)
SECONDS = st.floats(0, 1e5)

st.register_type_strategy(
    TimeSpan,
    st.tuples(SECONDS, SECONDS).map(lambda pair: TimeSpan(start=min(pair), end=max(pair))),
)
st.register_type_strategy(
    TextSpan,
    st.tuples(st.integers(0, 999), st.integers(0, 999)).map(
        lambda pair: TextSpan(start=min(pair), end=max(pair))
    ),
)
st.register_type_strategy(
    Word,
    st.builds(Word, text=st.text(), span=..., probability=st.none() | st.floats(0, 1)),
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(
    Event,
    st.builds(Event, facts=st.dictionaries(st.text(), st.text() | st.integers() | FINITE)),
)


def _values_of(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Values of a record; optional fields stay None, or a whole encounter would be drawn."""
    return st.from_type(kind) if kind in (TextSpan, TimeSpan, Word, Event) else st.builds(kind)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_record_survives_json_and_cannot_change(kind: type[Record]) -> None:
    @settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
    @given(_values_of(kind))
    def survives(value: Record) -> None:
        assert kind.model_validate_json(value.model_dump_json()) == value
        field = next(iter(kind.model_fields))
        with pytest.raises(ValidationError):
            setattr(value, field, getattr(value, field))
        with pytest.raises(ValidationError):
            kind.model_validate(value.model_dump() | {"no_such_field": 1})

    survives()


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
