"""MedASR's own markup in its words -> words and commands.

MedASR writes what a typist would do in braces ("{period}", "{new paragraph}"), headings in
capitals in brackets ("[FINDINGS]"), and in brackets what it could not or must not write
("[unintelligible]", "[PatientName]"). On speech unlike dictation the braces come broken
("period}", "{newline}}").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from medscribe.domain.transcript import Word
from medscribe.speech.medasr.marks import marked_marks

MOST_WORDS_INSIDE = 6
"""Longer than any heading or command: a brace that closes later belongs to another."""

LONGEST_ACRONYM = 3

_ATOM = re.compile(r"[{}\[\]]|[^{}\[\]]+")
_SIGNS_ONLY = re.compile(r"[.,;:?!\-]+")


@dataclass(frozen=True)
class Command:
    """What MedASR put in braces: its name in small letters, and the words that it wrote there."""

    name: str
    words: tuple[Word, ...] = ()


Item = Word | Command
_Atoms = list[tuple[str, Word]]


def parsed(words: Iterable[Word]) -> list[Item]:
    """Words and commands in order; no word keeps a brace or a bracket, none is empty.

    A heading becomes a line of its own words ("Exam type") between the commands `section start`
    and `section end`; what the model could not write is left out, its full stop stays.
    """
    atoms = [(atom, word) for word in words for atom in _ATOM.findall(word.text)]
    items: list[Item] = []
    position = 0
    while position < len(atoms):
        text, word = atoms[position]
        position += 1
        if text in "{[":
            inside = _inside(atoms, position, "}" if text == "{" else "]")
            if inside is not None:
                items += _command(inside) if text == "{" else _bracketed(inside)
                position += len(inside) + 1
            elif text == "[" and _unwritten(atoms[position : position + 1]):
                position += 1
        elif text == "}":
            _close(items)
        elif text != "]":
            _append(items, text, word)
    return items


def _inside(atoms: _Atoms, start: int, closing: str) -> _Atoms | None:
    """What lies between here and the closing sign; None where it does not come."""
    for end in range(start, min(start + MOST_WORDS_INSIDE + 1, len(atoms))):
        if atoms[end][0] == closing:
            return atoms[start:end]
        if atoms[end][0] in "{}[]":
            return None
    return None


def _command(inside: _Atoms) -> list[Item]:
    words = tuple(_retold(word, text) for text, word in inside if text.strip())
    name = " ".join(word.text for word in words).casefold().strip(" .,-")
    return [Command(name, words)] if words else []


def _bracketed(inside: _Atoms) -> list[Item]:
    """A heading's words; nothing for a placeholder."""
    title = " ".join(text for text, _ in inside)
    if not title.isupper() or sum(map(str.isalpha, title)) < LONGEST_ACRONYM:
        return []
    if len(title) > LONGEST_ACRONYM:
        title = title.capitalize()
    parts = zip(title.split(), (word for _, word in inside), strict=False)
    words = (_retold(word, text) for text, word in parts)
    return [Command("section start"), *words, Command("section end")]


def _unwritten(atoms: _Atoms) -> bool:
    return any(text.casefold().startswith("unintel") for text, _ in atoms)


def _close(items: list[Item]) -> None:
    """A brace that closes without one that opens: what stands before it may be a command."""
    last = items[-1] if items else None
    if isinstance(last, Word) and last.text.casefold() in marked_marks():
        items[-1] = Command(last.text.casefold(), (last,))


def _append(items: list[Item], text: str, word: Word) -> None:
    """A word; signs that stand alone go to the word before, if it has none."""
    if not _SIGNS_ONLY.fullmatch(text):
        items.append(_retold(word, text))
        return
    last = items[-1] if items else None
    if isinstance(last, Word) and last.text[-1].isalnum() and text[0] != "-":
        items[-1] = _retold(last, last.text + text[0])


def _retold(word: Word, text: str) -> Word:
    return word.model_copy(update={"text": text.strip()})
