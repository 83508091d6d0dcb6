"""A letter -> a PDF document as bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, NamedTuple

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
from medscribe.export.printable import drawn

if TYPE_CHECKING:
    from fpdf import FPDF

_Colour = tuple[int, int, int]


class _Piece(NamedTuple):
    """Text of one style; `scale` of the size of what stands around it."""

    text: str
    style: str = ""
    colour: tuple[int, int, int] = (25, 25, 25)
    scale: float = 1.0


_FAMILY = "DejaVu"
_FONTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_WHITE: _Colour = (255, 255, 255)
_BLACK: _Colour = (25, 25, 25)
_INK: _Colour = (31, 58, 77)
_RED: _Colour = (166, 28, 28)
_GREY: _Colour = (95, 107, 115)
_SHADES: dict[bool, _Colour] = {True: (251, 233, 233), False: (255, 246, 223)}
"""Of a warning's box: hard, advisory."""

_MARGIN = 20.0
_LINE = 5.0
_COLUMNS = (19, 25, 36, 20)
"""Widths of the orders' table, in parts of a hundred."""

_MOST_IN_CELL = 400
"""Characters of a cell in the orders' table: in the narrowest column, half a page."""


def letter_to_pdf(letter: Letter, *, created_at: datetime) -> bytes:
    """The letter as PDF on A4, with page numbers; the same letter gives the same bytes.

    Its properties say "Clinical note" and nothing of the patient. What the font cannot show is
    marked, see `drawn`. Raises `MissingDependencyError` where fpdf2 is not installed.
    """
    try:
        import fpdf
    except ImportError:
        raise MissingDependencyError(
            "PDF export needs fpdf2: install it with  pip install 'medscribe[export]'"
        ) from None

    class Page(fpdf.FPDF):  # type: ignore[misc]
        def footer(self) -> None:
            _draw_footer(sheet, letter)

    sheet = _Sheet(Page(format="A4", unit="mm"))
    sheet.begin(created_at)
    _draw_head(sheet, letter)
    _draw_warnings(sheet, letter.warnings)
    for section in letter.sections:
        sheet.heading(section.title)
        for group in section.groups:
            _draw_group(sheet, group)
    if letter.allergies:
        sheet.heading("ALLERGIES (AS STATED)")
        _draw_list(sheet, letter.allergies)
    if letter.orders:
        sheet.heading("MEDICATION ORDERS (PROPOSED)", lines=9)
        _draw_orders(sheet, letter.orders)
    if letter.proposals:
        sheet.heading("PROPOSED CHANGES")
        _draw_list(sheet, letter.proposals)
    if letter.references:
        sheet.heading("EVIDENCE")
        for number, reference in enumerate(letter.references, start=1):
            sheet.item(f"[{number}]", [_Piece(reference, colour=_GREY)], indent=0, gap=9, size=8)
    return bytes(sheet.pdf.output())


