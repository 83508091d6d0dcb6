"""A note -> plain text as it is filed: headings in capitals, blank lines between sections."""

from medscribe.domain.note import Note, Section


def note_text(note: Note) -> str:
    """The whole note; sections without a statement are left out, "" for an empty note."""
    return "\n\n".join(_section_text(section) for section in note.sections if section.statements)


def _section_text(section: Section) -> str:
    lines = "\n".join(statement.text for statement in section.statements)
    return f"{section.title}\n\n{lines}"
