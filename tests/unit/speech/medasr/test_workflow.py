"""The workflow that starts the MedASR server: its triggers, and where the token goes."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

FILE = Path(__file__).resolve().parents[4] / ".github" / "workflows" / "medasr.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    loaded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return list(workflow["jobs"]["serve"]["steps"])


def test_it_starts_by_hand_and_from_outside(workflow: dict[Any, Any]) -> None:
    # YAML 1.1 reads the key `on` as true.
    triggers = workflow[True]
    assert set(triggers) == {"workflow_dispatch", "repository_dispatch"}
    assert triggers["repository_dispatch"]["types"] == ["restart-medasr"]
    assert "minutes" in triggers["workflow_dispatch"]["inputs"]
    assert workflow["jobs"]["serve"]["timeout-minutes"] == 330


def test_the_token_reaches_two_steps_only_and_no_command_line(workflow: dict[Any, Any]) -> None:
    with_token = [step["name"] for step in steps(workflow) if "HF_TOKEN" in step.get("env", {})]
    assert with_token == ["Check that there is a token", "Fetch the weights"]
    assert all("secrets." not in step.get("run", "") for step in steps(workflow))
    assert all("${{" not in step.get("run", "") for step in steps(workflow))


@pytest.mark.parametrize("number", range(8))
def test_the_commands_of_every_step_are_bash(workflow: dict[Any, Any], number: int) -> None:
    found = steps(workflow)
    assert len(found) == 8
    command = found[number].get("run", ":")
    checked = subprocess.run(["bash", "-n"], input=command, text=True, capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, "")
