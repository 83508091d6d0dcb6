"""Files of texts with tagged identifiers -> texts with the places of their identifiers."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medscribe.domain.privacy import PiiKind
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.deidentification.gold_types import gold_type

_QUERY = "===QUERY==="
_TAGS = "===PHI_TAGS==="
_TITLE = re.compile(
    r"(?:(?:dr|mr|mrs|ms|miss|mx|prof|professor|doctor|nurse)\b\.?\s+)+(?=\S)", re.IGNORECASE
)
_SHORTEST_REPEATED = 4
"""Letters and digits that a value needs for its untagged repetitions to be taken for the same."""


@dataclass(frozen=True)
class Gold:
    """A tagged identifier: characters `span` of utterance number `utterance`.

    `kind` None: the corpus tags it, Safe Harbor lets it stand. `label` is the corpus's own name.
    `form` is "written" or "spoken" for an injected one.
    """

    utterance: int
    span: TextSpan
    label: str
    kind: PiiKind | None
    form: str | None = None


@dataclass(frozen=True)
class TaggedVisit:
    """What is masked as one visit, and what is known of it.

    `judged`: utterances in which every identifier is tagged, so that a mask elsewhere is false.
    `negatives`: those of them that hold none at all.
    """

    utterances: tuple[Utterance, ...]
    gold: tuple[Gold, ...]
    judged: frozenset[int]
    negatives: frozenset[int] = frozenset()


@dataclass(frozen=True)
class TaggedTexts:
    """Texts of one file; `unlocated` tags name a value that their text does not hold."""

    visits: tuple[TaggedVisit, ...]
    unlocated: int = 0
    unknown_types: frozenset[str] = frozenset()


def is_query_file(path: Path) -> bool:
    """Whether a text file has the form of ASQ-PHI."""
    return path.suffix.casefold() == ".txt" and _QUERY in _text(path)


def is_span_file(path: Path) -> bool:
    """Whether a JSON file has the form of presidio-research."""
    return path.suffix.casefold() in (".json", ".jsonl") and bool(_span_rows(path))


def read_queries(path: Path) -> TaggedTexts:
    """ASQ-PHI: queries, each followed by tags {"identifier_type", "value"}, one a line.

    Every tag takes the next place where its value stands; a value that is tagged once and said
    twice is an identifier twice. Raises `InputError` for tags that are no JSON.
    """
    texts = []
    for block in _text(path).split(_QUERY)[1:]:
        query, _, tags = block.partition(_TAGS)
        try:
            rows = [json.loads(line) for line in tags.splitlines() if line.strip()]
            named = [(str(row["identifier_type"]), str(row["value"])) for row in rows]
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{path.name} has a tag that is no JSON with identifier_type and value: mend it."
            ) from None
        texts.append(_by_value(query.strip(), named))
    return _joined(texts)


def read_spans(path: Path) -> TaggedTexts:
    """presidio-research: a list (or lines) of {full_text, spans: [{entity_type, ...}]}.

    Raises `InputError` for places that are no numbers or end before they start.
    """
    try:
        return _joined([_by_place(row) for row in _span_rows(path)])
    except (ValueError, TypeError):
        raise InputError(f"{path.name} has a span that is no stretch of text: mend it.") from None


def located(text: str, values: Sequence[str]) -> list[TextSpan | None]:
    """The place of each value: its next free place as a whole word, long values first."""
    taken: list[TextSpan] = []
    places: list[TextSpan | None] = [None] * len(values)
    for index in sorted(range(len(values)), key=lambda index: -len(values[index])):
        found = list(_places(text, values[index]))
        free = [place for place in found if not any(place.overlaps(other) for other in taken)]
        place = next(iter(free or found), None)
        places[index] = place
        if place is not None:
            taken.append(place)
    return places


def without_title(text: str, span: TextSpan) -> TextSpan:
    """A name without "Dr." before it: a title identifies nobody."""
    title = _TITLE.match(text[span.start : span.end])
    return TextSpan(start=span.start + title.end(), end=span.end) if title else span


def _places(text: str, value: str) -> Iterator[TextSpan]:
    """Where `value` stands as whole words; else so in another case, else inside other words."""
    exact = re.escape(value)
    whole = rf"(?<!\w){exact}(?!\w)"
    patterns = (whole, rf"(?i:{whole})", exact)
    for pattern in patterns:
        found = [TextSpan(start=m.start(), end=m.end()) for m in re.finditer(pattern, text)]
        if found and value:
            yield from found
            return


def _by_value(text: str, named: Sequence[tuple[str, str]]) -> TaggedTexts:
    values = [value for _, value in named]
    spans: list[tuple[str, TextSpan]] = []
    unlocated = 0
    for (label, _), place in zip(named, located(text, values), strict=True):
        if place is None:
            unlocated += 1
        else:
            spans.append((label, place))
    for label, value in named:
        if sum(character.isalnum() for character in value) >= _SHORTEST_REPEATED:
            again = [p for p in _places(text, value) if not any(p.overlaps(s) for _, s in spans)]
            spans.extend((label, place) for place in again)
    return _tagged(text, spans, unlocated)


def _by_place(row: dict[str, Any]) -> TaggedTexts:
    text = _first(row, "full_text", "text")
    spans = [
        (
            str(_first(span, "entity_type", "label", "type")),
            TextSpan(
                start=int(_first(span, "start_position", "start")),
                end=int(_first(span, "end_position", "end")),
            ),
        )
        for span in row["spans"]
    ]
    return _tagged(str(text), spans, 0)


def _tagged(text: str, spans: Sequence[tuple[str, TextSpan]], unlocated: int) -> TaggedTexts:
    utterance = Utterance(id="u1", speaker="S1", role=Role.UNKNOWN, text=text)
    gold = []
    unknown = set()
    for label, place in sorted(spans, key=lambda one: one[1].start):
        kind, known = gold_type(label, text[place.start : place.end])
        if not known:
            unknown.add(label)
        span = without_title(text, place) if kind is PiiKind.NAME else place
        gold.append(Gold(utterance=0, span=span, label=label.upper(), kind=kind))
    visit = TaggedVisit(
        utterances=(utterance,),
        gold=tuple(gold),
        judged=frozenset({0}),
        negatives=frozenset() if spans or unlocated else frozenset({0}),
    )
    return TaggedTexts((visit,), unlocated, frozenset(unknown))


def _joined(texts: Sequence[TaggedTexts]) -> TaggedTexts:
    return TaggedTexts(
        visits=tuple(visit for text in texts for visit in text.visits),
        unlocated=sum(text.unlocated for text in texts),
        unknown_types=frozenset().union(*(text.unknown_types for text in texts)),
    )


def _span_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of that form; none for any other JSON."""
    content = _text(path)
    try:
        rows = (
            [json.loads(line) for line in content.splitlines() if line.strip()]
            if path.suffix.casefold() == ".jsonl"
            else json.loads(content)
        )
    except ValueError:
        return []
    return rows if isinstance(rows, list) and rows and all(map(_is_span_row, rows)) else []


def _is_span_row(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("spans"), list):
        return False
    spans = row["spans"]
    return _has(row, "full_text", "text") and all(
        isinstance(span, dict)
        and _has(span, "entity_type", "label", "type")
        and _has(span, "start_position", "start")
        and _has(span, "end_position", "end")
        for span in spans
    )


def _has(row: dict[str, Any], *keys: str) -> bool:
    return any(row.get(key) is not None for key in keys)


def _first(row: dict[str, Any], *keys: str) -> Any:
    return next(row[key] for key in keys if row.get(key) is not None)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (UnicodeDecodeError, OSError):
        raise InputError(f"{path.name} cannot be read as text in UTF-8: check the file.") from None
