"""A note as it is printed, as Word and as PDF: both are opened again and read."""

import io
import zipfile
from collections.abc import Callable

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.export.example import AT, COUGH, HEARD, NOTE, PLAN, RESULTS

from medscribe.domain.note import Author, Statement, StatementStatus
from medscribe.domain.results import EncounterResults
from medscribe.errors import StoreError
from medscribe.export.letter import Letter, letter_of
from medscribe.export.pdf import letter_to_pdf
from medscribe.export.word import letter_to_docx

NAME = "Łucja Novák-Çelik"


def letter(results: EncounterResults = RESULTS, **given: bool) -> Letter:
    return letter_of(
        results, title="SOAP note", created_at=AT, said=(COUGH, PLAN), patient_name=NAME, **given
    )


def pdf_text(made: Letter) -> str:
    document = pypdfium2.PdfDocument(letter_to_pdf(made, created_at=AT))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def docx_text(made: Letter) -> str:
    document = docx.Document(io.BytesIO(letter_to_docx(made, created_at=AT)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [" ".join(cell.text for cell in row.cells) for row in table.rows]
    lines += [line.text for line in document.sections[0].footer.paragraphs]
    return " ".join(" ".join(lines).split())


both = pytest.mark.parametrize("text_of", [pdf_text, docx_text], ids=["pdf", "docx"])
TextOf = Callable[[Letter], str]


@both
def test_the_note_is_there_with_problems_orders_allergies_and_evidence(text_of: TextOf) -> None:
    text = text_of(letter())

    assert NAME in text
    assert "Cough & fever > 38 °C for <NAME_1>. [1]" in text
    assert "1. Asthma [1]" in text
    assert "2. Cough" in text
    assert text.index("Prednisone taper.") < text.index("Chest x-ray.") < text.index("2. Cough")
    assert "START prednisone 40 mg, once a day, for 3 days; then 20 mg" in text
    assert "FAMILY: MENTION insulin" in text
    assert "penicillin: hives" in text
    assert "[1] u1 01:15 PATIENT: “a cough & a fever of > 38”" in text
    assert "extractive 1 (extractive.npz, soap 1); prescription_rules 1" in text
    assert "EXAM" not in text


@both
def test_what_a_reader_must_know_stands_on_top(text_of: TextOf) -> None:
    text = text_of(letter())

    assert "DRAFT" in text
    assert "HARD: Prednisone 40 mg is off." in text
    assert "this note has not caught up" in text
    assert "Instead of “Fluids.”: Rest." in text


@both
def test_a_signed_note_is_no_draft_and_evidence_may_be_left_out(text_of: TextOf) -> None:
    text = text_of(letter(signed=True, evidence=False))

    assert "DRAFT" not in text
    assert "EVIDENCE" not in text


@both
def test_an_unsupported_sentence_is_marked(text_of: TextOf) -> None:
    odd = Statement(
        id="s1",
        text="He flies.",
        evidence=(),
        author=Author.MODEL,
        status=StatementStatus.UNSUPPORTED,
    )
    section = NOTE.sections[0].model_copy(update={"statements": (odd,)})
    note = NOTE.model_copy(update={"sections": (section,), "proposals": ()})

    assert "He flies. (unsupported)" in text_of(letter(RESULTS.model_copy(update={"note": note})))


def long_letter() -> Letter:
    """Three pages; a sentence runs over the foot of the first."""
    many = tuple(
        Statement(id=f"n{at}", text=f"Line {at}.", evidence=(HEARD,), author=Author.COMPOSER)
        for at in range(90)
    )
    section = NOTE.sections[0].model_copy(update={"statements": many})
    note = NOTE.model_copy(update={"sections": (section,)})
    return letter(RESULTS.model_copy(update={"note": note}))


def test_every_page_says_draft_and_whose_it_is() -> None:
    pdf = pypdfium2.PdfDocument(letter_to_pdf(long_letter(), created_at=AT))
    word = docx.Document(io.BytesIO(letter_to_docx(long_letter(), created_at=AT)))

    feet = [page.get_textpage().get_text_bounded(bottom=0, top=60) for page in pdf]
    feet.append(word.sections[0].footer.paragraphs[0].text)

    assert len(feet) == 4
    assert all("DRAFT" in foot and NAME in foot for foot in feet)


def test_a_footer_stays_at_the_edge_where_a_page_ends_inside_a_sentence() -> None:
    words = NOTE.sections[0].statements[0].model_copy(update={"text": "word " * 2000})
    section = NOTE.sections[0].model_copy(update={"statements": (words,)})
    note = NOTE.model_copy(update={"sections": (section,)})
    made = letter(RESULTS.model_copy(update={"note": note}))

    pages = [
        page.get_textpage() for page in pypdfium2.PdfDocument(letter_to_pdf(made, created_at=AT))
    ]
    texts = [page.get_text_range() for page in pages]
    lefts = {
        round(page.get_charbox(text.rindex("DRAFT –"))[0])
        for page, text in zip(pages, texts, strict=True)
    }

    assert len(pages) > 2
    assert len(lefts) == 1


@both
def test_an_order_longer_than_a_page_is_told_to_its_end(text_of: TextOf) -> None:
    assert RESULTS.prescription is not None
    (first, *_) = RESULTS.prescription.orders
    long = first.model_copy(update={"indication": "pain " * 1500 + "and gout"})
    prescription = RESULTS.prescription.model_copy(update={"orders": (long,)})

    text = text_of(letter(RESULTS.model_copy(update={"prescription": prescription})))

    assert "and gout" in text


def test_a_stop_is_red() -> None:
    document = docx.Document(io.BytesIO(letter_to_docx(letter(), created_at=AT)))
    rows = document.tables[1].rows[1:]
    reds = [row.cells[0].text for row in rows if row.cells[0].paragraphs[0].runs[0].font.color.rgb]

    assert reds == ["STOP"]


def test_the_pdf_counts_its_pages() -> None:
    text = pdf_text(long_letter())

    assert "Page 1 of 3" in text
    assert "Page 3 of 3" in text


def test_word_counts_the_pages_itself() -> None:
    document = docx.Document(io.BytesIO(letter_to_docx(letter(), created_at=AT)))
    footer = document.sections[0].footer._element.xml

    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_letters_that_the_font_lacks_are_shown_by_their_code() -> None:
    statement = (
        NOTE.sections[0]
        .statements[0]
        .model_copy(update={"text": "王 took 5 µg, ≥ 2 × a day; Ａ, αβγ, Ж."})
    )
    section = NOTE.sections[0].model_copy(update={"statements": (statement,)})
    note = NOTE.model_copy(update={"sections": (section,)})

    text = pdf_text(letter(RESULTS.model_copy(update={"note": note})))

    assert "[U+738B] took 5 µg, ≥ 2 × a day; A, αβγ, Ж." in text


def test_the_same_letter_gives_the_same_pdf() -> None:
    assert letter_to_pdf(letter(), created_at=AT) == letter_to_pdf(letter(), created_at=AT)


def test_document_properties_say_nothing_of_the_patient() -> None:
    pdf = pypdfium2.PdfDocument(letter_to_pdf(letter(), created_at=AT))
    properties = docx.Document(io.BytesIO(letter_to_docx(letter(), created_at=AT))).core_properties

    metadata = pdf.get_metadata_dict(skip_empty=True)
    assert (metadata["Title"], metadata["Author"]) == ("Clinical note", "MedScribe")
    assert (properties.title, properties.author) == ("Clinical note", "MedScribe")
    with zipfile.ZipFile(io.BytesIO(letter_to_docx(letter(), created_at=AT))) as parts:
        telling = [name for name in parts.namelist() if NAME.encode() in parts.read(name)]
    assert telling == ["word/document.xml", "word/footer1.xml"]


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(alphabet=st.characters(), max_size=300))
def test_no_text_stops_a_document(short: str, long: str) -> None:
    statements = (
        Statement(id="a", text=short, evidence=(), author=Author.MODEL),
        Statement(id="b", text=long, evidence=(), author=Author.MODEL, problem="a"),
        Statement(id="c", text="W" * 300, evidence=(), author=Author.MODEL, problem="a"),
    )
    section = NOTE.sections[0].model_copy(update={"statements": statements})
    note = NOTE.model_copy(update={"sections": (section,), "proposals": ()})
    made = letter(EncounterResults(note=note))

    assert letter_to_pdf(made, created_at=AT).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(letter_to_docx(made, created_at=AT))).paragraphs


def test_without_a_note_there_is_no_letter() -> None:
    with pytest.raises(StoreError, match="no note yet"):
        letter(EncounterResults())
