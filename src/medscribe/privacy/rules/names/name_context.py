"""What stands before or after a word and makes it a name: titles, introductions, greetings."""

from enum import IntEnum

from medscribe.privacy.rules.names import name_cues as cues
from medscribe.privacy.rules.names import name_roles as roles
from medscribe.privacy.rules.names.likeness import Likeness, likeness
from medscribe.privacy.rules.tokens import Token

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
    "ladies gentlemen new patient just real quick first look listen right sure now then for"
)
_REPLIES = frozenset(_REPLIES_TEXT.split())
"""What follows a greeting and is no name: "hey good how are you"."""


class Cue(IntEnum):
    """How surely a name stands here. Naming: "my name is"; strong: "hi , X ." or "X is a
    62-year-old"; weak: "this is", "my husband"; role: "X made me come", "they paged X"; faint: a
    word between commas."""

    NONE = 0
    FAINT = 1
    ROLE = 2
    WEAK = 3
    STRONG = 4
    NAMING = 5


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
    before, after = _around(text, token)
    return max(_cue_before(before, after), _cue_after(token, before, after))


def is_closed(text: str, at: int) -> bool:
    """Whether the clause ends at character `at`, or a record's next field begins there."""
    return bool(cues.closing().match(text, at) or cues.record_follows().match(text, at))


def is_complete(text: str, at: int) -> bool:
    """Whether a name that ends at character `at` is whole: "jean-luc hand and you're here"."""
    return is_closed(text, at) or bool(roles.clause_after().match(text, at))


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


def role_at(text: str, token: Token) -> Cue:
    """Whether `token` stands where people do in talk: "they paged X", "X made me come"."""
    before, after = _around(text, token)
    if roles.object_before().search(before) or roles.described_after().match(after):
        return Cue.ROLE
    opens = roles.subject_before().search(before) is not None
    if opens and roles.deed_after().match(after):
        return Cue.ROLE
    errand = roles.errand_before().search(before) and roles.errand_after().match(after)
    return Cue.ROLE if errand else Cue.NONE


def is_staff_or_kin(text: str, token: Token) -> bool:
    """Whether the capitalised word follows who somebody is: "RN Castellano", "daughter June"."""
    before, _ = _around(text, token)
    return bool(roles.person_noun().search(before))


def is_former_name(text: str, token: Token) -> bool:
    """Whether the word is what somebody was called: "you used to be a price , right ?"."""
    before, after = _around(text, token)
    if not roles.married_name_before().search(before):
        return False
    return likeness(token) >= Likeness.UNKNOWN or bool(roles.checks_back().match(after))


def is_word_use(text: str, token: Token) -> bool:
    """Whether a name that is a word too is one here: "my bill", "to be frank", "chase the"."""
    before, after = _around(text, token)
    return bool(roles.noun_before().search(before) or roles.noun_after().match(after))


def _around(text: str, token: Token) -> tuple[str, str]:
    """What stands before the word, and after it in its line."""
    after = text[token.end : token.end + 70].split("\n", 1)[0]
    before = text[max(0, token.start - 60) : token.start]
    if token.capital:
        before = roles.initials().sub("", before)
    return before, after


def _cue_after(token: Token, before: str, after: str) -> Cue:
    if roles.married_name_after().match(after):
        own = not after.lstrip().startswith((",", "?")) and " name" in after
        if own or roles.married_name_before().search(before):
            return Cue.STRONG
    if cues.record_follows().match(after) or cues.is_aged().match(after):
        return Cue.STRONG
    spelled = cues.spelled_after().match(after)
    if spelled and (spelled["letter"] or token.lower[0]).lower() == token.lower[0]:
        return Cue.STRONG
    errand = cues.errand_before().search(before) and cues.errand_after().match(after)
    return Cue.WEAK if errand or cues.weak_after().match(after) else Cue.NONE
