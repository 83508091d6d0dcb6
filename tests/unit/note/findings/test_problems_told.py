"""What a talk says of problems -> the record: every case of `cases/*.toml`."""

import tomllib
from pathlib import Path

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.findings import Laterality, Problem, ProblemKind, Temporality
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.note.findings.extract import extract_findings

CASES = [
    pytest.param(case["talk"], tuple(case["says"]), id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text())["cases"], start=1)
]


def told(problem: Problem) -> set[str]:
    """What is said of a problem beyond its name, in the words of the cases."""
    assertion = problem.assertion
    values = {
        assertion.certainty.value: assertion.certainty is not Certainty.CONFIRMED,
        assertion.temporality.value: assertion.temporality is not Temporality.CURRENT,
        assertion.experiencer.value: assertion.experiencer is not Experiencer.PATIENT,
        "negated": assertion.negated,
        "finding": problem.kind is ProblemKind.FINDING,
        "left": problem.laterality is Laterality.LEFT,
        "right": problem.laterality is Laterality.RIGHT,
        "bilateral": problem.laterality is Laterality.BILATERAL,
    }
    return {name for name, holds in values.items() if holds}


def _matches(expected: str, problems: tuple[Problem, ...]) -> bool:
    name, _, rest = expected.partition(" | ")
    rest, _, onset = rest.partition("onset=")
    wanted = set(rest.split())
    relative = next((w.split("=")[1] for w in wanted if w.startswith("relative=")), None)
    addressed = "addressed" in wanted
    plain = {w for w in wanted if "=" not in w and w != "addressed"}
    return any(
        problem.name == name
        and told(problem) == plain
        and problem.relative == relative
        and (not onset or problem.onset == onset)
        and (not addressed or problem.addressed)
        for problem in problems
    )


@pytest.mark.parametrize(("script", "says"), CASES)
def test_the_record_says_what_the_talk_says(script: str, says: tuple[str, ...]) -> None:
    problems = extract_findings(talk(script)).problems
    names = [problem.name for problem in problems]
    for expected in says:
        if expected.startswith("no "):
            assert expected.removeprefix("no ") not in names
        else:
            found = [(p.name, sorted(told(p)), p.relative, p.onset, p.addressed) for p in problems]
            assert _matches(expected, problems), (expected, found)


def test_there_are_enough_cases_to_mean_something() -> None:
    assert sum(len(case.values[1]) for case in CASES) >= 120
