"""Note and safety take masked speech only: the type checker refuses anything else."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "medscribe"
BEHIND_THE_BORDER = sorted(
    module for room in ("note", "safety") for module in (SOURCE / room).rglob("*.py")
)


@pytest.mark.parametrize("module", BEHIND_THE_BORDER, ids=lambda path: path.stem)
def test_no_module_behind_the_border_knows_unmasked_speech(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            assert not names & {"Utterance", "VaultEntry", "EncounterResults"}


def test_handing_an_utterance_to_the_writer_is_a_type_error(tmp_path: Path) -> None:
    program = tmp_path / "leak.py"
    program.write_text(
        "from medscribe.domain.transcript import Utterance\n"
        "from medscribe.note.template import load_template\n"
        "from medscribe.note.writer import NoteWriter\n"
        "def leak(writer: NoteWriter, said: list[Utterance]) -> None:\n"
        "    writer.write(said, load_template('soap'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Argument 1 to "write"' in done.stdout
    assert "MaskedUtterance" in done.stdout
