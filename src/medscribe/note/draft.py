"""Lines of a note in the making -> the sections of a template, repeats merged."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medscribe.domain.note import Author, Section, Statement
from medscribe.note.passages import Passage
from medscribe.note.template import Template

# Places with a heading of their own; every other line goes under the first heading of its division.
SPECIAL_PLACES = ("chief_complaint", "review_of_systems")
_NEGATIONS = frozenset(["no", "not", "denies", "denied", "without", "never", "unlikely", "cannot"])
_LIGHT_WORDS = frozenset(["a", "an", "the", "some", "of", "is", "are", "also", "and"])
# Shorter sentences are contained in too much to be called repeats.
_LEAST_WORDS = 3


@dataclass(frozen=True)
class Line:
    """A statement in the making: its text and the passages it rests on."""

    text: str
    passages: tuple[Passage, ...]


@dataclass
class Draft:
    """Lines by place: one of `SPECIAL_PLACES`, or a division."""

    lines: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, place: str, text: str, passages: Iterable[Passage]) -> None:
        self.lines.setdefault(place, []).append(Line(text, tuple(passages)))

    def sections(self, template: Template) -> tuple[Section, ...]:
        """All headings of the template in order, with numbered statements."""
        sections = []
        placed: set[str] = set()
        number = 0
        for heading in template.sections:
            place = heading.key if heading.key in SPECIAL_PLACES else heading.division
            lines = [] if place in placed else merged(self.lines.get(place, []))
            placed.add(place)
            statements = tuple(
                _statement(number + offset, line) for offset, line in enumerate(lines, 1)
            )
            number += len(statements)
            sections.append(Section(key=heading.key, title=heading.title, statements=statements))
        return tuple(sections)


def _statement(number: int, line: Line) -> Statement:
    evidence = dict.fromkeys(passage.evidence for passage in line.passages)
    return Statement(
        id=f"s{number}", text=line.text, evidence=tuple(evidence), author=Author.COMPOSER
    )


def merged(lines: Sequence[Line]) -> list[Line]:
    """`lines` without those that another one says more fully; their passages go to that one.

    "Order Ultram 50 mg." goes into "Order some Ultram 50 mg as needed."; "He has pain." never
    goes into "He has no pain."
    """
    kept: list[Line] = []
    for line in lines:
        for number, other in enumerate(kept):
            if _contains(other.text, line.text) or _contains(line.text, other.text):
                fuller = other if len(other.text) >= len(line.text) else line
                kept[number] = Line(fuller.text, other.passages + line.passages)
                break
        else:
            kept.append(line)
    return kept


def _contains(fuller: str, shorter: str) -> bool:
    if fuller.lower() == shorter.lower():
        return True
    whole, part = _words(fuller), _words(shorter)
    return len(part) >= _LEAST_WORDS and part <= whole and not (whole - part) & _NEGATIONS


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"<[A-Z][A-Z0-9_:]*>|[\w'./%-]*\w", text.lower())
    return frozenset(words) - _LIGHT_WORDS
