"""One statement + the talk -> what it says that the talk does not bear out.

A number, a drug, a dose beside another drug and the other side of the body are hard: they can harm,
and chance does not produce them. A denial that nobody made is amber.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from medscribe.clinical.drugs import DrugMention, find_drugs
from medscribe.clinical.numbers import normalise_numbers
from medscribe.domain.privacy import PLACEHOLDER
from medscribe.safety.grounding.talk import Talk, numbers_in, plain_number, words_of

_PAIRED_WITHIN = 40
"""Words between a drug and its dose in the talk; "and we'll start that at ..." comes in between,
but no other drug does."""

_NAMED_AFTER = 8
"""Words between a dose and the drug it is of: "20 milligrams of the lisinopril"."""

_DOSE = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?) ?(?:mg|mcg|g|mEq|units?|mL)(?!/)\b", re.IGNORECASE
)
_SIDES = {"left": "right", "right": "left"}
_SIDE_REACH = 3
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
    LATERALITY = "laterality"
    NEGATION = "negation"


HARD_RULES = frozenset({Rule.NUMBER, Rule.DRUG, Rule.PAIRING, Rule.LATERALITY})


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
    text = normalise_numbers(PLACEHOLDER.sub(" ", statement))
    found = [*_numbers(text, talk), *_drugs(text, talk), *_pairs(text, talk), *_sides(text, talk)]
    return list(dict.fromkeys([*found, *_denials(text, talk)]))


def _numbers(text: str, talk: Talk) -> Iterator[Flag]:
    # "3/7", "2/52" and "6/12" are days, weeks and months as GPs write them.
    plain = re.sub(r"(?<=\d)/(?:7|52|12)\b", "", text)
    for number in sorted(numbers_in(plain) - talk.numbers):
        yield Flag(Rule.NUMBER, number)


def _drugs(text: str, talk: Talk) -> Iterator[Flag]:
    said = {place.ingredient for place in talk.drugs}
    for drug in find_drugs(text):
        named = set(drug.name.lower().split()) <= set(talk.words)
        if not named and not set(drug.ingredients) <= said:
            yield Flag(Rule.DRUG, drug.name)


def _pairs(text: str, talk: Talk) -> Iterator[Flag]:
    """Each dose against the drug before it in the statement, else the one after it."""
    drugs = find_drugs(text)
    for dose in _DOSE.finditer(text):
        before = [drug for drug in drugs if drug.span.end <= dose.start()]
        beside = before[-1:] or [drug for drug in drugs if drug.span.start >= dose.end()][:1]
        number = plain_number(dose.group(1))
        for drug in beside:
            known = any(place.ingredient in drug.ingredients for place in talk.drugs)
            if known and number in talk.words and not _goes_with(number, drug, talk):
                yield Flag(Rule.PAIRING, f"{drug.name} {number}")


def _goes_with(number: str, drug: DrugMention, talk: Talk) -> bool:
    """Whether the talk has the number close after that drug, or just before it ("20 of ...")."""
    return any(_is_said_of(at, drug, talk) for at, word in enumerate(talk.words) if word == number)


def _is_said_of(at: int, drug: DrugMention, talk: Talk) -> bool:
    before = [place for place in talk.drugs if at - _PAIRED_WITHIN <= place.at < at]
    nearest = max((place.at for place in before), default=None)
    after = [place for place in talk.drugs if at < place.at <= at + _NAMED_AFTER]
    beside = [place for place in before if place.at == nearest] + after
    return any(place.ingredient in drug.ingredients for place in beside)


def _sides(text: str, talk: Talk) -> Iterator[Flag]:
    said = set(_side_pairs(list(talk.words)))
    for side, part in _side_pairs(words_of(text)):
        other = (_SIDES[side], part)
        if (side, part) not in said and other in said:
            yield Flag(Rule.LATERALITY, f"{side} {part}")


def _side_pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(words):
        if word in _SIDES:
            near = (part.removesuffix("s") for part in words[at + 1 : at + 1 + _SIDE_REACH])
            yield from ((word, part) for part in near if part in _words("parts"))


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
    return word in _words("plain") or len(word) < 4 or not word.isalpha()


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
    return not _words("negatives").isdisjoint(near)


@cache
def _words(group: str) -> frozenset[str]:
    table = (files("medscribe.safety") / "grounding" / "words.toml").read_text("utf-8")
    return frozenset(str(tomllib.loads(table)[group]).split())
