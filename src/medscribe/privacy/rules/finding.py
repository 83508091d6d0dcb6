"""What the parts of the clinical detector return: stretches of one text, each with kind and score.

Scores are ours, by rule: 0.95 a form that hardly occurs otherwise, 0.9 named by its context,
0.85 a listed name, 0.8 the least that is certain: of these 99 in 100 and more were right on every
corpus. 0.4 to 0.6: nearly all right where identifiers are dense, one in three in ordinary talk
(docs/privacy.md).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind

FORM, CONTEXT, LISTED, SURE = 0.95, 0.9, 0.85, 0.8
LIKELY, DOUBTFUL, FAINT = 0.6, 0.5, 0.4


class Finding(NamedTuple):
    """Characters [start, end) of a text that may identify somebody."""

    start: int
    end: int
    kind: PiiKind
    score: float

    def moved(self, by: int) -> "Finding":
        """The same stretch in a text that begins `by` characters earlier."""
        return self._replace(start=self.start + by, end=self.end + by)


def matches(
    pattern: re.Pattern[str], text: str, kind: PiiKind, score: float, group: int | str = 0
) -> Iterator[Finding]:
    """Each match of `group` of `pattern` as a finding."""
    for match in pattern.finditer(text):
        yield Finding(match.start(group), match.end(group), kind, score)
