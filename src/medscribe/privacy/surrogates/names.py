"""A person's name -> another one, part by part: of the same gender, as long, in the same case.

"Mary Walsh", "Mary", "Mrs. Walsh" and "w a l s h" go together: every part has one surrogate. Each
list of names is laid in a circle of the patient's own order, and a name becomes the next one: no
two names of a list become the same, and none becomes itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from medscribe.privacy.folding import continues_word, fold
from medscribe.privacy.surrogates.keyed_choice import KeyedChoice

_FEWEST = 20
"""A list with fewer names of one length is not divided by length."""

_NOBODY = "nobody"
_LONGEST = (4, 6, 8)
"""Length classes: up to four letters, five or six, seven or eight, more."""

_TITLES = {
    **dict.fromkeys(("mr", "mister", "sir", "father", "brother", "uncle"), "male"),
    **dict.fromkeys(("mrs", "ms", "miss", "madam", "ma'am", "aunt", "sister"), "female"),
    **dict.fromkeys(("dr", "doctor", "prof", "professor", "nurse"), ""),
}
_KEPT = frozenset(
    [*_TITLES, "and", "jr", "sr", "junior", "senior", "ii", "iii", "iv", "md", "phd", "dds"]
)
_PARTICLES = r"(?:d[aeiou]l?|della|las?|los|van|von|der|den|ter|bin|ibn|al|el|st\.?|saint)"


class NameSurrogates:
    """Surrogates for the names of one patient's visit.

    `names` are all originals of the visit; no surrogate is one of their words, nor of `taken`.
    Names of our lists are served first, as only others can meet with one that is given already.
    """

    def __init__(self, choice: KeyedChoice, names: Iterable[str], taken: Iterable[str]) -> None:
        self._choice = choice
        self._circles: dict[str, list[str]] = {}
        self._genders: dict[str, str] = {}
        self._new: dict[str, str] = {}
        heard = [_plain(name) for name in names]
        self._taken = {word.lower() for word in taken}
        for name in heard:
            self._heed_title(name)
        parts = [part for name in heard for part in _parts(name)]
        self._taken.update(parts)
        self._given: set[str] = set()
        for part in sorted(dict.fromkeys(parts), key=lambda part: part not in sections()):
            self._new[part] = self._choose(part)
            self._given.add(self._new[part])

    def name(self, original: str) -> str:
        """The surrogate of a name as it was said; titles, "junior" and "and" stay."""
        original = _plain(original)
        if letters := _spelled().fullmatch(original):
            return self._spell(original, letters)
        # "Sister" alone is taken for a name that is masked, and must not stay.
        kept = _KEPT if any(word not in _KEPT for word in _words_of(original)) else ()
        return _part().sub(
            lambda match: (
                match.group() if match.group().lower() in kept else self._surrogate(match.group())
            ),
            original,
        )

    def _surrogate(self, word: str) -> str:
        if len(word) == 1:
            index = self._choice.number(25, "initial", word.lower())
            initial = _other_initial(word.lower(), index)
            return initial.upper() if word.isupper() else initial
        new = self._new.get(_folded(word)) or self._choose(_folded(word))
        if word.isupper():
            return new.upper()
        return new if word.islower() else new.capitalize()

    def _spell(self, original: str, letters: re.Match[str]) -> str:
        """ "w a l s h" -> "d o y l e", with the signs between the letters."""
        word = "".join(character for character in original if character.isalpha())
        new = self._surrogate(word.lower())
        return letters["gap"].join(new.upper() if word.isupper() else new)

    def _heed_title(self, name: str) -> None:
        words = [word.strip(".").lower() for word in name.split()]
        gender = _TITLES.get(words[0], "") if words else ""
        if gender and len(words) > 2 and _section(_folded(words[1])).startswith("either"):
            self._genders[_folded(words[1])] = gender

    def _choose(self, part: str) -> str:
        """The next name of the circle that is free; "nobody" where all of them were said."""
        circle = self._circle(self._genders.get(part) or _section(part), part)
        start = (
            circle.index(part) + 1
            if part in circle
            else self._choice.number(len(circle), "place", part)
        )
        free = (circle[(start + step) % len(circle)] for step in range(len(circle)))
        names = [name for name in free if name not in self._taken]
        unused = next((name for name in names if name not in self._given), None)
        return unused or next(iter(names), _NOBODY)

    def _circle(self, section: str, part: str) -> list[str]:
        """The names that may stand for this part, in the patient's order."""
        names = _handed_out(section)
        same = [name for name in names if _length(name) == _length(part)]
        chosen = same if len(same) >= _FEWEST else names
        label = f"{section} {_length(part) if chosen is same else 'any'}"
        if label not in self._circles:
            self._circles[label] = self._choice.shuffled(chosen, "circle", label)
        return self._circles[label]


def sections() -> dict[str, str]:
    """Name in lower case -> its list: "female", "male-surname", "known-either", "surname" ..."""
    return _sections()


def _section(part: str) -> str:
    """The list from which a surrogate of this part comes; unknown names count as surnames."""
    section = sections().get(part, "surname").removeprefix("known-")
    return "female" if section == "female-surname" else section


def _length(name: str) -> int:
    return sum(len(name) > longest for longest in _LONGEST)


def _other_initial(letter: str, number: int) -> str:
    index = ord(letter) - ord("a") if letter.isascii() else 0
    return chr(ord("a") + (index + 1 + number) % 26)


def _parts(name: str) -> list[str]:
    """The parts that get a surrogate, in lower case without accents."""
    if _spelled().fullmatch(name):
        return [_folded("".join(character for character in name if character.isalpha()))]
    words = _words_of(name)
    named = [word for word in words if word not in _KEPT] or words
    return [word for word in named if len(word) > 1]


def _words_of(name: str) -> list[str]:
    return [_folded(match.group()) for match in _part().finditer(name)]


def _folded(word: str) -> str:
    """ "José" and "jose", "O’Brien" and "O'Brien" are one name."""
    return fold(word).text


def _plain(name: str) -> str:
    """Accents with their letters, and no marks that nobody sees: they would divide a name."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(character for character in composed if not continues_word(character))


@cache
def _handed_out(section: str) -> list[str]:
    """A section; names that serve as surnames too stand for each other only."""
    return sorted(name for name, kind in _sections().items() if kind == section)


@cache
def _sections() -> dict[str, str]:
    found: dict[str, str] = {}
    folder = files("medscribe.privacy") / "lexicon"
    for name, first in (("surrogate_surnames.txt", "surname"), ("gendered_names.txt", "")):
        for line in (folder / name).read_text(encoding="ascii").splitlines():
            if not line.startswith("#"):
                section, *names = [first, *line.split()] if first else line.split()
                found.update(dict.fromkeys(names, section))
    return found


@cache
def _part() -> re.Pattern[str]:
    """A part of a name: "O'Brien", "de la Cruz", "Walsh" of "Walsh's"."""
    return re.compile(
        rf"(?:\b{_PARTICLES}\s+){{1,2}}[^\W\d_]{{2,}}|"
        r"(?<!['’])(?:[^\W\d_]['’])?[^\W\d_]+(?:['’](?!s\b)[^\W\d_]{2,})*",
        re.IGNORECASE,
    )


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_](?P<gap>[\s.,-]+)(?:[^\W\d_][\s.,-]+)+[^\W\d_]\.?")
