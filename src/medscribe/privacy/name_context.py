"""What stands before or after a word and makes it a name: titles, introductions, greetings."""

from enum import IntEnum

from medscribe.privacy import name_cues as cues
from medscribe.privacy.tokens import Token

_TITLES_TEXT = "dr mr mrs ms mx mister missus prof professor drs señora"
TITLES = frozenset(_TITLES_TEXT.split())
_WORD_TITLES_TEXT = (
    "doctor doc doctors miss nurse reverend pastor rabbi imam sister deacon sergeant officer "
    "captain judge father practitioner assistant pa np crna aunt auntie uncle cousin grandma "
    "grandpa coach"
)
WORD_TITLES = frozenset(_WORD_TITLES_TEXT.split())
"""Titles that are also said alone: "the doctor told me"."""

CIVIL_TITLES = frozenset(["mr", "mrs", "ms", "mx", "mister", "missus"])
"""Nothing but a name follows these; "Doctor Cardiology" may be a slip."""

_HELLOS_TEXT = "hi hello hey hiya howdy morning afternoon evening bye goodbye"
_HELLOS = frozenset(_HELLOS_TEXT.split())
_TIMES = ("morning", "afternoon", "evening")
_REPLIES_TEXT = (
    "good fine great well nice okay ok not pretty doing very long all team again back today "
    "ladies gentlemen new patient just real quick first look listen right sure"
)
_REPLIES = frozenset(_REPLIES_TEXT.split())
"""What follows a greeting and is no name: "hey good how are you"."""


class Cue(IntEnum):
    """How surely a name stands here. Naming: "my name is"; strong: "hi , X ." or "X is a
    62-year-old"; weak: "this is", "my husband"; faint: a word between commas."""

    NONE = 0
    FAINT = 1
    WEAK = 2
    STRONG = 3
    NAMING = 4


def title_length(tokens: list[Token], at: int) -> int:
    """How many words from `at` on are titles that a word follows: 0, or more."""
    length = 0
    while at + length + 1 < len(tokens) and length < 2:
        lower, between = tokens[at + length].lower, tokens[at + length + 1].before
        short = lower in TITLES and between.strip() in ("", ".")
        if not short and not (lower in WORD_TITLES and not between.strip()):
            break
        length += 1
    return length


def is_addressed_by_title(text: str, title: Token) -> bool:
    """Whether a title that is also said alone is said to or of somebody here: "i'm doctor"."""
    return bool(cues.before_title().search(text[max(0, title.start - 30) : title.start]))


def cue_at(text: str, token: Token) -> Cue:
    """What introduces the name that begins with `token`, before it or after it."""
    before, after = text[max(0, token.start - 60) : token.start], text[token.end : token.end + 70]
    return max(_cue_before(before, after), _cue_after(before, after))


def is_closed(text: str, at: int) -> bool:
    """Whether the clause ends at character `at`, or a record's next field begins there."""
    return bool(cues.closing().match(text, at) or cues.record_follows().match(text, at))


def is_greeted(text: str, tokens: list[Token], at: int) -> bool:
    """Whether word `at` must be somebody's name, whatever it means: "hi sky how are you"."""
    if not at or tokens[at - 1].lower not in _HELLOS or tokens[at].lower in _REPLIES:
        return False
    if tokens[at - 1].lower in _TIMES and at > 1 and tokens[at - 2].lower != "good":
        return False  # "this morning actually"
    end = tokens[at].end
    return bool(cues.closing().match(text, end) or cues.address().match(text, end))


def _cue_before(before: str, after: str) -> Cue:
    if cues.naming().search(before):
        return Cue.NAMING
    closed = cues.closing().match(after)
    if cues.greeting().search(before):
        return Cue.STRONG if closed or cues.follower().match(after) else Cue.WEAK
    if cues.record_intro().search(before):
        return Cue.STRONG
    if cues.weak().search(before):
        return Cue.WEAK
    if cues.turn().search(before) and (closed or cues.follower().match(after)):
        return Cue.WEAK
    addressed = cues.opening().search(before) and cues.question().match(after)
    if addressed or (closed and cues.copula().search(before)):
        return Cue.WEAK
    if not closed or not before.rstrip().endswith(","):
        return Cue.NONE
    # "any questions , mark ?": somebody is addressed; "chills , nausea ,": something is listed.
    return Cue.WEAK if cues.ends_turn().match(after) else Cue.FAINT


def _cue_after(before: str, after: str) -> Cue:
    if cues.record_follows().match(after) or cues.is_aged().match(after):
        return Cue.STRONG
    if cues.spelled_after().match(after):
        return Cue.STRONG
    errand = cues.errand_before().search(before) and cues.errand_after().match(after)
    return Cue.WEAK if errand or cues.weak_after().match(after) else Cue.NONE
