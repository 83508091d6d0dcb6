"""Repeated passes over growing speech -> words that are settled and words that may change.

LocalAgreement-2 (Macháček et al. 2023, whisper_streaming): what two passes in a row begin with
alike is settled. Words are compared without case and punctuation, since a recogniser that has heard
more puts "fever." where it had put "fever,".
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from medscribe.domain.transcript import Word

_MARKS = re.compile(r"[^\w']+")
# A word that begins this much before the end of the last settled one is taken for a new one.
_OVERLAP_SECONDS = 0.1


class Agreement:
    """Follows the passes over one piece of speech, from its beginning."""

    def __init__(self) -> None:
        self._committed: list[Word] = []
        self._tentative: list[Word] = []

    @property
    def committed(self) -> str:
        """Settled words; they only grow."""
        return " ".join(word.text for word in self._committed)

    @property
    def tentative(self) -> str:
        """What the last pass said after them."""
        return " ".join(word.text for word in self._tentative)

    def update(self, words: Sequence[Word]) -> None:
        """Take the next pass over the same piece, all of it."""
        fresh = self._after_committed(words)
        pairs = zip(fresh, self._tentative, strict=False)
        agreed = len(list(takewhile(lambda pair: _plain(pair[0]) == _plain(pair[1]), pairs)))
        self._committed += fresh[:agreed]
        self._tentative = fresh[agreed:]

    def settle(self) -> None:
        """No pass will follow: what the last one said is settled."""
        self._committed += self._tentative
        self._tentative = []

    def _after_committed(self, words: Sequence[Word]) -> list[Word]:
        """The new words; told by their time where the pass puts the settled ones otherwise."""
        settled = len(self._committed)
        if [_plain(word) for word in words[:settled]] == [_plain(w) for w in self._committed]:
            return list(words[settled:])
        end = self._committed[-1].span.end - _OVERLAP_SECONDS
        return [word for word in words if word.span.start >= end]


def _plain(word: Word) -> str:
    return _MARKS.sub("", word.text).casefold()
