"""How something was said to be so survives into FHIR: refuted, uncertain, past, a relative's."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.export.example import A1C, AT, problem

from medscribe.domain.findings import (
    Assertion,
    Laterality,
    Observation,
    Problem,
    ProblemKind,
    Temporality,
)
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.export.fhir.measurements import observation_line, observation_of
from medscribe.export.fhir.problems import problem_line, problem_of
from medscribe.export.fhir.visit import Visit

VISIT = Visit("v1", AT, {})
ASSERTIONS = st.builds(
    Assertion,
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
    temporality=st.sampled_from(Temporality),
    experiencer=st.sampled_from(Experiencer),
)


def gout(kind: ProblemKind = ProblemKind.DIAGNOSIS, **given: Any) -> Problem:
    return problem("q", "gout", kind, **given)


def codes(resource: dict[str, Any], field: str) -> list[str]:
    concepts = resource.get(field, [])
    listed = concepts if isinstance(concepts, list) else [concepts]
    return [one["code"] for concept in listed for one in concept.get("coding", ())]


@given(ASSERTIONS, st.sampled_from(ProblemKind), st.booleans())
def test_what_is_denied_is_neither_active_nor_a_diagnosis(
    said: Assertion, kind: ProblemKind, addressed: bool
) -> None:
    resource = problem_of(gout(kind, assertion=said, addressed=addressed), VISIT)

    if resource is None or not said.negated:
        return
    assert "condition" not in resource
    assert codes(resource, "clinicalStatus") == []
    assert codes(resource, "category") == []
    assert codes(resource, "verificationStatus") in ([], ["refuted"])


@given(ASSERTIONS)
def test_only_what_the_patient_has_is_a_condition(said: Assertion) -> None:
    resource = problem_of(gout(assertion=said), VISIT)
    feared = said.certainty is Certainty.HYPOTHETICAL or said.temporality is Temporality.FUTURE

    if said.experiencer is Experiencer.OTHER or feared:
        assert resource is None
    else:
        own = said.experiencer is Experiencer.PATIENT
        assert resource is not None
        assert resource["resourceType"] == ("Condition" if own else "FamilyMemberHistory")


def test_a_denial_that_is_not_sure_says_so() -> None:
    said = Assertion(negated=True, certainty=Certainty.POSSIBLE)
    resource = problem_of(gout(assertion=said), VISIT)

    assert resource is not None
    assert resource["note"] == [{"text": "Said as possible only."}]
    assert problem_line(gout(assertion=said)) == "possibly no gout"


def test_when_and_where_a_relative_had_it_is_kept() -> None:
    said = Assertion(experiencer=Experiencer.FAMILY, temporality=Temporality.PAST)
    made = gout(assertion=said, relative="aunt", onset="at 40", laterality=Laterality.LEFT)
    resource = problem_of(made, VISIT)

    assert resource is not None
    (had,) = resource["condition"]
    assert had["onsetString"] == "at 40"
    assert [note["text"] for note in had["note"]] == ["in the past", "left"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"assertion": Assertion(certainty=Certainty.POSSIBLE)}, "not certain"),
        ({"assertion": Assertion(temporality=Temporality.PAST)}, "past"),
        ({"text": "high"}, "high"),
    ],
)
def test_what_is_said_beside_a_number_is_told_with_it(changed: dict[str, Any], words: str) -> None:
    observation: Observation = A1C.model_copy(update=changed)
    resource = observation_of(observation, VISIT)

    assert resource is not None
    assert resource["note"]
    assert "8.1 %" in observation_line(observation)
    assert words in observation_line(observation)
