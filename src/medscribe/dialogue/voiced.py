"""Speaker turns and where a voice was heard -> the turns without the pauses in them."""

from collections.abc import Sequence

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn


def voiced_turns(turns: Sequence[SpeakerTurn], voice: Sequence[TimeSpan]) -> list[SpeakerTurn]:
    """The parts of `turns` that lie in `voice`, in the same order; both in order of time.

    A diarizer follows voices best over whole stretches of speech, pauses included; who spoke when
    is told without them.
    """
    parts: list[SpeakerTurn] = []
    first = 0
    for turn in turns:
        while first < len(voice) and voice[first].end <= turn.span.start:
            first += 1
        for span in voice[first:]:
            if span.start >= turn.span.end:
                break
            start, end = max(span.start, turn.span.start), min(span.end, turn.span.end)
            parts.append(turn.model_copy(update={"span": TimeSpan(start=start, end=end)}))
    return parts
