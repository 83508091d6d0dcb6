"""Without the extra `export` the error names what to install."""

import sys
from collections.abc import Callable

import pytest
from tests.unit.export.example import AT, CODES, RESULTS

from medscribe.errors import MissingDependencyError
from medscribe.export.fhir.bundle import bundle_of
from medscribe.export.letter import letter_of
from medscribe.export.pdf import letter_to_pdf
from medscribe.export.word import letter_to_docx

LETTER = letter_of(RESULTS, title="Note", created_at=AT, said=())


def bundle() -> object:
    return bundle_of(RESULTS, encounter_id="e1", created_at=AT, title="Note", codes=CODES)


@pytest.mark.parametrize(
    ("library", "made"),
    [
        ("fhir.resources.R4B.bundle", bundle),
        ("docx", lambda: letter_to_docx(LETTER, created_at=AT)),
        ("fpdf", lambda: letter_to_pdf(LETTER, created_at=AT)),
    ],
    ids=["fhir", "docx", "pdf"],
)
def test_a_missing_library_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, library: str, made: Callable[[], object]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingDependencyError, match=r"medscribe\[export\]"):
        made()
