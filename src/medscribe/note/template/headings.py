"""Lines of an example note -> its headings, and nothing else of it.

A heading is a line with a Markdown `#`, an underlined line, a line in capitals, or a line that ends
with a colon; a known heading may also stand before its text ("Plan: ..."). Taken over are known
headings, and unknown ones made only of words that headings are made of (`tables/headings.toml`): a
line with a digit or with any other word may hold a name, and its words are never taken over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from medscribe.clinical.sentences import split_sentences
from medscribe.note.rules import read_table
from medscribe.note.template.parts import Part

_MARKDOWN = re.compile(
    r"\A\s{0,3}(?:#{1,6}\s+(?P<marked>.+?)\s*#*|(?:\*\*|__)(?P<bold>[^*_]+)(?:\*\*|__):?)\s*\Z"
)
_UNDERLINE = re.compile(r"\A\s*(?:={3,}|-{3,}|~{3,})\s*\Z")
_NUMBERING = re.compile(r"\A\s*(?:\(?(?:\d{1,2}|[ivxIVX]{1,4})[.)]\s+)?")
_INLINE = re.compile(
    r"\A\s*(?:\*\*)?(?P<head>[A-Za-z][A-Za-z/&+ -]{0,40}?)(?:\*\*)?"
    r"\s*(?::(?:\*\*)?|\s-)\s+(?P<rest>\S.*)\Z"
)
_WORD = re.compile(r"[a-z]+")
_LONGEST_WORDS = 7


@dataclass(frozen=True)
class SectionKind:
    """A kind of section that people have many headings for."""

    key: str
    divisions: tuple[Part, ...]
    loinc: str
    no_loinc: str
    instruction: str


@dataclass
class FoundSection:
    """One heading of the example: `title` is None where its words may hold a name, `kind` None
    where they are not known. `lines` are the text below it, for counting only."""

    title: str | None
    kind: SectionKind | None
    lines: list[str] = field(default_factory=list)


def found_sections(text: str) -> list[FoundSection]:
    """The headings of `text` in order, with the lines below each."""
    lines = text.splitlines()
    found: list[FoundSection] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if _UNDERLINE.match(line):
            continue
        section = _heading(line, following)
        if section is not None:
            found.append(section)
        elif line.strip() and found:
            found[-1].lines.append(line.strip())
    return found


def _heading(line: str, following: str) -> FoundSection | None:
    markdown = _MARKDOWN.match(line)
    if markdown:
        return _section(markdown["marked"] or markdown["bold"], sure=True)
    if _UNDERLINE.match(following) and line.strip():
        return _section(line, sure=True)
    inline = _INLINE.match(line)
    if inline:
        kind = _kind(inline["head"])
        return FoundSection(_cleaned(inline["head"]), kind, [inline["rest"]]) if kind else None
    # "A." is an item of a list, "A:" a heading.
    bare = len(_cleaned(line)) > 1 and not line.rstrip().endswith(".")
    if line.strip().endswith(":") or (bare and (_in_capitals(line) or _kind(line))):
        return _section(line, sure=False)
    return None


def _section(line: str, *, sure: bool) -> FoundSection | None:
    """The heading in `line`; None where it is none, or might as well be a name. `sure` of what its
    marks say to be a heading: it opens a section whatever its words are."""
    title = _cleaned(line)
    kind = _kind(line)
    if kind or _is_harmless(title):
        return FoundSection(title, kind)
    return FoundSection(None, None) if sure else None


def _is_harmless(title: str) -> bool:
    """Whether an unknown heading holds nothing but words that headings are made of."""
    words = title.lower().split()
    plain = [_WORD.fullmatch(word.strip("/&,()-")) for word in words if word not in ("/", "&", "-")]
    known = all(match is not None and match.group() in _vocabulary() for match in plain)
    return 0 < len(words) <= _LONGEST_WORDS and bool(plain) and known


def _in_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _cleaned(line: str) -> str:
    """A heading without numbering, marks and colon."""
    text = _NUMBERING.sub("", line.strip().strip("*_#").strip())
    return re.sub(r"\s+", " ", text).strip(" :*_#-.")


def _kind(line: str) -> SectionKind | None:
    return _kinds().get(_cleaned(line).lower())


@cache
def _kinds() -> dict[str, SectionKind]:
    listed = read_table("headings")["kinds"]
    assert isinstance(listed, list)
    kinds: dict[str, SectionKind] = {}
    for entry in listed:
        kind = SectionKind(
            key=entry["key"],
            divisions=tuple(map(Part, entry["divisions"])),
            loinc=entry["loinc"],
            no_loinc=entry.get("no_loinc", ""),
            instruction=entry["instruction"],
        )
        kinds |= dict.fromkeys(entry["names"], kind)
    return kinds


@cache
def _vocabulary() -> frozenset[str]:
    listed = read_table("headings")["vocabulary"]
    assert isinstance(listed, dict)
    return frozenset(str(listed["words"]).split())


def statements_in(lines: Sequence[str]) -> list[str]:
    """Sentences, or list items, of the text below a heading."""
    plain: list[str] = []
    for line in lines:
        if plain and line[:1].islower() and not plain[-1].endswith((".", ";", ":", "!", "?")):
            plain[-1] += f" {line}"
        else:
            plain.append(line.lstrip("-*• \t"))
    return [
        line[span.start : span.end]
        for line in plain
        for span in split_sentences(line)
        if re.search(r"\w", line[span.start : span.end])
    ]
