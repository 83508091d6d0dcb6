"""Full sentences of a note -> the telegraphic notes of a general practitioner.

"The patient has had diarrhea for the last 3 days." -> "Diarrhea for 3/7."; "He denies fever." ->
"No fever."; "We will prescribe amoxicillin 500 mg 3 times daily." -> "Amoxicillin 500 mg TDS.".
Forms and abbreviations are data: `tables/telegraphic.toml`.
"""

import re
from collections.abc import Sequence

from medscribe.domain.note import Section, Statement
from medscribe.note.reading.casing import sentence_case
from medscribe.note.reading.remembering import Memory
from medscribe.note.rules import load_pattern, load_rules, reworded

_SENTENCE = re.compile(r"(?<=[a-z0-9)%])\. (?=[A-Z<])")
_NEGATIONS = frozenset(["no", "not", "nil", "never", "without", "denie", "cannot"])
_PLACEHOLDER = re.compile(r"<[A-Z][A-Z0-9_:]*>")


def telegraphic(sections: Sequence[Section], memory: Memory | None = None) -> tuple[Section, ...]:
    """Sections in few words; evidence and ids stay. What a section says a second time, as the
    review of systems does, is left out, and so is a statement of which nothing is left."""
    memory = memory or Memory()
    return tuple(_section(section, memory) for section in sections)


def _section(section: Section, memory: Memory) -> Section:
    short = [memory.of(in_few_words, statement.text) for statement in section.statements]
    said = [memory.of(_words, each) for sentences in short for each in sentences]
    at = 0
    kept: list[Statement] = []
    for statement, sentences in zip(section.statements, short, strict=True):
        places = range(at, at + len(sentences))
        at += len(sentences)
        text = " ".join(sentences[place - places.start] for place in places if _fresh(place, said))
        if text:
            kept.append(statement.model_copy(update={"text": text}))
    return section.model_copy(update={"statements": tuple(kept)})


def _fresh(place: int, said: Sequence[frozenset[str]]) -> bool:
    """Whether no other sentence holds all words of this one, denials and figures included; of two
    with the same words the first counts."""
    words = said[place]
    return not any(
        words <= other
        and words & _NEGATIONS == other & _NEGATIONS
        and (len(words) < len(other) or at < place)
        for at, other in enumerate(said)
    )


def _words(sentence: str) -> frozenset[str]:
    found = re.findall(r"[\w/<>~]+", sentence.lower())
    return frozenset(word if len(word) < 4 else word.removesuffix("s") for word in found)


def in_few_words(text: str) -> list[str]:
    """The sentences of a statement as jotted down: without subject, auxiliaries and articles,
    durations as n/7, n/52 and n/12, usual abbreviations. What says nothing then is left out."""
    parts = (_clause(part) for part in _SENTENCE.split(text.rstrip(".")))
    return [part + "." for part in parts if not load_pattern("telegraphic", "empty").match(part)]


def _clause(sentence: str) -> str:
    """One sentence, without its full stop."""
    rest = load_pattern("telegraphic", "system").sub("", sentence.strip())
    first, named = rest[:1], _PLACEHOLDER.match(rest)
    rest = rest if named or rest[:2].isupper() else first.lower() + rest[1:]
    for group in ("subjects", "words", "times"):
        rest = reworded(rest, load_rules("telegraphic", group))
    rest = load_pattern("telegraphic", "dangling").sub("", rest.strip(" ,;:-"))
    return sentence_case(rest) if rest else ""
