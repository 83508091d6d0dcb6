"""The words in which people dictate numbers and codes -> the characters they stand for."""

from functools import cache

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
"""Words that repeat the next digit."""

HOMOPHONES = {"to": "2", "too": "2", "for": "4", "fore": "4", "ate": "8", "won": "1"}
"""Words that recognisers write for a digit."""

_JOINING = (
    "dash hyphen space slash dot uh um er ah hmm mm then no sorry wait actually oops correction "
    "rather"
)
JOINING = frozenset(_JOINING.split())
"""Words that may stand inside a dictated number, never at its ends."""

_LOOSE_JOINING = (
    "and okay ok yeah so like i mean let me see scratch that make it's its is not hold on excuse "
    "underscore stroke capital uppercase lowercase upper lower case big letter "
    "letters number numbers digit digits comma hang it"
)
LOOSE_JOINING = frozenset(_LOOSE_JOINING.split())
"""Words that may stand there too where the number is announced: "m, capital k, and then seven"."""

_VALUES = (
    "ldl hdl tsh wbc rbc hgb hct plt bun bmi ast alt inr psa bnp crp esr bp hr ef mcv gfr egfr ptt "
    "pt gcs nihss na cl co ca phos cm mm mg ml kg lb lbs dl ng mmol meq iu hz pm am yo"
)
VALUES = frozenset(_VALUES.split())
"""Short forms of measurements and units: letters beside a figure, but not of a code."""

CODE_PREFIXES = frozenset(["sub", "emp", "reg", "mem", "acc", "stu", "doc", "dev", "rep", "ins"])
"""Words that a recogniser makes of the letters that begin a code: "sub 4 1 1 9"."""

_NATO = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
ALPHABET = {word: word[0].upper() for word in _NATO.split()} | {
    "alfa": "A",
    "juliett": "J",
    "whisky": "W",
    "zee": "Z",
    "zed": "Z",
}
"""The words of the NATO alphabet, and names of letters that are words."""


def number_words() -> dict[str, str]:
    """Number words and their figures: "seventy" -> "70"."""
    return _number_words()


@cache
def _number_words() -> dict[str, str]:
    words = {word: str(index) for index, word in enumerate((*_UNITS, *_TEENS))}
    words |= {word: str(10 * index + 20) for index, word in enumerate(_TENS)}
    zeros = dict.fromkeys(("oh", "o", "nought", "naught"), "0")
    return words | zeros | {"niner": "9", "hundred": "00", "thousand": "000"}


def number_word_pattern() -> str:
    """Alternatives of a pattern: every number word, longer ones first."""
    return "|".join(sorted(number_words(), key=len, reverse=True))


def spoken_number(most: int) -> str:
    """Pattern of figures, or of up to `most` number words."""
    words = number_word_pattern()
    return (
        rf"(?:\d{{1,6}}[A-Za-z]?|(?:(?:{words})(?:[\s-]+(?:and\s+)?(?:{words})){{0,{most - 1}}}))"
    )
