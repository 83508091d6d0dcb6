"""The note's outline and the structured items -> `Composition`, first resource of a document."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from medscribe.domain.note import Note
from medscribe.export.documents import STALE
from medscribe.export.fhir.elements import Json, clean, coding, listed, markup
from medscribe.export.fhir.items import Home
from medscribe.export.fhir.visit import Visit
from medscribe.export.outline import Group, Outline, Point, proposal_lines

LOINC = "http://loinc.org"

SectionCodes = Mapping[str, tuple[str, str]]
"""A section's key -> its LOINC code and its title, as its template has them."""


_ALERTS = Home("ALERTS")


@dataclass
class _Section:
    """A section while it is put together; `said`: XHTML of the note's own statements."""

    title: str
    loinc: str
    said: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    entries: list[Json] = field(default_factory=list)


@dataclass(frozen=True)
class Entered:
    """A resource in a section: its reference and its words."""

    reference: Json
    line: str
    home: Home


def composition_of(
    note: Note | None,
    outline: Outline,
    entered: Sequence[Entered],
    codes: SectionCodes,
    kind: tuple[str, str],
    title: str,
    visit: Visit,
) -> Json:
    """The document's head and its sections; status preliminary: nobody has signed it.

    `kind`: LOINC code and name of the type of document. What a section's structured entries say
    stands in its narrative too, so that a reader who sees only that misses nothing.
    """
    sections = [
        _Section(
            one.title, codes.get(one.key, ("", ""))[0], [_xhtml(group) for group in one.groups]
        )
        for one in outline.sections
    ]
    for item in entered:
        section = _home(sections, item.home)
        section.entered.append(item.line)
        section.entries.append(item.reference)
    sections += _about(note, outline, visit)
    loinc, name = kind
    return visit.resource(
        "Composition",
        "",
        identifier={
            "system": "urn:ietf:rfc:3986",
            "value": f"urn:uuid:{visit.id_of('Composition')}",
        },
        status="preliminary",
        type={"coding": [coding(LOINC, loinc)], "text": name},
        subject=visit.patient,
        encounter=visit.encounter,
        date=visit.instant,
        author=[visit.reference("Device", "medscribe")],
        title=clean(title) or name,
        section=[_section(section) for section in sections],
    )


def entered_alert(reference: Json, line: str) -> Entered:
    """Alerts have a section of their own, above all others."""
    return Entered(reference, line, _ALERTS)


def _home(sections: list[_Section], home: Home) -> _Section:
    for code in home.loinc:
        for section in sections:
            if section.loinc == code:
                return section
    for section in sections:
        if section.loinc == "" and section.title == home.title:
            return section
    new = _Section(home.title, home.loinc[0] if home.loinc else "")
    sections.insert(0 if home is _ALERTS else len(sections), new)
    return new


def _about(note: Note | None, outline: Outline, visit: Visit) -> list[_Section]:
    """What the note's evidence is, and what else its reader must know."""
    proposed = proposal_lines(note) if note else []
    sections = []
    if proposed:
        sections.append(_Section("PROPOSED CHANGES", "", [listed(proposed)]))
    if note and note.stale:
        sections.insert(0, _Section("WARNING", "", [f"<p>{STALE}</p>"]))
    if outline.references:
        quotes = "".join(
            f"<li>{html.escape(visit.quoted(one), quote=False)}</li>" for one in outline.references
        )
        sections.append(_Section("EVIDENCE", "", [f"<ol>{quotes}</ol>"]))
    return sections


def _section(section: _Section) -> Json:
    code = {"code": {"coding": [coding(LOINC, section.loinc)]}} if section.loinc else {}
    entered = listed(section.entered)
    if section.said and entered:
        entered = f"<p>In the structured record:</p>{entered}"
    parts = [part for part in (*section.said, entered) if part]
    # "additional": the statements say more than the entries do.
    status = "additional" if section.said else "generated"
    built: Json = {"title": clean(section.title) or "SECTION", **code}
    built["text"] = markup(parts, status)
    if section.entries:
        built["entry"] = section.entries
    return built


def _xhtml(group: Group) -> str:
    points = "".join(f"<li>{_point(point)}</li>" for point in group.points)
    below = f"<ul>{points}</ul>" if points else ""
    if group.number is None:
        return below
    name = html.escape(clean(group.name), quote=False)
    head = _point(group.head) if group.head else name
    return f"<p><b>{group.number}.</b> {head}</p>{below}"


def _point(point: Point) -> str:
    marks = "".join(f"[{mark}]" for mark in point.marks)
    flag = " <b>(unsupported)</b>" if point.unsupported else ""
    text = html.escape(clean(point.statement.text), quote=False)
    return f"{text}{flag} {marks}".rstrip()
