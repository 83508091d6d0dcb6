"""Note templates: TOML -> `Template`, from those that ship or from a folder of one's own."""

from medscribe.note.template.example import template_from_example
from medscribe.note.template.outline import NoteStyle, Template, TemplateSection
from medscribe.note.template.parts import Part
from medscribe.note.template.reading import read_template
from medscribe.note.template.shelf import (
    load_template,
    template_names,
    template_or_heading,
    template_text,
)

__all__ = [
    "NoteStyle",
    "Part",
    "Template",
    "TemplateSection",
    "load_template",
    "read_template",
    "template_from_example",
    "template_names",
    "template_or_heading",
    "template_text",
]
