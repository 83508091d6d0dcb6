"""Messages -> how many tokens they take, bounded from both sides without knowing the tokenizer."""

import re
from collections.abc import Sequence

from medscribe.errors import LanguageModelError
from medscribe.llm.model import Message

_RUNS = re.compile(r"[^\W\d_]+|\d|_|[^\w\s]|\n")
_LETTERS_PER_TOKEN = 4
_TOKENS_PER_MESSAGE = 8
_CHARACTERS_PER_TOKEN_AT_MOST = 8


def most_tokens(messages: Sequence[Message]) -> int:
    """Tokens of a prompt, estimated high.

    A token for each digit, mark and line end, and for each four bytes of a word: short lines of
    speech with ids take more of them than characters divided by any one figure say.
    """
    return sum(_TOKENS_PER_MESSAGE + _most_in(message.text) for message in messages)


def fewest_tokens(messages: Sequence[Message]) -> int:
    """Tokens below which a prompt of this length cannot have been read whole."""
    return sum(len(message.text) for message in messages) // _CHARACTERS_PER_TOKEN_AT_MOST


def check_fits(messages: Sequence[Message], max_tokens: int, context_tokens: int) -> None:
    """Raises `LanguageModelError` where prompt and answer may not fit the context together."""
    needed = most_tokens(messages) + max_tokens
    if needed > context_tokens:
        raise LanguageModelError(
            f"Prompt and answer need up to {needed} tokens and the language model's context holds "
            f"{context_tokens}: give it a longer context, or ask about less at once."
        )


def _most_in(text: str) -> int:
    return sum(-(-len(run.encode()) // _LETTERS_PER_TOKEN) for run in _RUNS.findall(text))
