"""One statement + the talk -> what it says that the talk does not bear out.

A number, a drug, a dose beside another drug, another unit and the other side of the body are hard:
they can harm, and chance does not produce them. A denial that nobody made is amber.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from medscribe.clinical.drugs import DrugMention, find_drugs
from medscribe.clinical.numbers import normalise_numbers
from medscribe.domain.privacy import PLACEHOLDER
from medscribe.safety.grounding.sides import wrong_sides
from medscribe.safety.grounding.talk import Talk, numbers_in, plain_number, words_of
from medscribe.safety.grounding.units import (
    dose_unit,
    has_dose,
    has_other_unit,
    times_in_other_units,
)
from medscribe.safety.grounding.words import listed

_PAIRED_WITHIN = 40
"""Words between a drug and its dose in the talk; "and we'll start that at ..." comes in between,
but no other drug does."""

_NAMED_AFTER = 8
"""Words between a dose and the drug it is of: "20 milligrams of the lisinopril"."""

_OWN_DOSE_WITHIN = 3
"""Words between a drug and a dose that is plainly its own."""

_DETERMINERS = frozenset(["the", "that", "your", "my", "his", "her"])
_ARTICLES = frozenset(["a", "an", "one", "per", "each", "every"])
_DOSE = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?) ?(mg|mcg|g|mEq|units?|mL)(?!/)\b", re.IGNORECASE
)
_SHORT_TIMES = {"7": "days", "52": "weeks", "12": "months"}
_SHORT_TIME = re.compile(r"(?<![\w/.])(\d+)/(7|52|12)\b(?!/)")
_FRACTION = re.compile(r"(?<![\w/.])(?:(\d+) )?([13])/([24])(?![\w/])")
_NAMES = re.compile(r"\b(?:(?:covid|cov|omega|b|d)-\d+|[23]D|911)\b", re.IGNORECASE)
"""Digits that belong to a name: "COVID-19" is said as "covid", "2D echo" as "echo"."""

_DECADE = re.compile(r"\b(\d*([2-9])0)s\b")
_DECADES = {
    "2": "twenties", "3": "thirties", "4": "forties", "5": "fifties", "6": "sixties",
    "7": "seventies", "8": "eighties", "9": "nineties",
}  # fmt: skip
_NEGATION = re.compile(
    r"\b(?:no|not|denies|denied|without|never|negative for|free of)\b(?P<scope>[^.;:,]*)",
    re.IGNORECASE,
)
_SCOPE_ENDS = re.compile(r"\b(?:but|except|although|however|since|because|until|when)\b", re.I)
_DENIED_WITHIN = 8
_ANSWERS = 2
_ANSWER_WORDS = 4
_DENIED_WORDS = 6


class Rule(StrEnum):
    """What a statement may have wrong."""

    NUMBER = "number"
    DRUG = "drug"
    PAIRING = "pairing"
    UNIT = "unit"
    LATERALITY = "laterality"
    NEGATION = "negation"


HARD_RULES = frozenset({Rule.NUMBER, Rule.DRUG, Rule.PAIRING, Rule.UNIT, Rule.LATERALITY})


@dataclass(frozen=True)
class Flag:
    """`value` is what the talk does not hold: "500", "lisinopril 500", "left knee"."""

    rule: Rule
    value: str

    @property
    def hard(self) -> bool:
        return self.rule in HARD_RULES


def flags_of(statement: str, talk: Talk) -> list[Flag]:
    """All flags of one statement, hard ones first."""
    text = normalise_numbers(PLACEHOLDER.sub(" ", statement).replace("µg", "mcg"))
    found = [*_numbers(text, talk), *_drugs(text, talk), *_doses(text, talk), *_times(text, talk)]
    return list(dict.fromkeys([*found, *_sides(text, talk), *_denials(text, talk)]))


def _numbers(text: str, talk: Talk) -> Iterator[Flag]:
    # "3/7", "2/52" and "6/12" are days, weeks and months as GPs write them.
    plain = _NAMES.sub(" ", _SHORT_TIME.sub(r"\1 ", text))
    plain = _DECADE.sub(lambda match: " " if _DECADES[match[2]] in talk.words else match[1], plain)
    plain = _FRACTION.sub(lambda match: " " if _has_fraction(match, talk) else match[0], plain)
    # "q6h", "x7"; the minutes of a whole hour are not spoken.
    plain = re.sub(r"\b[qx](?=\d)|(?<=\d):00\b", " ", plain, flags=re.IGNORECASE)
    converted = {
        plain_number(dose[1])
        for dose in _DOSE.finditer(plain)
        if has_dose(plain_number(dose[1]), dose_unit(dose[2].lower()) or "", talk.words)
    }
    for number in sorted(numbers_in(plain) - talk.numbers - converted):
        if number != "1" or not _is_implied(words_of(plain), talk):
            yield Flag(Rule.NUMBER, number)


def _has_fraction(match: re.Match[str], talk: Talk) -> bool:
    """Whether "1/2" or "1 1/2" stands for a half, not for two numbers: these are looked up."""
    whole, above, below = match.groups()
    both = {above, below} <= talk.numbers
    return not both and str(1 / int(below)) in talk.numbers and (not whole or whole in talk.numbers)


def _is_implied(words: list[str], talk: Talk) -> bool:
    """ "1 tablet" where "a tablet" was said."""
    said = {_stem(after) for word, after in pairwise(talk.words) if word in _ARTICLES}
    return all(
        at + 1 < len(words) and _stem(words[at + 1]) in said
        for at, word in enumerate(words)
        if word == "1"
    )


def _times(text: str, talk: Talk) -> Iterator[Flag]:
    plain = _SHORT_TIME.sub(lambda match: f"{match[1]} {_SHORT_TIMES[match[2]]}", text)
    for value in times_in_other_units(words_of(plain), talk.words):
        yield Flag(Rule.UNIT, value)


def _drugs(text: str, talk: Talk) -> Iterator[Flag]:
    said = {place.ingredient for place in talk.drugs}
    for drug in find_drugs(text):
        named = set(drug.name.lower().split()) <= set(talk.words)
        if not named and not set(drug.ingredients) <= said:
            yield Flag(Rule.DRUG, drug.name)


def _doses(text: str, talk: Talk) -> Iterator[Flag]:
    """Each dose against the drug before it in the statement, else the one after it."""
    drugs = find_drugs(text)
    for dose in _DOSE.finditer(text):
        number, unit = plain_number(dose[1]), dose_unit(dose[2].lower()) or ""
        if number not in talk.words:
            # "2" was said in "2.5" or "5" in "25"; what was not said at all is flagged as a number.
            if number in talk.numbers and not has_dose(number, unit, talk.words):
                yield Flag(Rule.NUMBER, number)
            continue
        before = [drug for drug in drugs if drug.span.end <= dose.start()]
        beside = before[-1:] or [drug for drug in drugs if drug.span.start >= dose.end()][:1]
        yield from _beside(number, unit, beside, talk)


def _beside(number: str, unit: str, beside: list[DrugMention], talk: Talk) -> Iterator[Flag]:
    for drug in beside:
        known = any(place.ingredient in drug.ingredients for place in talk.drugs)
        if known and not _goes_with(number, drug, talk):
            yield Flag(Rule.PAIRING, f"{drug.name} {number}")
            return

    def counts(at: int) -> bool:
        return not beside or _is_said_of(at, beside[0], talk)

    if not has_dose(number, unit, talk.words) and has_other_unit(number, unit, talk.words, counts):
        yield Flag(Rule.UNIT, f"{number} {unit}")


def _goes_with(number: str, drug: DrugMention, talk: Talk) -> bool:
    """Whether the talk has the number close after that drug, or just before it ("20 of ...")."""
    return any(_is_said_of(at, drug, talk) for at, word in enumerate(talk.words) if word == number)


def _is_said_of(at: int, drug: DrugMention, talk: Talk) -> bool:
    before = [place for place in talk.drugs if at - _PAIRED_WITHIN <= place.at < at]
    nearest = max((place.at for place in before), default=None)
    after = [place for place in talk.drugs if at < place.at <= at + _NAMED_AFTER]
    next_ = min((place.at for place in after), default=None)
    if next_ is not None and _is_of(at, next_, talk):
        nearest = None
    elif next_ is not None and nearest is not None and _has_own_dose(next_, talk):
        next_ = None
    return any(
        place.ingredient in drug.ingredients for place in talk.drugs if place.at in (nearest, next_)
    )


def _is_of(at: int, drug_at: int, talk: Talk) -> bool:
    """ "20 milligrams of the lisinopril", "20 of lisinopril"."""
    between = [word for word in talk.words[at + 1 : drug_at] if word not in _DETERMINERS]
    return between[-1:] == ["of"] and all(map(dose_unit, between[:-1]))


def _has_own_dose(drug_at: int, talk: Talk) -> bool:
    behind = talk.words[drug_at + 1 : drug_at + 1 + _OWN_DOSE_WITHIN]
    return any(word[:1].isdigit() for word in behind)


def _sides(text: str, talk: Talk) -> Iterator[Flag]:
    for value in wrong_sides(text, talk):
        yield Flag(Rule.LATERALITY, value)


def _denials(text: str, talk: Talk) -> Iterator[Flag]:
    """Words that the statement denies and the talk has, but never near a negation or before an
    answer that may be one."""
    for match in _NEGATION.finditer(text):
        scope = _SCOPE_ENDS.split(match["scope"])[0]
        for word in words_of(scope)[:_DENIED_WORDS]:
            places = [] if _is_plain(word) else _places(word, talk)
            if places and not any(_is_denied_at(at, talk) for at in places):
                yield Flag(Rule.NEGATION, word)


def _is_plain(word: str) -> bool:
    return word in listed("plain") or len(word) < 4 or not word.isalpha()


def _places(word: str, talk: Talk) -> list[int]:
    stem = _stem(word)
    return [at for at, said in enumerate(talk.words) if _stem(said) == stem]


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)\Z", "", word) if len(word) > 5 else word.removesuffix("s")


def _is_denied_at(at: int, talk: Talk) -> bool:
    """Whether a negation stands before the word, or an answer to its utterance begins with one."""
    following = bisect_right(talk.begins, at)
    answers = talk.begins[following : following + _ANSWERS]
    near = [*talk.words[max(0, at - _DENIED_WITHIN) : at + 2]]
    for begin in answers:
        near += talk.words[begin : begin + _ANSWER_WORDS]
    return not listed("negatives").isdisjoint(near)
