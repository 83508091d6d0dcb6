"""Digits, letters, years and addresses -> the words in which people say them.

`Chance` draws the manner: recognisers write the same phone number as "two oh six ...", "206 555
0142" or "2 0 6, 5 5 5, ...", and people say zero as "oh", twins as "double five", and hesitate.
"""

from collections.abc import Sequence
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = ["?", "?", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LEAKS_NOTHING = frozenset(("uh", "um", "dash", "no", "sorry", "wait"))
"""Words that people say between the groups of a number and that tell nothing of it."""


def below_hundred(number: int) -> str:
    """42 -> "forty two"."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f" {ONES[ones]}" if ones else "")


def cardinal(number: int) -> str:
    """1204 -> "one thousand two hundred four", up to 9999."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    words = [f"{ONES[thousands]} thousand"] if thousands else []
    words += [f"{ONES[hundreds]} hundred"] if hundreds else []
    words += [below_hundred(rest)] if rest or not words else []
    return " ".join(words)


def ordinal(number: int) -> str:
    """23 -> "twenty third", 1 to 99."""
    *front, last = below_hundred(number).split()
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return " ".join([*front, last])


def year(number: int, chance: Random) -> str:
    """1948 -> "nineteen forty eight", now and then "forty eight"; 2006 -> "two thousand six"."""
    century, rest = divmod(number, 100)
    if number >= 2000 and rest < 10:
        return f"two thousand{' and' if chance.random() < 0.2 else ''} {ONES[rest]}".replace(
            " zero", ""
        )
    if number >= 2000:
        return f"{chance.choice(('twenty', 'twenty', 'two thousand'))} {below_hundred(rest)}"
    ending = below_hundred(rest) if rest > 9 else (f"oh {ONES[rest]}" if rest else "hundred")
    return ending if rest > 9 and chance.random() < 0.2 else f"{below_hundred(century)} {ending}"


def house_number(number: int, chance: Random) -> str:
    """1420 -> "fourteen twenty", "one four two zero" or "1420"."""
    manner = chance.random()
    if manner < 0.3:
        return str(number)
    if manner < 0.5 or number < 100:
        return digit_words(str(number), chance) if number >= 100 else below_hundred(number)
    front, rest = divmod(number, 100)
    if front >= 100 or not rest:
        return cardinal(number)
    ending = below_hundred(rest) if rest > 9 else f"oh {ONES[rest]}"
    return f"{below_hundred(front)} {ending}"


def digit_words(digits: str, chance: Random) -> str:
    """ "2065" -> "two oh six five", sometimes with "double five" for twins."""
    zero = chance.choice(("zero", "oh", "oh"))
    doubles = chance.random() < 0.25
    words: list[str] = []
    place = 0
    while place < len(digits):
        digit = digits[place]
        word = zero if digit == "0" else ONES[int(digit)]
        if doubles and digits[place : place + 2] == digit * 2:
            words.append(f"double {word}")
            place += 2
        else:
            words.append(word)
            place += 1
    return " ".join(words)


def groups_said(groups: Sequence[str], chance: Random) -> tuple[str, ...]:
    """Groups of letters and digits, each as it is said; the manner is one for all of them."""
    manner = chance.choice(("words", "words", "words", "digits", "digits", "spaced", "pairs"))
    said = [_group(group, manner, chance) for group in groups]
    if chance.random() < 0.08:
        wrong = digit_words(str(chance.randrange(10, 99)), chance)
        said[-1] = f"{wrong} {chance.choice(('no', 'sorry', 'no wait'))} {said[-1]}"
    return tuple(said)


def joint(chance: Random) -> str:
    """What stands between groups: mostly nothing but a space."""
    return chance.choice((" ", " ", " ", " ", ", ", ", ", " dash ", ", uh, ", " um "))


def letters_said(letters: str, chance: Random) -> str:
    """ "ABX" -> "a b x", "ABX" or "a as in apple b x"."""
    manner = chance.random()
    if manner < 0.3:
        return letters.upper()
    said = list(letters.upper())
    if manner > 0.9:
        return f"{said[0]} as in {_AS_IN[said[0]]} {' '.join(said[1:])}".strip()
    return " ".join(said)


def _group(group: str, manner: str, chance: Random) -> str:
    if group.isalpha():
        return letters_said(group, chance)
    if manner == "digits":
        return group
    if manner == "spaced":
        return " ".join(group)
    if manner == "pairs" and len(group) % 2 == 0:
        return " ".join(_pair(group[i : i + 2]) for i in range(0, len(group), 2))
    return digit_words(group, chance)


def _pair(digits: str) -> str:
    """ "42" -> "forty two", "07" -> "oh seven", "00" -> "zero zero"."""
    if digits[0] != "0":
        return below_hundred(int(digits))
    return f"oh {ONES[int(digits[1])]}" if digits[1] != "0" else "zero zero"


_AS_IN = {
    word[0].upper(): word
    for word in _words(
        "apple boy charlie dog edward frank george harry ida john king lima mary nancy orange "
        "peter queen robert sam tom umbrella victor william xray yellow zebra"
    )
}
