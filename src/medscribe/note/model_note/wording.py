"""A template -> what a prompt says of its style and sections."""

from medscribe.note.template import NoteStyle, Template, TemplateSection

_STYLES = {
    NoteStyle.FULL: (
        "Whole sentences in the third person, as in a chart: Reports two weeks of left knee pain."
    ),
    NoteStyle.TELEGRAPHIC: (
        "Telegraphic, as a GP jots down, with common abbreviations: 2/7 hx diarrhoea. No blood."
    ),
    NoteStyle.PATIENT: "Plain words to the patient, no jargon: You have two weeks of knee pain.",
}


def style_wording(template: Template) -> str:
    """One sentence on how statements are worded."""
    return _STYLES[template.style]


def section_wording(section: TemplateSection) -> str:
    """One line: key, heading and what the template says of length, style and wording."""
    # A template may say none of these.
    said = (str(getattr(section, field, "") or "") for field in ("length", "style", "wording"))
    hints = " ".join(hint for hint in said if hint)
    return f"- {section.key}: {section.title}" + (f" ({hints})" if hints else "")
