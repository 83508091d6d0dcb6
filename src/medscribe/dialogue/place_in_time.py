"""A script of what was said + recognised words with times -> the script with times.

Where the words of a visit are known (a rehearsed sample, a corrected transcript), even poor
recognition tells when each of them was said: words that both have carry their time over, the rest
are spread evenly between them.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Utterance, Word

_LETTERS = re.compile(r"[^a-z0-9]+")


def place_in_time(
    script: Sequence[Utterance], recognised: Sequence[Word], duration_seconds: float
) -> list[Utterance]:
    """The same utterances with `span` and `words`, in order, inside [0, duration_seconds].

    With nothing recognised the words are spread over the whole recording.
    """
    spoken = [(utterance.text.split(), utterance) for utterance in script]
    texts = [text for words, _ in spoken for text in words]
    edges = _edges(texts, recognised, duration_seconds)
    placed: list[Utterance] = []
    first = 0
    for words, utterance in spoken:
        timed = tuple(
            Word(text=text, span=TimeSpan(start=edges[index], end=edges[index + 1]))
            for index, text in enumerate(words, start=first)
        )
        span = TimeSpan(start=timed[0].span.start, end=timed[-1].span.end) if timed else None
        placed.append(utterance.model_copy(update={"words": timed, "span": span}))
        first += len(words)
    return placed


def _edges(texts: Sequence[str], recognised: Sequence[Word], duration: float) -> list[float]:
    """Start of every word and the end of the last (n + 1 values, seconds, never falling)."""
    ours = [_LETTERS.sub("", text.lower()) for text in texts]
    theirs = [_LETTERS.sub("", word.text.lower()) for word in recognised]
    known = {0: recognised[0].span.start if recognised else 0.0}
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            known[block.a + step] = recognised[block.b + step].span.start
    known[len(texts)] = recognised[-1].span.end if recognised else duration
    positions = sorted(known)
    edges = np.interp(range(len(texts) + 1), positions, [known[at] for at in positions])
    return [float(edge) for edge in np.clip(np.maximum.accumulate(edges), 0.0, duration)]
