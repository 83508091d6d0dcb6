"""Plan sentences with their units -> the plan by problem: each named once, what belongs under it.

Words that name an ailment, and drugs and tests that go with one, are data: `tables/problems.toml`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property

from medscribe.note.composing.plan_wording import problem_opening, problem_word_list, split_problem
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.rules import load_pattern, read_table

_LEAD = re.compile(r"\A(?:(?:the|a|an|your|his|her|their|my|this|that|of|possible|some) )+")
_TAIL = re.compile(r"(?: (?:again|today|now|here|itself|right now|issue|issues|problem))+\Z")
_HEDGES = {
    "possible": re.compile(r"\b(?:may|possibl[ey]|maybe)\b", re.IGNORECASE),
    "likely": re.compile(
        r"\b(?:likely|probabl[ey]|suspect\w*|suspicious|presumpti\w+)\b", re.IGNORECASE
    ),
}
_WORD = re.compile(r"[a-z0-9<][\w'>/-]*")


class PlanKind(StrEnum):
    """What a line of the plan is about, in the order in which a problem's lines stand; the value
    is the head it stands under."""

    REASONING = "Medical Reasoning"
    TESTING = "Additional Testing"
    TREATMENT = "Medical Treatment"
    REFERRAL = "Specialist Referrals"
    EDUCATION = "Patient Education and Counseling"


def plan_kind(text: str) -> PlanKind:
    """What a line of the plan is about: "Order an MRI of the knee." is testing, "Advised to rest
    it." education, "This is a strain." reasoning."""
    for kind in (
        PlanKind.REFERRAL,
        PlanKind.TESTING,
        PlanKind.TREATMENT,
        PlanKind.EDUCATION,
    ):
        if load_pattern("problems", kind.name.lower()).search(text):
            return kind
    return PlanKind.REASONING


@dataclass(frozen=True)
class ProblemName:
    """What a problem is called, and the words that tell it from others."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        return problem_words(self.text)


@dataclass(frozen=True)
class PlanText:
    """One sentence of the plan, as it is charted."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        return problem_words(self.text)

    @cached_property
    def is_general(self) -> bool:
        return is_general(self.text)

    @cached_property
    def kind(self) -> PlanKind:
        return plan_kind(self.text)

    @cached_property
    def diseases(self) -> frozenset[str]:
        """Words of problems whose drugs or tests it names."""
        return frozenset(word for word, said in _related().items() if said.search(self.text))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its words without those that only name a problem."""
        return self.words - problem_word_list("naming_words")


PlanLine = tuple[PlanText, tuple[Passage, ...]]


@dataclass
class Problem:
    """One problem of the plan: its name, where it was named, and its lines."""

    name: ProblemName
    passages: tuple[Passage, ...]
    lines: list[PlanLine] = field(default_factory=list)

    @property
    def key(self) -> frozenset[str]:
        return self.name.words


@dataclass
class ProblemList:
    """The problems of a plan in the order in which they are named; `general` belongs to none."""

    problems: list[Problem] = field(default_factory=list)
    general: list[PlanLine] = field(default_factory=list)
    _current: Problem | None = None

    def name(self, name: ProblemName, passages: Iterable[Passage]) -> None:
        """What follows is about the problem of that name, known already or new."""
        found = self._known(name.words)
        if found is None:
            found = Problem(name, tuple(passages))
            self.problems.append(found)
        self._current = found

    def names_any(self) -> bool:
        return bool(self.problems)

    def add(self, said: PlanText, passages: tuple[Passage, ...]) -> None:
        """A line of the plan under the problem that it speaks of, else under the current one; of
        one that only names its problem again the evidence counts."""
        owner = None if said.is_general else (self._spoken_of(said) or self._current)
        if owner is self._current and owner and _of_another_disease(said, owner):
            owner = self._spoken_of(said)
        if owner and said.telling <= owner.key:
            owner.passages += passages
        else:
            (owner.lines if owner else self.general).append((said, passages))

    def settle(self, complaint: tuple[ProblemName, tuple[Passage, ...]] | None) -> None:
        """Lines told before any problem was named go to the one they speak of, else to the reason
        for which the patient came, else to the only problem there is."""
        waiting, self.general, self._current = self.general, [], None
        first = self._reason(complaint)
        for said, passages in waiting:
            owner = None if said.is_general else (self._spoken_of(said) or first)
            (owner.lines if owner else self.general).append((said, passages))
        if first and first.lines and first not in self.problems:
            self.problems.insert(0, first)

    def _reason(self, complaint: tuple[ProblemName, tuple[Passage, ...]] | None) -> Problem | None:
        if len(self.problems) == 1 or complaint is None:
            return self.problems[0] if len(self.problems) == 1 else None
        return self._known(complaint[0].words) or Problem(*complaint)

    def _known(self, words: frozenset[str]) -> Problem | None:
        for problem in self.problems:
            if words and (words <= problem.key or problem.key <= words):
                return problem
        return None

    def _spoken_of(self, said: PlanText) -> Problem | None:
        """The one problem that a line names or whose drugs or tests it names; None where the
        current one is among them, or where several are."""
        found = [problem for problem in self.problems if _speaks_of(said, problem)]
        return found[0] if len(found) == 1 and self._current not in found else None


def is_general(text: str) -> bool:
    """Whether a line belongs to no problem: when to come back, whom to call with questions."""
    return bool(load_pattern("problems", "general").search(text))


def problem_words(name: str) -> frozenset[str]:
    """The words that tell problems apart, synonyms made one: "high blood pressure" and
    "hypertension" are the same."""
    lowered = name.lower()
    for said, chart in _synonyms():
        lowered = said.sub(chart, lowered)
    return frozenset(_WORD.findall(lowered)) - problem_word_list("light_words")


@cache
def _synonyms() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = read_table("problems")["synonyms"]
    assert isinstance(table, dict)
    return tuple((re.compile(rf"\b(?:{said})\b"), chart) for chart, said in table.items())


@cache
def _related() -> dict[str, re.Pattern[str]]:
    table = read_table("problems")["related"]
    assert isinstance(table, dict)
    return {word: re.compile(rf"\b(?:{said})", re.IGNORECASE) for word, said in table.items()}


def _speaks_of(said: PlanText, problem: Problem) -> bool:
    words = problem.key
    return bool(words and words <= said.words) or bool(words & said.diseases)


def _of_another_disease(said: PlanText, problem: Problem) -> bool:
    """Whether a line names a drug or test of a disease that the problem is not: "Continue Keppra."
    is not for anxiety."""
    return bool(said.diseases) and not said.diseases & problem.key and _is_disease(problem)


def _is_disease(problem: Problem) -> bool:
    """Whether drugs and tests of the problem are known."""
    return not _related().keys().isdisjoint(problem.key)


def opened_problem(text: str) -> tuple[str | None, str]:
    """The problem that a sentence of the plan opens with and the rest of it, see `split_problem`;
    the name as a problem list has it: "for the diabetes the second problem" -> "diabetes"."""
    problem, rest = split_problem(text)
    if problem is None:
        return counted_problem(text) or implied_problem(text), text
    named = ailment_in(problem)
    if named is None and not (symptoms_in(problem) or problem_opening(text, problem)):
        return None, text
    return tidy_name(named or problem), rest


def counted_problem(text: str) -> str | None:
    """The ailment that is called a first, second, other problem: "he has an acute lumbar strain"
    after "for his first problem"; None where none is."""
    counted = load_pattern("problems", "counted").search(text)
    if counted is None:
        return None
    named = ailment_in(text[counted.end() :]) or ailment_in(text[: counted.start()])
    return tidy_name(named) if named else None


def implied_problem(text: str) -> str | None:
    """The disease that a sentence turns to without announcing it: "his depression is stable", "and
    for her high blood pressure we will"; None where none is."""
    match = load_pattern("problems", "implied").search(text)
    named = ailment_in(text[match.start("name") :]) if match else None
    return tidy_name(named) if named else None


