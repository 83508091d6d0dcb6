"""A letter -> a Word document (DOCX) as bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from medscribe.errors import MissingDependencyError
from medscribe.export.letter import (
    DRAFT,
    ORDER_HEADINGS,
    Letter,
    Warned,
    running_line,
    takes_away,
)
from medscribe.export.outline import Group, Point
from medscribe.export.printable import without_controls

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_INK = "1F3A4D"
_RED = "A61C1C"
_GREY = "5F6B73"
_SHADES = {True: "FBE9E9", False: "FFF6DF"}
"""Of a warning's cell: hard, advisory."""

_COLUMNS_CM = (3.2, 4.2, 6.4, 3.2)
_MARGIN_CM = 2.0


def letter_to_docx(letter: Letter, *, created_at: datetime) -> bytes:
    """The letter as a Word document on A4.

    Its properties say "MedScribe" and "Clinical note" and nothing of the patient. Raises
    `MissingDependencyError` where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingDependencyError(
            "Word export needs python-docx: install it with  pip install 'medscribe[export]'"
        ) from None
    document = docx.Document()
    _set_page(document, letter, created_at)
    _add_head(document, letter)
    _add_warnings(document, letter.warnings)
    for section in letter.sections:
        _add_heading(document, section.title)
        for group in section.groups:
            _add_group(document, group)
    if letter.allergies:
        _add_heading(document, "ALLERGIES (AS STATED)")
        _add_list(document, letter.allergies)
    if letter.orders:
        _add_heading(document, "MEDICATION ORDERS (PROPOSED)")
        _add_orders(document, letter.orders)
    if letter.proposals:
        _add_heading(document, "PROPOSED CHANGES")
        _add_list(document, letter.proposals)
    if letter.references:
        _add_heading(document, "EVIDENCE")
        _add_references(document, letter.references)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Document, letter: Letter, created_at: datetime) -> None:
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(_MARGIN_CM)
    page.top_margin = page.bottom_margin = Cm(_MARGIN_CM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    for style in ("List Bullet", "List Bullet 2"):
        document.styles[style].paragraph_format.space_after = Pt(2)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "MedScribe"
    properties.title, properties.comments = "Clinical note", ""
    properties.created = properties.modified = created_at.replace(microsecond=0)
    _add_footer(page, letter)


def _add_footer(page: Section, letter: Letter) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    colour = _RED if letter.draft else _GREY
    _run(page.footer.paragraphs[0], running_line(letter), bold=letter.draft, colour=colour, size=8)
    _run(page.footer.add_paragraph(), letter.footer, colour=_GREY, size=8)
    line = page.footer.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(line, "Page ", colour=_GREY, size=8)
    for field, after in (("PAGE", " of "), ("NUMPAGES", "")):
        _add_field(line, field)
        _run(line, after, colour=_GREY, size=8)


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word counts itself, such as the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text, look = OxmlElement("w:r"), OxmlElement("w:t"), OxmlElement("w:rPr")
    for name, value in (("w:color", _GREY), ("w:sz", "16")):  # half points
        mark = OxmlElement(name)
        mark.set(qn("w:val"), value)
        look.append(mark)
    text.text = "1"
    run.extend([look, text])
    field.append(run)
    paragraph._p.append(field)


def _add_head(document: Document, letter: Letter) -> None:
    title = document.add_paragraph()
    _run(title, letter.title, bold=True, size=18, colour=_INK)
    _run(document.add_paragraph(), letter.subtitle, size=9, colour=_GREY)
    if letter.draft:
        _run(document.add_paragraph(), DRAFT, bold=True, colour=_RED)


def _add_warnings(document: Document, warnings: Sequence[Warned]) -> None:
    if not warnings:
        return
    box = document.add_table(rows=0, cols=1, style="Table Grid")
    for warned in warnings:
        cell = box.add_row().cells[0]
        _shade(cell, _SHADES[warned.hard])
        colour = _RED if warned.hard else None
        _run(cell.paragraphs[0], warned.text, bold=warned.hard, colour=colour)
    document.add_paragraph()


def _add_heading(document: Document, text: str) -> None:
    from docx.shared import Pt, RGBColor

    heading = document.add_heading(level=2)
    _run(heading, text, bold=True, size=11.5, colour=_INK)
    heading.paragraph_format.space_before = Pt(10)
    heading.paragraph_format.space_after = Pt(3)
    heading.style.font.color.rgb = RGBColor.from_string(_INK)


def _add_group(document: Document, group: Group) -> None:
    bullets = "List Bullet"
    if group.number is not None:
        head = document.add_paragraph()
        head.paragraph_format.keep_with_next = bool(group.points)
        _run(head, f"{group.number}. ", bold=True)
        if group.head:
            _add_point(head, group.head, bold=True)
        else:
            _run(head, group.name, bold=True)
        bullets = "List Bullet 2"
    for point in group.points:
        _add_point(document.add_paragraph(style=bullets), point)


def _add_point(paragraph: Paragraph, point: Point, *, bold: bool = False) -> None:
    _run(paragraph, point.statement.text, bold=bold)
    if point.unsupported:
        _run(paragraph, " (unsupported)", bold=True, colour=_RED)
    if point.marks:
        marks = _run(paragraph, " " + "".join(f"[{mark}]" for mark in point.marks), colour=_GREY)
        marks.font.superscript = True


def _add_list(document: Document, lines: Sequence[str]) -> None:
    for line in lines:
        _run(document.add_paragraph(style="List Bullet"), line)


def _add_orders(document: Document, rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(ORDER_HEADINGS), style="Table Grid")
    table.autofit = False
    _repeat_on_every_page(table.rows[0])
    for cell, heading in zip(table.rows[0].cells, ORDER_HEADINGS, strict=True):
        _shade(cell, "E8EEF2")
        _run(cell.paragraphs[0], heading, bold=True, size=9.5)
    for row in rows:
        added = table.add_row()
        _keep_on_one_page(added)
        for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            colour = _RED if column == 0 and takes_away(row) else None
            _run(cell.paragraphs[0], text, bold=column < 2, size=9.5, colour=colour)
    for row in table.rows:
        for cell, width in zip(row.cells, _COLUMNS_CM, strict=True):
            cell.width = Cm(width)


def _repeat_on_every_page(row: _Row) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_on_one_page(row: _Row) -> None:
    """A dose must not stand on another page than its medicine."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_references(document: Document, references: Sequence[str]) -> None:
    """Numbers as text: they are those of the marks, whatever a word processor counts."""
    from docx.shared import Cm, Pt

    for number, reference in enumerate(references, start=1):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.8)
        line.paragraph_format.first_line_indent = Cm(-0.8)
        line.paragraph_format.space_after = Pt(1)
        _run(line, f"[{number}] {reference}", size=8.5, colour=_GREY)


def _run(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    colour: str | None = None,
) -> Run:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(without_controls(text))
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _shade(cell: _Cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
