"""`medscribe export`: one document of a kept visit."""

import io
import json
import os
import stat
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.cli.conftest import Run

VISIT = """\
S1: Good morning. I'm Dr. Alvarez. What brings you in today?
S2: I have had a cough for two weeks.
S1: Any fever or chest pain?
S2: No fever. No chest pain.
S1: Your lungs are clear, Mr. Zebulon. Mr. Zebulon, we will start benzonatate 100 mg three times \
a day for ten days.
S2: Thank you, doctor.
"""


@pytest.fixture
def visit(run: Run, tmp_path: Path) -> str:
    """The id of a kept encounter."""
    (tmp_path / "visit.txt").write_text(VISIT)
    done = run("scribe", "--transcript", tmp_path / "visit.txt", "--out", tmp_path / "o", "--keep")
    assert done.code == 0, done.err
    return done.out.strip().rsplit(" ", 1)[-1]


def exported(run: Run, visit: str, path: Path, form: str, *options: str) -> bytes:
    done = run("export", visit, "--format", form, "--out", path, *options)
    assert done.code == 0, done.err
    return path.read_bytes()


def text_of(form: str, content: bytes) -> str:
    if form == "docx":
        document = docx.Document(io.BytesIO(content))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    if form == "pdf":
        pages = list(pypdfium2.PdfDocument(content))
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return content.decode()


@pytest.mark.parametrize("form", ["fhir", "docx", "pdf", "markdown", "json"])
def test_every_format_is_written_masked_and_shows_names_only_when_asked(
    run: Run, visit: str, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "documents" / "visit"
    masked = text_of(form, exported(run, visit, path, form))
    revealed = text_of(form, exported(run, visit, path, form, "--reveal"))

    assert "Zebulon" not in masked
    assert "benzonatate" in masked
    assert "Zebulon" in revealed
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["visit"]


def test_a_fhir_document_has_the_order_as_a_proposal(run: Run, visit: str, tmp_path: Path) -> None:
    bundle = json.loads(exported(run, visit, tmp_path / "b.json", "fhir"))
    resources = [entry["resource"] for entry in bundle["entry"]]

    assert resources[0]["section"][0]["code"]["coding"][0]["system"] == "http://loinc.org"
    (request,) = [one for one in resources if one["resourceType"] == "MedicationRequest"]
    assert request["intent"] == "proposal"
    assert request["dosageInstruction"][0]["timing"]["repeat"]["frequency"] == 3


def test_the_patients_name_is_shown_with_the_chart_only(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Ann Quillfeather\n"))
    run("encounters", "speakers", visit, "--name", "S2")

    for form in ("fhir", "pdf"):
        assert "Quillfeather" not in text_of(form, exported(run, visit, tmp_path / "m", form))
        shown = exported(run, visit, tmp_path / "r", form, "--reveal")
        assert "Ann Quillfeather" in text_of(form, shown)


def test_surrogates_stand_in_for_names(run: Run, visit: str, tmp_path: Path) -> None:
    page = exported(run, visit, tmp_path / "n.md", "markdown", "--surrogates").decode()

    assert "Zebulon" not in page
    assert "<NAME" not in page


def test_evidence_may_be_left_out(run: Run, visit: str, tmp_path: Path) -> None:
    with_it = text_of("pdf", exported(run, visit, tmp_path / "n.pdf", "pdf"))
    without = text_of("pdf", exported(run, visit, tmp_path / "n.pdf", "pdf", "--no-evidence"))

    assert "EVIDENCE" in with_it
    assert "EVIDENCE" not in without


@pytest.mark.parametrize(
    "options", [("--reveal", "--surrogates"), ("--patient", "p7")], ids=" ".join
)
def test_what_cannot_be_meant_is_refused(
    run: Run, visit: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = run("export", visit, "--format", "fhir", "--out", tmp_path / "x", *options)

    assert done.code == 3
    assert not (tmp_path / "x").exists()


def test_a_folder_as_out_is_refused(run: Run, visit: str, tmp_path: Path) -> None:
    assert run("export", visit, "--format", "pdf", "--out", tmp_path).code == 3


def test_a_visit_is_had_although_its_template_is_gone_and_is_not_drafted_anew(
    run: Run, tmp_path: Path
) -> None:
    own = tmp_path / "data" / "templates" / "knee_clinic.toml"
    own.parent.mkdir(parents=True)
    own.write_text(run("templates", "show", "soap").out.replace('"soap"', '"knee_clinic"'))
    (tmp_path / "visit.txt").write_text(VISIT)
    arguments = ["--transcript", tmp_path / "visit.txt", "--template", "knee_clinic", "--keep"]
    visit = run("scribe", *arguments).out.strip().rsplit(" ", 1)[-1]
    own.unlink()

    refused = run("encounters", "redraft", visit)
    folder = run("encounters", "export", visit, "--out", tmp_path / "files")

    assert "There is no template knee_clinic" in refused.err
    assert folder.code == 0, folder.err
    for form in ("fhir", "docx", "pdf", "markdown", "json"):
        assert exported(run, visit, tmp_path / form, form)
    assert "Knee clinic" in (tmp_path / "markdown").read_text()
