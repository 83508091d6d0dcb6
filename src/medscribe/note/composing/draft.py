"""Lines of a note in the making -> the sections of a template, repeats merged."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from medscribe.domain.note import Author, Section, Statement
from medscribe.note.composing.names import Place, StatementNames
from medscribe.note.reading.casing import decapitalised
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.remembering import Remembers
from medscribe.note.reading.reported import is_report, without_attribution
from medscribe.note.reading.speakers import companion_of
from medscribe.note.template import Template, TemplateSection

# Places with a heading of their own; every other line goes under the first heading of its division.
SPECIAL_PLACES = ("chief_complaint", "review_of_systems")
_NEGATIONS = frozenset(["no", "not", "denies", "denied", "without", "never", "unlikely", "cannot"])
_LIGHT_WORDS = frozenset(["a", "an", "the", "some", "of", "is", "are", "also", "and", "we", "will"])
# "order meloxicam 15 mg" says no more than "prescribe" and "start" do, but what is stopped is not.
_ORDERS = frozenset(["order", "prescribe", "start"])
_STOPS = frozenset(["stop", "discontinue", "hold", "decrease"])
# Shorter sentences are contained in too much to be called repeats.
_LEAST_WORDS = 3
_MOST_REPORTS = 3


@dataclass(frozen=True, eq=False)
class Line(Remembers):
    """A statement in the making: its text and the passages it rests on. `problem` is the name of
    the problem it belongs to; the line that names one `names_problem`."""

    text: str
    passages: tuple[Passage, ...]
    problem: str | None = None
    names_problem: bool = False

    @cached_property
    def told(self) -> str:
        """The text without who reports it: what "Mother reports" is no family history."""
        return without_attribution(self.text) if self.reporters else self.text

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that tell it from other lines."""
        return _words(self.text)

    @cached_property
    def length(self) -> int:
        """In words, as one counts them."""
        return len(self.text.split())

    @cached_property
    def place(self) -> Place | None:
        """Where in the talk it rests first."""
        first = self.passages[0] if self.passages else None
        return (first.utterance.id, first.start) if first else None

    @cached_property
    def bare_words(self) -> frozenset[str]:
        """`words` without the verbs of an order."""
        return self.words - _ORDERS

    @cached_property
    def reporters(self) -> frozenset[str]:
        """Which companions it rests on; what they tell is no repeat of the patient's own word."""
        found = (companion_of(passage.utterance) for passage in self.passages)
        return frozenset(companion.noun for companion in found if companion)


def line_on(
    passages: tuple[Passage, ...],
    text: str,
    problem: str | None = None,
    *,
    names_problem: bool = False,
) -> Line:
    """The line of that text on those passages: of the same talk the same object each time."""
    if not passages:
        return Line(text, passages, problem, names_problem)
    return passages[0].once(_line, text, passages, problem, names_problem)


def _line(
    first: Passage,
    text: str,
    passages: tuple[Passage, ...],
    problem: str | None,
    names_problem: bool,
) -> Line:
    return Line(text, passages, problem, names_problem)


Headed = tuple[TemplateSection, list[Line]]
"""A heading and what stands under it."""


@dataclass
class Draft:
    """Lines by place: one of `SPECIAL_PLACES`, or a division."""

    lines: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, place: str, text: str, passages: Iterable[Passage]) -> None:
        self.put(place, line_on(tuple(passages), text))

    def put(self, place: str, line: Line) -> None:
        self.lines.setdefault(place, []).append(line)

    def headed(self, template: Template) -> list[Headed]:
        """All headings of the template in order with their lines, repeats merged."""
        placed = once(self._placed(template))
        return [
            (heading, joined(merged(placed.get(heading.key, [])))) for heading in template.sections
        ]

    def _placed(self, template: Template) -> dict[str, list[Line]]:
        """Lines by key of their heading: a special place, the first heading with a cue in the
        line, or the first heading of the division without cues."""
        placed: dict[str, list[Line]] = {}
        for place, lines in self.lines.items():
            if place in SPECIAL_PLACES:
                placed[place] = lines
                continue
            headings = tuple(
                (heading.key, heading.cues)
                for heading in template.sections
                if heading.division == place and heading.key not in SPECIAL_PLACES
            )
            for line in lines:
                key = line.once(_heading_for, headings)
                if key:
                    placed.setdefault(key, []).append(line)
        return placed


def _heading_for(line: Line, headings: Sequence[tuple[str, str | None]]) -> str | None:
    """Of keys with cues the one that a line is told under."""
    for key, cues in headings:
        if cues and re.search(cues, line.told, re.IGNORECASE):
            return key
    return next((key for key, cues in headings if not cues), None)


