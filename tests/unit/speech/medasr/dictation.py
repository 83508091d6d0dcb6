"""Text -> words, one a second, as if it had been dictated."""

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word


def read_words(text: str) -> list[Word]:
    """Every word starts on the second and takes half of it, probability 0.9."""
    return [
        Word(text=word, span=TimeSpan(start=second, end=second + 0.5), probability=0.9)
        for second, word in enumerate(text.split())
    ]
