"""Recognised words with speakers + a transcript without times -> words wrongly attributed.

Recognition makes mistakes, so most words of a draft engine have no counterpart, and a lone "and"
may be matched with a "and" of somebody else. A word is counted only where that cannot happen by
luck, see `count_misattributed`.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from medscribe.evaluation.normalise import normalised_words
from medscribe.evaluation.scoring_libraries import scoring_library

SHORTEST_RUN = 2
"""Neighbouring words that must match together. Against the transcript of another visit, words
matched alone were 38 to 78 of some 1,150 PocketSphinx words, in runs of two or more 4 to 11."""


@dataclass(frozen=True)
class Attribution:
    """`words`: recognised words that could be compared; `wrong`: those given to another speaker."""

    words: int
    wrong: int

    @property
    def error(self) -> float | None:
        """Share of the compared words that is wrong; None where none could be compared."""
        return self.wrong / self.words if self.words else None


def count_misattributed(
    recognised: Sequence[tuple[str, str]], reference: Sequence[tuple[str, str]]
) -> Attribution:
    """Compares the speakers of recognised and reference words, both as (word, speaker) in order.

    Both are normalised (`normalised_words`) and aligned by least edits (insertion, deletion and
    substitution cost 1 each). Counted are recognised words in runs of at least `SHORTEST_RUN`
    neighbours that match exactly in both; a run may cross a change of speaker, so that the words
    next to one, where attribution is hardest, are counted too. Speakers are mapped one to one so
    that most counted words agree; a recognised speaker beyond the mapping is wrong everywhere.
    """
    ours = _split(recognised)
    theirs = _split(reference)
    matched = _matched_in_runs([word for word, _ in ours], [word for word, _ in theirs])
    pairs = [(ours[here][1], theirs[there][1]) for here, there in matched]
    return Attribution(words=len(pairs), wrong=len(pairs) - _most_agreeing(pairs))


def _split(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Normalised words; one of ours may be none ("-") or two ("chest-pain")."""
    return [(part, speaker) for word, speaker in words for part in normalised_words(word)]


def _matched_in_runs(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Positions (in ours, in theirs) of the words that match in long enough runs."""
    if not ours or not theirs:
        return []
    alignment = scoring_library("jiwer").process_words(" ".join(theirs), " ".join(ours))
    return [
        (chunk.hyp_start_idx + step, chunk.ref_start_idx + step)
        for chunk in alignment.alignments[0]
        if chunk.type == "equal" and chunk.ref_end_idx - chunk.ref_start_idx >= SHORTEST_RUN
        for step in range(chunk.ref_end_idx - chunk.ref_start_idx)
    ]


def _most_agreeing(pairs: Sequence[tuple[Hashable, Hashable]]) -> int:
    """Pairs that agree under the best one-to-one mapping of the first label to the second."""
    ours = list(dict.fromkeys(here for here, _ in pairs))
    theirs = list(dict.fromkeys(there for _, there in pairs))
    together = np.zeros((len(ours), len(theirs)), dtype=np.int64)
    for here, there in pairs:
        together[ours.index(here), theirs.index(there)] += 1
    rows, columns = scoring_library("scipy.optimize").linear_sum_assignment(-together)
    return int(together[rows, columns].sum())
