"""The house rules that a machine can hold: floors, names, sizes, docs, no work at import."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from medscribe import bootstrap
from medscribe.cli.app import app
from medscribe.plugin import engine_names, load_engine
from medscribe.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "medscribe"
MODULES = sorted(SOURCE.rglob("*.py"))
ENGINES = [
    (package, name) for package in bootstrap.ENGINE_PACKAGES for name in engine_names(package)
]
DOCS = "\n".join(page.read_text("utf-8") for page in sorted((ROOT / "docs").rglob("*.md")))
README = (ROOT / "README.md").read_text("utf-8")


def test_every_floor_imports_only_lower_floors() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "importlinter.cli", "lint"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_documented_and_named_for_one_thing(module: Path) -> None:
    text = module.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what goes in and what comes out"
    assert len(text.splitlines()) < 300
    assert module.stem not in {"utils", "helpers", "common", "core", "misc", "base", "manager"}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, node.name


def test_importing_medscribe_loads_no_heavy_library() -> None:
    program = (
        "import sys, pkgutil, importlib, medscribe\n"
        "for found in pkgutil.walk_packages(medscribe.__path__, 'medscribe.'):\n"
        "    if not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
        "heavy = ['torch', 'faster_whisper', 'ctranslate2', 'pocketsphinx', 'onnxruntime', 'av',\n"
        "         'sklearn', 'huggingface_hub', 'spacy', 'presidio_analyzer', 'tldextract']\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(("package", "name"), ENGINES)
def test_every_engine_offers_the_same_things_and_is_documented(package: str, name: str) -> None:
    module = load_engine(package, name)
    assert module.SUMMARY
    assert isinstance(module.REQUIRES, tuple)
    assert module.EXTRA is None or f"{module.EXTRA} = [" in (ROOT / "pyproject.toml").read_text()
    assert bool(module.REQUIRES) == (module.EXTRA is not None)
    assert module.Options.model_config["extra"] == "forbid"
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize(
    ("package", "name"),
    [
        one
        for one in ENGINES
        if one[0] in (bootstrap.TRANSCRIBERS, bootstrap.DIARIZERS, bootstrap.DETECTORS)
    ],
)
def test_every_recogniser_diarizer_and_detector_has_a_page_with_all_its_options(
    package: str, name: str
) -> None:
    module = load_engine(package, name)
    page = (ROOT / "docs" / "engines" / f"{name}.md").read_text("utf-8")
    for part in ("Install", "Hardware", "Accuracy", "Limits", "Licence"):
        assert f"**{part}" in page
    rows = re.findall(r"^\| `(\w+)` \|", page.partition("**Options**")[2], re.MULTILINE)
    assert set(rows) == set(module.Options.model_fields)
    assert module.EXTRA is None or f"'medscribe[{module.EXTRA}]'" in page


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert "://" in target or (page.parent / target).exists(), (page.name, target)


def test_every_setting_is_documented_with_its_reason() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`{name}`" in page
        assert field.description
        assert field.description in " ".join(page.split())


def _commands() -> Iterator[str]:
    for command in app.registered_commands:
        assert command.callback is not None
        yield (command.name or command.callback.__name__).replace("_", "-")
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            assert command.callback is not None
            yield f"{group.name} {command.name or command.callback.__name__.replace('_', '-')}"


@pytest.mark.parametrize("command", list(_commands()))
def test_every_command_is_documented(command: str) -> None:
    assert f"medscribe {command}" in DOCS + README


def test_no_committed_file_names_a_path_of_a_machine_or_a_registry_host() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    wrong = re.compile(rb"/(?:work|farm|root)/|pypi\.org|files\.pythonhosted|registry\.npmjs")
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and path != Path(__file__).resolve():
            assert not wrong.search(path.read_bytes()), name
