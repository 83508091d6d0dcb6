"""A telephone, record or account number -> another one of the same shape, spoken if it was spoken.

"four one two, five five five ..." stays digit words, "AB-1234" two letters and four figures.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from medscribe.privacy.rules.numbers.digit_words import number_words
from medscribe.privacy.surrogates.date_parts import SMALL, TENS

_NOWHERE = -2
_TIMES = {"double": 2, "triple": 3}
_KEPT = frozenset(
    [
        *("dash", "hyphen", "slash", "dot", "point", "space", "underscore", "number", "no", "id"),
        *(
            "as",
            "in",
            "for",
            "like",
            "is",
            "and",
            "the",
            "of",
            "my",
            "uh",
            "um",
            "er",
            "ext",
            "extension",
            "mrn",
            "ssn",
        ),
        *("record", "account", "policy", "plate", "serial", "card", "last", "four", "plus"),
    ]
)
_SPELLING_WORDS = (
    *("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"),
    *("kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango"),
    *("uniform", "victor", "whiskey", "yankee", "zulu"),
)


class _Piece(NamedTuple):
    """Characters [start, end) that stand for `digits` figures, or for letters where it is 0.

    `value`: the figures, or the letters in lower case; `spoken`: in words; `as_one`: by one number
    word or two, "seventy two", not "seven two".
    """

    start: int
    end: int
    digits: int
    value: str
    spoken: bool = False
    as_one: bool = False


def digit_count(text: str) -> int:
    """How many figures `text` has, written or spoken: "4-1, double five" has four."""
    return sum(piece.digits for piece in _pieces(text))


def value_of(text: str) -> str:
    """Figures and letters of `text` in order, however they are said: "4-1, double five b" is
    "4155b"; words that only announce or join are left out."""
    return "".join(piece.value for piece in _pieces(text))


def with_digits(text: str, digits: str, letters: Iterator[int]) -> str:
    """`text` with its figures replaced by `digits`, as many as `digit_count`, in the same form.

    Its letters are replaced as well, by `letters` (numbers 0 <= n < 26 x 25); words that only
    announce or join ("number", "dash") stay.
    """
    pieces, read, taken = [], 0, 0
    for piece in _pieces(text):
        old = text[piece.start : piece.end]
        pieces.append(text[read : piece.start])
        if piece.digits:
            part = digits[taken : taken + piece.digits]
            pieces.append(_in_case(old, _said(part, piece)) if piece.spoken else part)
        else:
            pieces.append(_other_letters(old, letters, 6 if _is_hardware(text) else 26))
        read, taken = piece.end, taken + piece.digits
    return "".join([*pieces, text[read:]])


def phone_digits(count: int, digit: Callable[[], int]) -> str:
    """Figures of a telephone number that belongs to nobody: 555-0100 to 555-0199.

    Those are kept for fiction in every area of the North American plan. Others are cut from or
    filled up before that; the area is any but one that begins with 0 or 1.
    """
    line = f"55501{digit()}{digit()}"
    if count <= len(line):
        return line[len(line) - count :]
    area = f"{2 + digit() % 8}{digit()}{digit()}"
    country = "1" * (count == 11) + "".join(str(digit()) for _ in range(count - 11))
    return (country + area + line)[-count:]


def social_security_digits(count: int, digit: Callable[[], int]) -> str:
    """Figures of a number that the US never issued: area 900 to 999 with group 00."""
    number = f"9{digit()}{digit()}00" + "".join(str(digit()) for _ in range(4))
    extra = "".join(str(digit()) for _ in range(count - len(number)))
    return (extra + number)[-count:] if count else ""


def zip_digits(count: int, digit: Callable[[], int]) -> str:
    """Figures of a ZIP code that is nowhere: none begins with 000."""
    return "000"[:count] + "".join(str(digit()) for _ in range(count - 3))


def any_digits(count: int, digit: Callable[[], int]) -> str:
    """Figures without a rule, the first of several no zero."""
    first = str(1 + digit() % 9) if count > 1 else str(digit()) * count
    return first + "".join(str(digit()) for _ in range(count - 1))


def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    times, begin, tens_end = 1, 0, _NOWHERE
    for match in _words().finditer(text):
        word = match.group().lower()
        start, end = match.span()
        if word in _TIMES:
            times, begin = _TIMES[word], start
            continue
        value = word if word.isdecimal() else number_words().get(word)
        joined = text[end : end + 1].isdecimal() or text[start - 1 : start].isdigit()
        if value is not None and not (joined and word.isalpha()):
            if start == tens_end + 1 and len(value) == 1 and value != "0" and not word.isdecimal():
                last = found.pop()  # "seventy two" is one piece of two figures
                found.append(last._replace(end=end, value=last.value[0] + value))
            else:
                first = begin if times > 1 else start
                spoken, as_one = not word.isdecimal(), len(value) == 2 and value != "00"
                as_one = as_one and times == 1
                value *= times
                found.append(_Piece(first, end, len(value), value, spoken, as_one))
            tens_end = end if word in TENS[2:] and times == 1 else _NOWHERE
        elif word not in _KEPT or joined:
            found.append(_Piece(start, end, 0, word))
        times = 1
    return found


def _said(digits: str, piece: _Piece) -> str:
    if not piece.as_one:
        return " ".join(SMALL[int(digit)] for digit in digits)
    value = int(digits)
    if value < 10:
        return f"{'oh' if value else 'zero'} {SMALL[value]}"
    if value < len(SMALL):
        return SMALL[value]
    return f"{TENS[value // 10]} {SMALL[value % 10]}" if value % 10 else TENS[value // 10]


def _is_hardware(text: str) -> bool:
    """Whether it is a network hardware address: its letters are figures of base 16."""
    return bool(re.fullmatch(r"[\dA-Fa-f]{2}(?:[:-][\dA-Fa-f]{2}){5}", text))


def _other_letters(old: str, numbers: Iterator[int], alphabet: int) -> str:
    """No letter stays; a word of the spelling alphabet becomes another one."""
    if old.lower() in _SPELLING_WORDS:
        index = _SPELLING_WORDS.index(old.lower())
        step = 1 + next(numbers) % (len(_SPELLING_WORDS) - 1)
        return _in_case(old, _SPELLING_WORDS[(index + step) % len(_SPELLING_WORDS)])
    return "".join(_other_letter(letter, next(numbers), alphabet) for letter in old)


def _other_letter(old: str, number: int, alphabet: int) -> str:
    index = ord(old.lower()[0]) - ord("a")
    index = index if 0 <= index < alphabet else 0
    new = chr(ord("a") + (index + 1 + number % (alphabet - 1)) % alphabet)
    return new.upper() if old.isupper() else new


def _in_case(old: str, new: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.capitalize() if old[:1].isupper() else new


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\d+|[^\W\d_]+")