class _Sheet:
    """The PDF while it is drawn: text in letters that the font has, and a few shapes of lines."""

    def __init__(self, pdf: FPDF) -> None:
        self.pdf = pdf

    def begin(self, created_at: datetime) -> None:
        at = created_at if created_at.tzinfo else created_at.replace(tzinfo=UTC)
        self.pdf.set_creation_date(at.astimezone(UTC))
        self.pdf.set_title("Clinical note")
        self.pdf.set_author("MedScribe")
        for style, name in _FONTS.items():
            with as_file(files("medscribe.export") / "fonts" / name) as path:
                self.pdf.add_font(_FAMILY, style, path)
        self.pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.pdf.set_auto_page_break(True, margin=_MARGIN)
        self.pdf.alias_nb_pages()
        self.use(10)
        self.pdf.add_page()

    def use(self, size: float, style: str = "", colour: _Colour = _BLACK) -> None:
        self.pdf.set_font(_FAMILY, style, size)
        self.pdf.set_text_color(*colour)

    def text(self, text: str) -> str:
        glyphs = self.pdf.current_font.cmap
        return drawn(text, lambda letter: ord(letter) in glyphs)

    def line(self, text: str, size: float, style: str, colour: _Colour, height: float) -> None:
        """Text over the whole width, broken where it must be."""
        self.use(size, style, colour)
        self.pdf.multi_cell(0, height, self.text(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def heading(self, text: str, lines: int = 4) -> None:
        """A heading, never alone at the foot of a page: with it fit so many `lines`."""
        if self.pdf.will_page_break(lines * _LINE):
            self.pdf.add_page()
        self.pdf.ln(3)
        self.line(text, 10.5, "B", _INK, 5.5)
        self.pdf.set_draw_color(*_INK)
        y = self.pdf.get_y()
        self.pdf.line(_MARGIN, y, self.pdf.w - _MARGIN, y)
        self.pdf.ln(1.5)

    def item(
        self,
        mark: str,
        pieces: Sequence[_Piece],
        *,
        indent: float,
        gap: float = 4.5,
        size: float = 10,
    ) -> None:
        """A mark with text beside it whose further lines are indented like the first."""
        height = _LINE * size / 10
        if self.pdf.will_page_break(2 * height):
            self.pdf.add_page()
        self.use(size, "B" if mark[:1].isdigit() else "", _BLACK)
        self.pdf.set_x(_MARGIN + indent)
        self.pdf.cell(gap, height, self.text(mark))
        self.pdf.set_left_margin(_MARGIN + indent + gap)
        for piece in pieces:
            self.use(size * piece.scale, piece.style, piece.colour)
            self.pdf.write(height, self.text(piece.text))
        self.pdf.set_left_margin(_MARGIN)
        self.pdf.ln(height + 0.6)


def _draw_footer(sheet: _Sheet, letter: Letter) -> None:
    """Two lines at the left edge, however far the text is indented where the page ends."""
    pdf = sheet.pdf
    width = pdf.w - 2 * _MARGIN
    sheet.use(7.5, "B" if letter.draft else "", _RED if letter.draft else _GREY)
    pdf.set_xy(_MARGIN, -16)
    pdf.cell(width, 4, _cut(sheet, running_line(letter), width))
    sheet.use(7.5, "", _GREY)
    pdf.set_xy(_MARGIN, -12)
    pdf.cell(width - 25, 4, _cut(sheet, letter.footer, width - 25))
    pdf.cell(25, 4, f"Page {pdf.page_no()} of {{nb}}", align="R")


def _cut(sheet: _Sheet, text: str, width: float) -> str:
    """The text as far as `width` mm has room for it."""
    shown = sheet.text(text)
    while sheet.pdf.get_string_width(shown) > width and len(shown) > 1:
        shown = shown.rstrip("…")[:-1] + "…"
    return shown


def _draw_head(sheet: _Sheet, letter: Letter) -> None:
    sheet.line(letter.title, 17, "B", _INK, 8)
    sheet.line(letter.subtitle, 9, "", _GREY, 5)
    if letter.draft:
        sheet.line(DRAFT, 10, "B", _RED, 6)
    sheet.pdf.ln(1)


def _draw_warnings(sheet: _Sheet, warnings: Sequence[Warned]) -> None:
    for warned in warnings:
        sheet.use(9.5, "B" if warned.hard else "", _RED if warned.hard else _BLACK)
        sheet.pdf.set_fill_color(*_SHADES[warned.hard])
        sheet.pdf.set_draw_color(*(_RED if warned.hard else _GREY))
        sheet.pdf.multi_cell(
            0,
            _LINE,
            sheet.text(warned.text),
            border=1,
            fill=True,
            align="L",
            padding=(1.2, 2.5),
            new_x="LMARGIN",
            new_y="NEXT",
        )
        sheet.pdf.ln(1)


def _draw_group(sheet: _Sheet, group: Group) -> None:
    if group.number is None:
        for point in group.points:
            sheet.item("•", _pieces(point), indent=1)
        return
    head = _pieces(group.head, "B") if group.head else [_Piece(group.name, "B")]
    sheet.item(f"{group.number}.", head, indent=1, gap=6.5)
    for point in group.points:
        sheet.item("•", _pieces(point), indent=7.5)


def _pieces(point: Point, style: str = "") -> list[_Piece]:
    pieces = [_Piece(point.statement.text, style)]
    if point.unsupported:
        pieces.append(_Piece(" (unsupported)", "B", _RED))
    if point.marks:
        marks = "".join(f"[{mark}]" for mark in point.marks)
        pieces.append(_Piece(f" {marks}", colour=_GREY, scale=0.8))
    return pieces


def _draw_list(sheet: _Sheet, lines: Sequence[str]) -> None:
    for line in lines:
        sheet.item("•", [_Piece(line)], indent=1)


def _draw_orders(sheet: _Sheet, rows: Sequence[Sequence[str]]) -> None:
    from fpdf.fonts import FontFace

    sheet.use(9)
    sheet.pdf.set_draw_color(*_GREY)
    # The warnings' colour would shade the cells.
    sheet.pdf.set_fill_color(*_WHITE)
    heading = FontFace(emphasis="BOLD", fill_color=(232, 238, 242), color=_BLACK)
    strong = FontFace(emphasis="BOLD")
    with sheet.pdf.table(
        col_widths=_COLUMNS,
        headings_style=heading,
        line_height=_LINE,
        padding=1.2,
        text_align="LEFT",
        borders_layout="ALL",
    ) as table:
        table.row([sheet.text(one) for one in ORDER_HEADINGS])
        for row in rows:
            first = FontFace(emphasis="BOLD", color=_RED) if takes_away(row) else strong
            for texts in _page_parts([sheet.text(text) for text in row]):
                cells = table.row()
                for text, style in zip(texts, (first, strong, None, None), strict=True):
                    cells.cell(text, style=style)
    sheet.pdf.ln(2)


def _page_parts(texts: Sequence[str]) -> Iterator[list[str]]:
    """A row in parts that each fit on a page: fpdf2 refuses a row that is higher than one."""
    for start in range(0, max(map(len, texts), default=0), _MOST_IN_CELL):
        yield [text[start : start + _MOST_IN_CELL] for text in texts]
