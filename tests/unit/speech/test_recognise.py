"""One stretch becomes words with times of the recording; the words before it are its context."""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.provenance import Provenance
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import (
    RejectedSpeech,
    RejectionReason,
    Segment,
    Transcription,
    Word,
)
from medscribe.speech.recognise import (
    CARRIED_WORDS,
    begin_transcription,
    carried_text,
    recognise_stretch,
    with_stretch,
)


class Remembering:
    """Says one word a second and keeps what it was told."""

    draft = False
    made_by = Provenance(engine="remembering", version="1")

    def __init__(self) -> None:
        self.told: list[tuple[str | None, str | None]] = []

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        self.told.append((prompt, context))
        count = len(samples) // 16_000
        said = (f"word{i}" for i in range(count))
        return [
            Segment(
                words=tuple(
                    Word(text=text, span=TimeSpan(start=i, end=i + 0.5), probability=0.9)
                    for i, text in enumerate(said)
                )
            )
        ]


def loud(seconds: float) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(0, 0.1, round(seconds * 16_000)).astype(np.float32)


def two_stretches(engine: Remembering, second_start: float) -> Transcription:
    transcription = begin_transcription(engine, "en")
    for start in (10.0, second_start):
        span = TimeSpan(start=start, end=start + 3)
        found = recognise_stretch(
            engine, loud(3), span, before=transcription, hotwords=("metformin", "Jardiance")
        )
        transcription = with_stretch(transcription, found)
    return transcription


def test_times_count_from_the_start_of_the_recording() -> None:
    transcription = two_stretches(Remembering(), 20.0)
    assert [word.span.start for word in transcription.words] == [10, 11, 12, 20, 21, 22]
    assert transcription.recognised_until == 23.0


def test_hotwords_and_the_words_before_reach_the_engine() -> None:
    engine = Remembering()
    two_stretches(engine, 20.0)
    assert engine.told == [
        ("metformin, Jardiance", None),
        ("metformin, Jardiance", "word0 word1 word2"),
    ]


def test_after_a_long_silence_nothing_is_carried_over() -> None:
    engine = Remembering()
    two_stretches(engine, 60.0)
    assert engine.told[1][1] is None


def test_after_a_rejected_stretch_nothing_is_carried_over() -> None:
    said = two_stretches(Remembering(), 20.0)
    rejected = RejectedSpeech(
        span=TimeSpan(start=22, end=24), reason=RejectionReason.REPETITION, text="la la la"
    )
    assert carried_text(said, 25.0) is not None
    assert carried_text(said.model_copy(update={"rejected": (rejected,)}), 25.0) is None


def test_only_the_last_words_are_carried_over() -> None:
    words = tuple(
        Word(text=f"w{i}", span=TimeSpan(start=i / 10, end=i / 10 + 0.1)) for i in range(200)
    )
    said = begin_transcription(Remembering(), "en").model_copy(
        update={"segments": (Segment(words=words),)}
    )
    carried = carried_text(said, 21.0)
    assert carried is not None
    assert carried.split() == [f"w{i}" for i in range(200 - CARRIED_WORDS, 200)]