def sections_of(composed: Sequence[Headed], names: StatementNames) -> tuple[Section, ...]:
    """The sections of a note, their statements called as `names` says."""
    return tuple(
        Section(
            key=heading.key, title=heading.title, statements=_statements(heading.key, lines, names)
        )
        for heading, lines in composed
    )


def _statements(key: str, lines: Sequence[Line], names: StatementNames) -> tuple[Statement, ...]:
    """Those of a problem hold the id of the one naming it."""
    ids = names(key, [(line.text, line.place) for line in lines])
    naming = {line.problem: id_ for line, id_ in zip(lines, ids, strict=True) if line.names_problem}
    return tuple(
        line.once(_statement, id_, naming.get(line.problem))
        for line, id_ in zip(lines, ids, strict=True)
    )


def _statement(line: Line, id_: str, problem: str | None) -> Statement:
    return Statement(
        id=id_,
        text=line.text,
        evidence=tuple(dict.fromkeys(passage.evidence for passage in line.passages)),
        author=Author.COMPOSER,
        problem=problem,
    )


def once(placed: dict[str, list[Line]]) -> dict[str, list[Line]]:
    """Lines by heading, each said under one heading only: what comes again in the same words rests
    on both passages where it stands first. Complaint, problems and the review of systems repeat
    what the history tells, and stay."""
    first: dict[frozenset[str], tuple[str, int]] = {}
    kept: dict[str, list[Line]] = {}
    for key, lines in placed.items():
        for line in lines:
            words = line.words
            free = key in SPECIAL_PLACES or line.names_problem or len(words) < _LEAST_WORDS
            at = None if free else first.get(words)
            if at and at[0] != key:
                there = kept[at[0]][at[1]]
                kept[at[0]][at[1]] = there.once(_resting_on, there, line)
                continue
            kept.setdefault(key, []).append(line)
            if not free:
                first.setdefault(words, (key, len(kept[key]) - 1))
    return kept


def merged(lines: Sequence[Line]) -> list[Line]:
    """`lines` without those that another one says more fully; their passages go to that one.

    "Order Ultram 50 mg." goes into "Order some Ultram 50 mg as needed."; "He has pain." never
    goes into "He has no pain."
    """
    kept: list[Line] = []
    for line in lines:
        words, bare = line.words, line.bare_words
        for number, other in enumerate(kept):
            # Neither can contain the other: said first, since all pairs are asked.
            if not (bare <= other.words or other.bare_words <= words):
                continue
            if _belong_together(other, line) and (_contains(other, line) or _contains(line, other)):
                fuller = other if len(other.text) >= len(line.text) else line
                kept[number] = fuller.once(_resting_on, other, line)
                break
        else:
            kept.append(line)
    return kept


def _resting_on(fuller: Line, one: Line, other: Line) -> Line:
    """`fuller` on the passages of both."""
    return replace(fuller, passages=one.passages + other.passages)


def _belong_together(one: Line, other: Line) -> bool:
    """Whether one line may stand for both: told by the same people, and neither names a problem
    while the other tells of it."""
    return one.reporters == other.reporters and one.names_problem == other.names_problem


def joined(lines: Sequence[Line]) -> list[Line]:
    """`lines`, what a companion reports in one go under one "Mother reports that ...; ..."."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and _goes_on(last, line):
            found[-1] = last.once(_and_reported, line)
        else:
            found.append(line)
    return found


def _and_reported(last: Line, line: Line) -> Line:
    text = f"{last.text.removesuffix('.')}; {decapitalised(line.told)}"
    return Line(text, last.passages + line.passages)


def _goes_on(last: Line, line: Line) -> bool:
    """Whether both are reports of the same companion, and few enough to read in one sentence."""
    same = last.reporters == line.reporters
    reports = is_report(last.text) and is_report(line.text)
    return same and reports and last.text.count("; ") < _MOST_REPORTS - 1


def _contains(fuller: Line, shorter: Line) -> bool:
    if fuller.text.lower() == shorter.text.lower():
        return True
    whole, part = fuller.words, shorter.words
    if part & _ORDERS and not whole & _STOPS:
        part -= _ORDERS
    return len(part) >= _LEAST_WORDS and part <= whole and not (whole - part) & _NEGATIONS


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"<[A-Z][A-Z0-9_:]*>|[\w'./%-]*\w", text.lower())
    return frozenset(words) - _LIGHT_WORDS