def counts_problem(text: str) -> bool:
    """Whether a sentence announces its problem as the first, second, other one."""
    counted = load_pattern("problems", "counted").search(text)
    return bool(counted) and opened_problem(text)[0] is not None


def is_judgement(text: str) -> bool:
    """Whether a sentence says by its form what the clinician thinks that the patient has."""
    judges = load_pattern("problems", "judgement").search(text)
    return bool(judges) and diagnosis_in(text) is not None


def diagnosis_in(text: str) -> str | None:
    """The diagnosis that the clinician states: "i think this is a medial meniscus tear" -> "medial
    meniscus tear"; None where none is, or where it is denied or only feared."""
    for match in load_pattern("problems", "diagnosis").finditer(text):
        before = text[: match.end()]
        if load_pattern("problems", "not_stated").search(before):
            continue
        rest = text[match.end() : match.end() + 90]
        rest = load_pattern("problems", "clause_end").split(rest)[0]
        named = ailment_in(rest)
        between = rest[: rest.find(named)] if named else ""
        if named and len(between) <= 25 and not _of_another_time(between):
            said = before[-40:] + between
            hedge = next((word for word, form in _HEDGES.items() if form.search(said)), "")
            return f"{hedge} {tidy_name(named)}".strip()
    return None


def _of_another_time(between: str) -> bool:
    """ "you have a family history of stroke" diagnoses no stroke."""
    return bool(load_pattern("problems", "not_of_today").search(between))


def ailment_in(text: str) -> str | None:
    """The first ailment named, with what is said of its kind, side and place; "pain" alone names
    none."""
    for match in load_pattern("problems", "ailment").finditer(text):
        if match.group().lower() not in problem_word_list("no_problem"):
            return match.group()
    return None


def tidy_name(name: str) -> str:
    """A problem as a list has it: "the back pain again" -> "back pain"."""
    return _TAIL.sub("", _LEAD.sub("", name.replace(",", "").strip(" ."))) or name
