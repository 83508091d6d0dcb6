"""A town, street, hospital or ZIP code -> one that is made up, in the same form and case.

"12 Elm Street, Dayton, OH 45402" -> "57 Harrowmere Street, Brackenstow, OH 00073": what kind of
place it is stays, and so does the state, as Safe Harbor lets it.
"""

import re
from collections.abc import Iterable
from functools import cache

from medscribe.privacy.rules.numbers.digit_runs import digit_runs
from medscribe.privacy.rules.numbers.digit_words import number_word_pattern, number_words
from medscribe.privacy.rules.word_list import places, regions
from medscribe.privacy.surrogates.keyed_choice import KeyedChoice
from medscribe.privacy.surrogates.numbers import any_digits, digit_count, with_digits, zip_digits

_STEMS = (
    *("alder", "amber", "ashen", "barrow", "birken", "bracken", "bramble", "calder", "cinder"),
    *("clover", "copper", "corven", "dunmar", "elder", "ember", "fallow", "fenwick", "garnet"),
    *("goran", "harrow", "hazel", "heron", "holver", "jasper", "kelder", "kestrel", "larken"),
    *("linnet", "marlen", "merrow", "nettle", "orven", "osier", "pellan", "quarrin", "raven"),
    *("rowsley", "sable", "selwin", "sorrel", "tarrow", "thistle", "tolver", "ulver", "vessel"),
    *("wendle", "willow", "yarrow", "zeller", "ostre"),
)
_ENDINGS = (
    *("bourne", "combe", "croft", "dale", "fold", "gate", "holm", "hurst", "leigh", "mere"),
    *("minster", "mouth", "shaw", "stead", "stow", "thorpe", "wath", "wold"),
)
_SHORT_STEMS = (
    *("bar", "cor", "dun", "fen", "gar", "hol", "kel", "lan", "mer", "nor", "pen", "ros", "sel"),
    *("tar", "ul", "ven", "wen", "yar", "zel", "ost"),
)
_SHORT_ENDINGS = ("wick", "den", "by", "more", "sey", "low", "nam", "row", "tle", "vane")
_LONGEST = (7, 10, 12)
"""Length classes of towns: up to seven letters, ten, twelve, more."""

_KEPT = frozenset(
    """
    street st avenue ave av road rd lane ln drive dr boulevard blvd court ct place pl square sq way
    terrace ter trail trl circle cir parkway pkwy highway hwy route rte pike crescent close row loop
    alley plaza apartment apt suite ste unit floor fl building bldg room rm box po north south east
    west northeast northwest southeast southwest hospital hospitals clinic clinics center centre
    medical health healthcare system general university college school memorial regional community
    county city town township village parish district hospice pharmacy infirmary institute church
    chapel nursing home care urgent emergency department campus office group practice surgery lake
    river valley park springs heights hills beach island mount mountain fort port saint new old
    upper lower the of at in on and near by for to from a an uh um corner zip code number
    """.split()  # noqa: SIM905 - reads as a list of words
)
_STATE_CODES = frozenset(
    """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR
    """.split()  # noqa: SIM905 - reads as a list of words
)


class PlaceSurrogates:
    """Surrogates for the places of one patient's visit; none is a listed town, nor in `taken`."""

    def __init__(self, choice: KeyedChoice, originals: Iterable[str], taken: Iterable[str]) -> None:
        self._choice = choice
        self._taken = {word.lower() for word in taken}
        self._new: dict[str, str] = {}
        for name in sorted({name.lower() for one in originals for name in _names(one)}):
            self._new[name] = self._choose(name)

    def place(self, original: str, attempt: int = 0) -> str:
        """Another place of the same kind; `attempt` asks for other figures."""
        named = _name().sub(lambda match: self._named(match.group()), original)
        new = self._numbered(named, original, attempt)
        # "the hospital", "Texas": nothing of it names a town, and yet it is not to stay.
        return new if new != original else _in_case(original, self._town(original.lower()))

    def _named(self, group: str) -> str:
        return group if _is_kept(group) else _in_case(group, self._town(group.lower()))

    def _numbered(self, text: str, original: str, attempt: int) -> str:
        numbers = self._choice.stream(10, "figures", original.lower(), str(attempt))
        letters = self._choice.stream(26 * 25, "letters", original.lower(), str(attempt))
        pieces, read = [], 0
        # "OH 45402" is Ohio, not "oh" for zero.
        for run in digit_runs(text.replace("OH", "__")):
            old = text[run.start : run.end]
            count = digit_count(old)
            is_zip = count in (5, 9) and not any(map(str.isalpha, text[run.end :]))
            rule = zip_digits if is_zip else any_digits
            new = with_digits(old, rule(count, lambda: next(numbers)), letters)
            pieces += [text[read : run.start], new]
            read = run.end
        return _ordinal().sub(_with_suffix, "".join([*pieces, text[read:]]))

    def _town(self, name: str) -> str:
        if name not in self._new:
            self._new[name] = self._choose(name)
        return self._new[name]

    def _choose(self, name: str) -> str:
        """A free town as long as `name`; the same whatever else was said, if it is free."""
        same = [town for town in _towns() if _length(town) == _length(name)]
        start = self._choice.number(len(same), "town", name)
        ring = [same[(start + step) % len(same)] for step in range(len(same))]
        free = [town for town in ring if town not in self._taken] or ring
        given = set(self._new.values())
        return next((town for town in free if town not in given), free[0])


def _names(original: str) -> list[str]:
    return [group for group in _name().findall(original) if not _is_kept(group)]


def _is_kept(word: str) -> bool:
    lower = word.lower()
    known = lower in _KEPT or lower in regions() or lower in number_words()
    return known or word in _STATE_CODES or lower in ("double", "triple") or len(word) == 1


def _length(name: str) -> int:
    return sum(len(name) > longest for longest in _LONGEST)


def _in_case(old: str, new: str) -> str:
    if old.isupper():
        return new.upper()
    return new if old.islower() else new.title()


def _with_suffix(match: re.Match[str]) -> str:
    """ "52th" -> "52nd"."""
    number = int(match["number"])
    last = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return match["number"] + (last.upper() if match["suffix"].isupper() else last)


@cache
def _ordinal() -> re.Pattern[str]:
    return re.compile(r"(?P<number>\d{1,9})(?P<suffix>st|nd|rd|th)(?!\w)", re.IGNORECASE)


@cache
def _towns() -> tuple[str, ...]:
    """Every stem with every ending, but for what is a town."""
    long = [stem + ending for stem in _STEMS for ending in _ENDINGS]
    short = [stem + ending for stem in _SHORT_STEMS for ending in _SHORT_ENDINGS]
    return tuple(town for town in (*short, *_STEMS, *long) if town not in places())


@cache
def _name() -> re.Pattern[str]:
    """States, words that tell the kind of a place, and between them the words of one name."""
    state = "|".join(sorted(map(re.escape, regions()), key=len, reverse=True))
    number = number_word_pattern()
    kept = "|".join(sorted(_KEPT))
    apart = rf"(?i:{state}|{kept}|{number}|double|triple)|{'|'.join(sorted(_STATE_CODES))}"
    word = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
    free = rf"(?!(?:{apart})(?!\w)){word}"
    return re.compile(rf"(?<![\w'’])(?:(?i:{state})(?!\w)|{free}(?:[\s-]+{free})*|{word})")
