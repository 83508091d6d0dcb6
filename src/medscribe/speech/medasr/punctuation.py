"""Dictated words -> written lines: "no fever period" becomes "no fever.".

Words keep their times; a mark joins the word beside it.
"""

import re
from collections.abc import Sequence

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word
from medscribe.speech.medasr.marks import Mark, marked_marks, spoken_marks
from medscribe.speech.medasr.markup import Command, Item, parsed

_DIGITS = re.compile(r"\d[\d.,]*")
_NUMBER_WORDS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
_DETERMINERS = frozenset(
    ("a", "an", "the", "this", "that", "my", "your", "her", "his", "their", "our", "its")
)
_SIGNS = ".,;:?!"
_LONGEST_CONTEXT = 3
_LONGEST_PHRASE = 2


def written_lines(words: Sequence[Word]) -> list[list[Word]]:
    """The words as they are to be written, in lines; dictated marks are signs, not words."""
    page = _Page()
    for item in _with_plain_marks(parsed(words)):
        mark = marked_marks().get(item.name) if isinstance(item, Command) else None
        if mark is not None:
            page.put_mark(mark)
        else:
            for word in _words(item):
                page.put_word(word)
    return page.finished()


def verbatim_words(words: Sequence[Word]) -> list[Word]:
    """The words as they were said ("period"), without the model's braces and brackets."""
    return [word for item in parsed(words) for word in _words(item)]


def _words(item: Item) -> tuple[Word, ...]:
    return item.words if isinstance(item, Command) else (item,)


class _Page:
    """Lines as they are written, word by word and mark by mark."""

    def __init__(self) -> None:
        self._lines: list[list[Word]] = [[]]
        self._capital = False
        self._opening = ""
        self._link = ""

    def put_word(self, word: Word) -> None:
        text = _capitalised(word.text) if self._capital else word.text
        line, text = self._lines[-1], self._opening + text
        if self._link and line:
            line[-1] = _joined(line[-1], self._link, word)
        else:
            line.append(word.model_copy(update={"text": text}))
        self._capital, self._opening, self._link = False, "", ""

    def put_mark(self, mark: Mark) -> None:
        """A mark that finds no word to join is left out."""
        line = self._lines[-1]
        if mark.joins == "after":
            self._opening += mark.written
        elif mark.joins == "line":
            self._capital = True
            if line:
                self._lines.append([])
        elif mark.joins == "between":
            self._link = mark.written
        elif mark.joins in ("end", "before") and line:
            line[-1] = line[-1].model_copy(update={"text": _signed(line[-1].text, mark.written)})
            self._capital = mark.joins == "end"

    def finished(self) -> list[list[Word]]:
        return [line for line in self._lines if line]


def _with_plain_marks(items: list[Item]) -> list[Item]:
    """Plain words that mean a mark become commands."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        size = next((n for n in range(_LONGEST_PHRASE, 0, -1) if _is_meant(items, position, n)), 0)
        if size:
            words = tuple(item for item in items[position : position + size])
            name = " ".join(word.text.casefold() for word in words if isinstance(word, Word))
            found.append(Command(name))
        else:
            found.append(items[position])
        position += size or 1
    return found


def _is_meant(items: list[Item], position: int, size: int) -> bool:
    """Whether the `size` items from `position` are plain words that mean a mark where they stand.

    "lungs period" does, "menstrual period" does not; nor does a word that bears a sign itself.
    """
    phrase = items[position : position + size]
    said = tuple(item.text.casefold() for item in phrase if isinstance(item, Word))
    mark = spoken_marks().get(said) if len(said) == size else None
    if mark is None:
        return False
    earlier = items[max(0, position - _LONGEST_CONTEXT) : position]
    before = _context(earlier)
    after = _following(items[position + size : position + size + 1])
    if mark.joins in ("end", "before", "between") and not _can_be_joined(earlier):
        return False
    if mark.joins == "between" and after is None:
        return False
    if mark.only_after and not _ends_with_one(before, mark.only_after):
        return False
    return not _ends_with_one(before, mark.not_after) and after not in mark.not_before


def _can_be_joined(items: list[Item]) -> bool:
    """Whether a word stands right before that does not end in a sign; ")" may stand between."""
    last = items[-1] if items else None
    if isinstance(last, Command):
        mark = marked_marks().get(last.name)
        return mark is not None and mark.joins == "before" and mark.written not in _SIGNS
    return last is not None and last.text[-1] not in _SIGNS


def _context(items: list[Item]) -> tuple[str, ...]:
    """The words before, as the rules spell them; hyphens part words."""
    plain = [_plain(item.text) for item in items if isinstance(item, Word)]
    return tuple(" ".join(plain).replace("-", " ").split())


def _following(items: list[Item]) -> str | None:
    """The next word as the rules spell it; None where a command or nothing follows."""
    following = items[0] if items else None
    return _plain(following.text) if isinstance(following, Word) else None


def _ends_with_one(context: tuple[str, ...], phrases: Sequence[str]) -> bool:
    return any(_ends_with(context, phrase.split()) for phrase in phrases)


def _ends_with(context: tuple[str, ...], phrase: list[str]) -> bool:
    tail = context[-len(phrase) :]
    return len(tail) == len(phrase) and all(map(_fits, tail, phrase))


def _fits(word: str, pattern: str) -> bool:
    digits = _DIGITS.fullmatch(word) is not None
    if pattern == "digits":
        return digits
    if pattern == "#":
        return word in _NUMBER_WORDS or (digits and word != "1")
    return word == pattern or (pattern == "*" and word in _DETERMINERS)


def _plain(text: str) -> str:
    return text.casefold().strip(_SIGNS + '()"')


def _signed(text: str, sign: str) -> str:
    """The word with the dictated sign in place of one that the model wrote itself."""
    if text.endswith(sign):
        return text
    abbreviation = text.endswith(".") and text.count(".") > 1
    if sign in _SIGNS and text[-1] in _SIGNS and not abbreviation:
        text = text.rstrip(_SIGNS)
    return text + sign


def _capitalised(text: str) -> str:
    """A capital for a word of small letters; "pH" and "mRNA" stay as they are."""
    return text[:1].upper() + text[1:] if text.islower() else text


def _joined(left: Word, link: str, right: Word) -> Word:
    """Two words as one, over the time of both; as sure as the less sure one."""
    known = [word.probability for word in (left, right) if word.probability is not None]
    return Word(
        text=left.text + link + right.text,
        span=TimeSpan(start=left.span.start, end=right.span.end),
        probability=min(known) if len(known) == 2 else None,
    )
