"""A term in a sentence -> how it is asserted there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.clinical.kin_words import relation_of_word
from medscribe.domain.findings import Assertion, Temporality
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.note.findings.context.scopes import Scope

# "if your headache gets worse": the headache is there already.
_DEFINITE = re.compile(
    r"\b(?:your|my|the|his|her|this|that|these|those)(?: \w+)? ?\Z", re.IGNORECASE
)
# "rule out", "concerned about" question what they name, "your" or not.
_QUESTIONS_IT = re.compile(r"rule out|if|whether|concern|worr|history", re.IGNORECASE)
_WARNS = re.compile(r"\b(?:in mind|watch|look(?:ing)? out|symptoms)\b", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"\b(?:for|with|about|from|by|causing|because of) (?:your|my|the|this|that|these)(?: \w+)? ?\Z",
    re.IGNORECASE,
)
_WEAKENED_BY_DEFINITE = frozenset(["doubted", "possible"])
_IS_WORSE = re.compile(
    r"\A (?:is |are |does |do |gets? |becomes? |continues? |comes? |returns?|persists?|worsens?)"
    r"(?!not)",
    re.IGNORECASE,
)
_KIN = re.compile(r"[a-z]+(?:[- ]in[- ]law)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """An assertion, and the relative whom it is about ("mother"), None for others."""

    assertion: Assertion
    relative: str | None = None


def stated_at(text: str, scopes: Sequence[Scope], start: int, end: int) -> Stated:
    """How the words [start, end) of `text` are asserted, by the scopes of that sentence.

    "my mother had breast cancer" -> family, relative "mother"; "if you get a rash" ->
    hypothetical, future; "i do not think it is gout" -> negated and only possible.
    """
    over = [scope for scope in scopes if scope.start <= start < scope.end]
    over = [scope for scope in over if not _is_presupposed(text, scope, start, end)]
    categories = {scope.category for scope in over}
    hypothetical = "hypothetical" in categories
    if "family" in categories and all(
        "history" in scope.trigger.lower() for scope in over if scope.category == "past"
    ):
        categories.discard("past")
    return Stated(
        Assertion(
            negated=bool(categories & {"negated", "doubted"}),
            certainty=_certainty(categories),
            temporality=_temporality(categories, hypothetical=hypothetical),
            experiencer=_experiencer(categories),
        ),
        _relative(over),
    )


def relative_in(trigger: str) -> str | None:
    """The relative named: "my older sister's" -> "sister"; None where only a family is."""
    for match in _KIN.finditer(trigger.lower()):
        word = match.group()
        for form in (word, word.removesuffix("s")):
            if form in relation_of_word():
                return relation_of_word()[form].value
            if form in _FURTHER_KIN:
                return form
    return None


_FURTHER_KIN = frozenset(
    [
        "cousin",
        "niece",
        "nephew",
        "parent",
        "sibling",
        "child",
        "kid",
        "grandson",
        "granddaughter",
        "stepmother",
        "stepfather",
        "grandparent",
    ]
)


def _certainty(categories: set[str]) -> Certainty:
    if categories & {"hypothetical", "future"}:
        return Certainty.HYPOTHETICAL
    return Certainty.POSSIBLE if categories & {"possible", "doubted"} else Certainty.CONFIRMED


def _temporality(categories: set[str], *, hypothetical: bool) -> Temporality:
    if hypothetical or "future" in categories:
        return Temporality.FUTURE
    return Temporality.PAST if "past" in categories else Temporality.CURRENT


def _experiencer(categories: set[str]) -> Experiencer:
    if "other" in categories:
        return Experiencer.OTHER
    return Experiencer.FAMILY if "family" in categories else Experiencer.PATIENT


def _relative(over: Sequence[Scope]) -> str | None:
    family = [scope for scope in over if scope.category == "family"]
    named = [relation for scope in family if (relation := relative_in(scope.trigger))]
    return named[-1] if named else None


def _is_presupposed(text: str, scope: Scope, start: int, end: int) -> bool:
    if not _DEFINITE.search(text[max(0, start - 40) : start]):
        return False
    if scope.category in _WEAKENED_BY_DEFINITE:
        return not _QUESTIONS_IT.search(scope.trigger)
    if scope.category == "negated":
        # "we have no reason for the chest pain", but "no chest pain"
        return bool(_TOLD_OF.search(text[max(0, start - 40) : start]))
    if scope.category == "hypothetical":
        # "bear in mind the fever and the back pain I mentioned": named to be watched for
        if _WARNS.search(scope.trigger) and text[:start].lower().endswith("the "):
            return False
        return scope.trigger.lower() != "if" or bool(_IS_WORSE.match(text[end:]))
    return False
