"""What the clinician tells the patient about the plan -> what a chart says of it.

"i am going to start you on meloxicam 15 mg" -> "start meloxicam 15 mg"; "i want you to rest" ->
"advised to rest"; the patient stays "you" for `third_person` to replace.
"""

import re
from functools import cache

from medscribe.note.reading.small_talk import content_words, is_small_talk
from medscribe.note.reading.third_person import first_or_second_person
from medscribe.note.rules import load_pattern, load_rules, read_table, reworded

_LONGEST_PROBLEM_WORDS = 7
_ORDINAL = re.compile(
    r"(?:first|second|third|fourth|next|last|other|final|primary|main|1st|2nd|\d)\b"
)
_COMES_BACK = re.compile(r"\Afollow up (?=in |after |next |at )")
_UNFINISHED = re.compile(r"\bfirst of all\b|\b(?:and|or|of|the|with|for|to|in|a)\Z")


def plan_wording(text: str) -> str:
    """`text` of the clinician without "I" and "we" where the plan can be said without them."""
    return reworded(text, load_rules("plan")).strip(" ,")


def announced(text: str, charted: str) -> str:
    """What the clinician said to be going to do, as the chart says it: "i am going to order an
    mri" -> "we will order an mri"; what was only advised stays."""
    if not text:
        return charted
    charted = re.sub(
        r"\Afollow up (?=in |after |next |at )", "the patient will follow up ", charted
    )
    if load_pattern("plan", "spoken_by_clinician").search(text):
        return load_pattern("plan", "deed_first").sub(r"we will \g<0>", charted)
    return charted


def split_problem(text: str) -> tuple[str | None, str]:
    """The problem that a sentence opens with, and the rest of it.

    "for your second problem , your hypothyroidism , i want to ..." -> ("hypothyroidism", "i want
    to ..."); (None, text) where it opens with none.
    """
    for form in ("opening", "alone", "naming", "bare"):
        match = load_pattern("problems", form).match(text)
        if match:
            problem = match["problem"].strip(" ,")
            if _names_problem(problem):
                return problem, (match.groupdict().get("rest") or "").strip()
    return None, text


def problem_opening(text: str, problem: str) -> bool:
    """Whether a sentence counts its problem ("for your second problem, ...") or names what is no
    ailment but may stand in a problem list ("annual exam")."""
    before = text.lower().partition(problem.lower())[0]
    counted = load_pattern("problems", "counted").search(before)
    return bool(counted) or bool(load_pattern("problems", "other_problem").search(problem))


@cache
def problem_word_list(key: str) -> frozenset[str]:
    """One list of words of `tables/problems.toml`."""
    return frozenset(str(read_table("problems")[key]).split())


def _names_problem(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _LONGEST_PROBLEM_WORDS
        and text.lower() not in problem_word_list("no_problem")
        and not _ORDINAL.match(text.lower())
        and not _UNFINISHED.search(text.lower())
        and bool(content_words(text))
        and not first_or_second_person(text)
        and not is_small_talk(text)
    )
