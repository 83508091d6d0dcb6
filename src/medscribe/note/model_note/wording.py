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
    """How statements are worded: the style, and the specialty's own words."""
    own = (f'"{written}", not "{said}"' for said, written in template.wording.items())
    choice = "; ".join(own)
    return _STYLES[template.style] + (f"\nWrite {choice}." if choice else "")


def section_wording(section: TemplateSection) -> str:
    """One line: key, heading, what belongs there and how long it may be."""
    hints = [section.instruction] if section.instruction else []
    if section.said_by is not None:
        hints.append(f"Only what the {section.said_by.value} said.")
    if section.repeats:
        hints.append("It may repeat what stands elsewhere.")
    if section.most_statements is not None:
        hints.append(f"At most {section.most_statements} statements.")
    if section.most_words is not None:
        hints.append(f"At most {section.most_words} words.")
    return " ".join([f"- {section.key} ({section.title})", *hints])
