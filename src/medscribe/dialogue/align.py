"""Words + speaker turns -> utterances: the speaker is decided for every word, not per segment."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, SpeakerTurn, Utterance, Word

ONLY_SPEAKER = "S1"
# Shorter stretches of another voice, run into the words around them, are an error of the
# diarizer; a real "yes" between two sentences stands between pauses.
_ISLAND_SECONDS = 0.3
_RUN_INTO_SECONDS = 0.15
# A speaker who pauses longer starts a new utterance: long monologues stay readable and evidence
# points to a short stretch.
_NEW_UTTERANCE_SECONDS = 2.0


def attribute_words(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> list[Utterance]:
    """Utterances "u1", "u2" ... that hold every word exactly once, in the order given.

    A word belongs to the turn that its middle lies in, else to the nearest turn. Without turns all
    is said by one speaker, "S1". Roles are unknown here.
    """
    groups: list[tuple[str, list[Word]]] = []
    for word, label in zip(words, _without_islands(words, _labels(words, turns)), strict=True):
        if groups and groups[-1][0] == label and not _starts_anew(groups[-1][1][-1], word):
            groups[-1][1].append(word)
        else:
            groups.append((label, [word]))
    return [_utterance(number, *group) for number, group in enumerate(groups, start=1)]


def _starts_anew(before: Word, word: Word) -> bool:
    return word.span.start - before.span.end > _NEW_UTTERANCE_SECONDS


def _utterance(number: int, speaker: str, words: Sequence[Word]) -> Utterance:
    return Utterance(
        id=f"u{number}",
        speaker=speaker,
        role=Role.UNKNOWN,
        text=" ".join(word.text for word in words),
        span=TimeSpan(
            start=min(word.span.start for word in words), end=max(word.span.end for word in words)
        ),
        words=tuple(words),
    )


def _labels(words: Sequence[Word], turns: Sequence[SpeakerTurn]) -> list[str]:
    if not turns:
        return [ONLY_SPEAKER] * len(words)
    ordered = sorted(turns, key=lambda turn: turn.span.start)
    starts = [turn.span.start for turn in ordered]
    latest_end = list(accumulate((turn.span.end for turn in ordered), max))
    return [_label(word.span.middle, ordered, starts, latest_end) for word in words]


def _label(
    middle: float, turns: list[SpeakerTurn], starts: list[float], latest_end: list[float]
) -> str:
    """Label of the turn nearest to `middle`; among turns that hold it, the one that began last.

    `latest_end[i]` is the latest end among the turns up to i: where even that is farther than the
    best turn found, no earlier turn can be nearer.
    """
    first_later = bisect_right(starts, middle)
    best, distance = None, float("inf")
    if first_later < len(turns):
        best, distance = turns[first_later], starts[first_later] - middle
    for index in range(first_later - 1, -1, -1):
        if middle - latest_end[index] >= distance:
            break
        away = max(middle - turns[index].span.end, 0.0)
        if away < distance or best is None:
            best, distance = turns[index], away
        if distance == 0.0:
            break
    assert best is not None
    return best.label


def _without_islands(words: Sequence[Word], labels: list[str]) -> list[str]:
    """Give short islands of another speaker, said without a pause, to the speaker around them."""
    runs = [
        [index for index, _ in run] for _, run in groupby(enumerate(labels), key=lambda e: e[1])
    ]
    smoothed = list(labels)
    for before, island, after in zip(runs, runs[1:], runs[2:], strict=False):
        first, last = words[island[0]].span, words[island[-1]].span
        close = (
            first.start - words[before[-1]].span.end < _RUN_INTO_SECONDS
            and words[after[0]].span.start - last.end < _RUN_INTO_SECONDS
        )
        same = smoothed[before[-1]] == labels[after[0]]
        if close and same and last.end - first.start < _ISLAND_SECONDS:
            smoothed[island[0] : island[-1] + 1] = [labels[after[0]]] * len(island)
    return smoothed
