"""The word a name begins with -> the whole name: "mary walsh", "van der berg", "Anna S.", "Jr."."""

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import DOUBTFUL, LIKELY, LISTED, Finding
from medscribe.privacy.rules.names.likeness import Likeness, is_safe_to_repeat, likeness
from medscribe.privacy.rules.names.name_context import is_complete
from medscribe.privacy.rules.names.name_shape import (
    PARTICLES,
    completes_name,
    continues_name,
)
from medscribe.privacy.rules.names.other_uses import is_eponym_use
from medscribe.privacy.rules.tokens import Said, Token

MAX_NAME_WORDS = 5


def goes_on_after_particles(said: Said, at: int) -> bool:
    """Whether a name of several words begins with a particle here: "van der berg"."""
    rest = at + _particles(said.tokens, at)
    if rest == at or rest >= len(said.tokens):
        return False
    token = said.tokens[rest]
    if token.before not in (" ", "-", "'", "’", "' "):
        return False
    return is_safe_to_repeat(token) and (token.capital or not said.cased)


def _particles(tokens: list[Token], at: int) -> int:
    """How many particles stand from word `at` on, one space apart."""
    count = 0
    while at + count < len(tokens) and tokens[at + count].lower in PARTICLES:
        if count and tokens[at + count].before not in (" ", "-", "'", "’"):
            break
        count += 1
    return count


def _is_middle_initial(said: Said, at: int) -> bool:
    """Whether word `at` is a letter between two names: "hanne i. kreutzmann"."""
    if at + 1 >= len(said.tokens) or len(said.tokens[at].lower) > 1:
        return False
    follower = said.tokens[at + 1]
    joined = said.tokens[at].before == " " and follower.before in (" ", ". ", " . ")
    return (
        joined
        and is_safe_to_repeat(follower)
        and (follower.capital or not said.cased)
        and (likeness(follower) >= Likeness.UNKNOWN)
    )


def _first_initial(said: Said, first: int) -> int:
    """The first of the initials before word `first`: "J. R. Smith"; of a title none."""
    tokens = said.tokens
    while first and tokens[first].before in (". ", " ") and _is_initial(tokens[first - 1]):
        first -= 1
    return first


def _is_initial(token: Token) -> bool:
    return token.capital and len(token.text) == 1 and token.text not in "AI"


def has_more(said: Said, at: int) -> bool:
    tokens = said.tokens
    return at + 1 < len(tokens) and continues_name(tokens[at], tokens[at + 1], said.cased)


def _last_word(said: Said, first: int, named: bool) -> int:
    """The last word of the name that begins with word `first`."""
    tokens, last = said.tokens, first
    while last + 1 < len(tokens) and last + 1 < first + MAX_NAME_WORDS:
        if is_eponym_use(said.text, tokens[last + 1]):
            break
        if continues_name(tokens[last], tokens[last + 1], said.cased):
            last += 1
            continue
        if _is_middle_initial(said, last + 1):
            last += 2
            continue
        particles = _particles(tokens, last + 1)
        joined = particles and tokens[last + 1].before in (" ", "-")
        if joined and goes_on_after_particles(said, last + 1):
            last += particles + 1
            continue
        follower = tokens[last + 1]
        small = not said.cased and named and last == first
        if not small or not completes_name(follower) or not is_complete(said.text, follower.end):
            break
        last += 1
    return last


def whole_name(said: Said, first: int, score: float, begin: int, named: bool) -> Finding:
    """The name from word `first` on, as long as the words after it belong to it.

    The title is masked with it where the name alone is a common word: a certain find is masked
    wherever it is said, and "Dr. Good" must not take every "good" out of the visit.
    """
    tokens = said.tokens
    last = _last_word(said, first, named)
    words = tokens[first : last + 1]
    if last > first and score >= DOUBTFUL and max(map(likeness, words)) >= Likeness.UNKNOWN:
        score = max(score, LISTED)
    if all(len(token.lower) == 1 for token in words):
        # "Miss A": a certain find is masked everywhere, and so would be "do not miss a dose".
        return Finding(tokens[first].start, tokens[last].end, PiiKind.NAME, LIKELY)
    first = _first_initial(said, first)
    alone = last == first and not is_safe_to_repeat(tokens[first])
    start = tokens[begin].start if alone else tokens[first].start
    return Finding(start, tokens[last].end, PiiKind.NAME, score)
