"""The page about templates names all there is to name."""

from pathlib import Path

import pytest

from medscribe.note.template import Part, Template, TemplateSection, read_template, template_names

PAGE = (Path(__file__).parents[3] / "docs" / "templates.md").read_text("utf-8")


@pytest.mark.parametrize(
    "word",
    [*template_names(), *Part, *Template.model_fields, *TemplateSection.model_fields],
)
def test_every_template_part_and_field_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_the_example_of_the_page_is_valid() -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]

    assert read_template(example, "my_clinic.toml", "my_clinic").sections[0].most_statements == 8
