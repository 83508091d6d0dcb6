"""Hotwords or carried text -> as much of it as a decoder can be given without harm.

Whisper's prompt and its answer share 448 tokens. Hotwords and carried text may fill 223 each by
the library's own limits; then the decoder fails, or has ten tokens left to answer with.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

MOST_PROMPT_TOKENS = 100
"""For hotwords and for carried text each: 240 tokens and more are left for 28 s of speech."""

_CONTROL_TOKEN = re.compile(r"<\|[^<>|]*\|>")


def words_within_budget(text: str | None, count_tokens: Callable[[str], int], *, last: bool) -> str:
    """The first words of `text` that fit 100 tokens together; with `last` the last ones.

    Whole words only: half a drug's name would call for the wrong drug. What looks like one of the
    decoder's control tokens ("<|endoftext|>") is left out. "" where nothing is there or fits.
    """
    # A word is at least one token.
    words = _CONTROL_TOKEN.sub(" ", text or "").split()
    words = words[-MOST_PROMPT_TOKENS:] if last else words[:MOST_PROMPT_TOKENS]

    def part(number: int) -> str:
        return " ".join(words[len(words) - number :] if last else words[:number])

    def cost(number: int) -> int:
        return count_tokens(" " + part(number))

    fitting = bisect_right(range(1, len(words) + 1), MOST_PROMPT_TOKENS, key=cost)
    return part(fitting)


def about_tokens(text: str) -> int:
    """Tokens of a text for a model whose tokenizer is not here: three letters each, rounded up."""
    return sum(-(-len(word) // 3) for word in text.split())
