"""A detector for tests: finds given words and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance


@dataclass
class MarkedWords:
    """`scores` maps what is found to its score; everything is found as `kind`."""

    scores: dict[str, float]
    kind: PiiKind = PiiKind.NAME
    name: str = "marked_words"
    seen: list[str] = field(default_factory=list)

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        self.seen += [utterance.text for utterance in utterances]
        return [
            [
                PiiSpan(
                    span=TextSpan(start=match.start(), end=match.end()),
                    kind=self.kind,
                    score=score,
                    detector=self.name,
                )
                for word, score in self.scores.items()
                for match in re.finditer(re.escape(word), utterance.text)
            ]
            for utterance in utterances
        ]
