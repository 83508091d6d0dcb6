"""Note, safety, language models and flywheel take masked speech only: the types hold it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "medscribe"
ROOMS = ("note", "safety", "llm", "flywheel")
BEHIND_THE_BORDER = sorted(module for room in ROOMS for module in (SOURCE / room).rglob("*.py"))
UNMASKED = {"Utterance", "VaultEntry", "PiiDecision", "SpeakerCorrection", "EncounterResults"}
UNMASKED |= {"Word", "Segment", "Transcription"}
OPENS_THE_VAULT = {"reveal", "chart_view"}
MAY_OPEN_THE_VAULT = {
    "privacy/mask.py",
    "pipeline/chart.py",
    "evaluation/notes.py",  # compares with reference notes, which have names
    "api/jobs/result.py",
    "cli/documents.py",
    "cli/evidence.py",
    "cli/files.py",
    "cli/live_session.py",
}

LEAKS = {
    "the note writer": (
        "from medscribe.note.writer import NoteWriter\n"
        "from medscribe.note.template import load_template\n"
        "def leak(writer: NoteWriter, said: list[Utterance]) -> None:\n"
        "    writer.write(said, load_template('soap'))\n"
    ),
    "the prescription": (
        "from datetime import UTC, datetime\n"
        "from medscribe.note.prescription import extract_prescription\n"
        "def leak(said: list[Utterance]) -> None:\n"
        "    extract_prescription(said, created_at=datetime.now(UTC))\n"
    ),
    "a safety check": (
        "from medscribe.safety.check import Draft\n"
        "from medscribe.domain.note import Note\n"
        "from medscribe.domain.medication import Prescription\n"
        "def leak(said: tuple[Utterance, ...], note: Note, orders: Prescription) -> None:\n"
        "    Draft(utterances=said, note=note, prescription=orders)\n"
    ),
    "a prompt": (
        "from medscribe.llm.visit import visit_lines\n"
        "def leak(said: list[Utterance]) -> None:\n"
        "    visit_lines(said)\n"
    ),
    "the analysis": (
        "from medscribe.llm.model import LanguageModel\n"
        "from medscribe.pipeline.analyse import analyse\n"
        "def leak(said: list[Utterance], model: LanguageModel) -> None:\n"
        "    analyse(said, model)\n"
    ),
    "the role agent": (
        "from medscribe.dialogue.role_agent import ask_roles\n"
        "from medscribe.llm.model import LanguageModel\n"
        "def leak(said: list[Utterance], model: LanguageModel) -> None:\n"
        "    ask_roles(said, [], model)\n"
    ),
}


@pytest.mark.parametrize("module", BEHIND_THE_BORDER, ids=lambda path: path.stem)
def test_no_module_behind_the_border_knows_unmasked_speech(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    assert not _imported(tree) & UNMASKED
    # Nor by way of the module: `transcript.Utterance`.
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & UNMASKED


def test_the_vault_is_opened_in_few_places_only() -> None:
    opening = {
        str(module.relative_to(SOURCE).as_posix())
        for module in SOURCE.rglob("*.py")
        if _named(ast.parse(module.read_text("utf-8"))) & OPENS_THE_VAULT
    }
    assert opening == MAY_OPEN_THE_VAULT


def test_handing_an_utterance_over_the_border_is_a_type_error(tmp_path: Path) -> None:
    for number, program in enumerate(LEAKS.values()):
        heading = "from medscribe.domain.transcript import Utterance\n"
        (tmp_path / f"leak{number}.py").write_text(heading + program)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
        + [str(path) for path in sorted(tmp_path.glob("leak*.py"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    for number, border in enumerate(LEAKS):
        errors = [line for line in done.stdout.splitlines() if f"leak{number}.py" in line]
        assert any("MaskedUtterance" in line and "[arg-type]" in line for line in errors), border


def _imported(tree: ast.AST) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _named(tree: ast.AST) -> set[str]:
    """Functions defined or imported."""
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return defined | _imported(tree)
