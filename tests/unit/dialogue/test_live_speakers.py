"""Provisional speakers while a visit runs: names that stay, memory that is bounded."""

from pathlib import Path

import numpy as np
import pytest

from medscribe.dialogue.live_speakers import LiveSpeakers
from medscribe.domain.spans import TimeSpan


def _hum(voice: str, seconds: float, random: np.random.Generator) -> np.ndarray:
    """A voice of its own pitch and tilt, no two stretches of it alike."""
    hertz, tilt = VOICES[voice]
    times = np.arange(round(seconds * 16_000)) / 16_000
    pitch = hertz * random.uniform(0.97, 1.03)
    tones = [np.sin(2 * np.pi * pitch * k * times) / k**tilt for k in range(1, int(7000 / pitch))]
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * random.uniform(3, 5) * times)
    return (0.05 * sum(tones) * beat).astype(np.float32)


VOICES = {"low": (110, 1.0), "high": (230, 0.3)}


class Visit:
    """Feeds voices in turn, half a second between them."""

    def __init__(self, speakers: LiveSpeakers) -> None:
        self.speakers = speakers
        self.time = 0.0
        self.random = np.random.default_rng(2)

    def say(self, *said: tuple[str, float]) -> str:
        """One span in which the voices speak one after the other."""
        samples = np.concatenate([_hum(voice, seconds, self.random) for voice, seconds in said])
        span = TimeSpan(start=self.time, end=self.time + len(samples) / 16_000)
        self.time = span.end + 0.5
        return self.speakers.add(span, samples)

    @property
    def labels(self) -> list[str]:
        return [label for _, label in self.speakers.labels()]


def test_two_voices_in_turn_are_named_in_order_of_appearance() -> None:
    visit = Visit(LiveSpeakers(2))
    told = [visit.say((voice, 3.0)) for voice in ("high", "low", "high", "low")]
    assert told == ["S1", "S2", "S1", "S2"]
    assert visit.labels == told


def test_one_person_s_first_sentences_are_not_divided() -> None:
    visit = Visit(LiveSpeakers(2))
    assert [visit.say(("low", seconds)) for seconds in (2.0, 3.0, 1.5, 2.5)] == ["S1"] * 4


@pytest.mark.parametrize("first", ["low", "high"])
def test_names_never_change_places_however_unevenly_people_speak(first: str) -> None:
    """The first says two sentences, the other nearly all the rest."""
    visit = Visit(LiveSpeakers(2))
    second = {"low": "high", "high": "low"}[first]
    visit.say((first, 4.0))
    for _ in range(5):
        visit.say((second, 4.0))
        assert visit.labels[0] == "S1"
    assert visit.say((first, 2.0)) == "S1"
    assert visit.labels == ["S1", *["S2"] * 5, "S1"]


def test_too_short_a_sound_takes_the_label_before_it() -> None:
    visit = Visit(LiveSpeakers(2))
    assert visit.say(("low", 0.2)) == "S1"
    told = [visit.say((voice, s)) for voice, s in (("low", 3), ("high", 3), ("low", 0.3))]
    assert told == ["S1", "S2", "S2"]
    assert visit.labels == ["S1", "S1", "S2", "S2"]


def test_a_short_yes_goes_to_the_voice_that_it_is_of() -> None:
    visit = Visit(LiveSpeakers(2))
    for voice in ("low", "high", "low", "high"):
        visit.say((voice, 3.0))
    assert visit.say(("low", 0.6)) == "S1"
    assert visit.say(("high", 0.6)) == "S2"


def test_a_span_in_which_the_speaker_changes_is_divided_there() -> None:
    visit = Visit(LiveSpeakers(2))
    visit.say(("low", 3.0))
    visit.say(("high", 3.0))
    assert visit.say(("low", 4.0), ("high", 4.0)) == "S2"
    pieces = visit.speakers.labels()[2:]
    assert [label for _, label in pieces] == ["S1", "S2"]
    assert pieces[0][0].end == pieces[1][0].start == pytest.approx(7.0 + 4.0, abs=0.8)
    assert pieces[0][0].start == 7.0
    assert pieces[1][0].end == 15.0


def test_the_number_of_speakers_is_estimated_where_it_is_not_given() -> None:
    visit = Visit(LiveSpeakers(None))
    for voice in ("low", "high") * 2:
        visit.say((voice, 8.0))
    assert visit.labels == ["S1", "S2"] * 2


def test_one_speaker_needs_no_voiceprints() -> None:
    visit = Visit(LiveSpeakers(1))
    assert [visit.say((voice, 2.0)) for voice in ("low", "high")] == ["S1", "S1"]
    assert visit.speakers.prints_kept == 0


def test_memory_is_bounded_and_old_labels_stay() -> None:
    visit = Visit(LiveSpeakers(2, most_prints=30))
    told = [visit.say((voice, 3.0)) for voice in ("low", "high") * 8]
    assert visit.speakers.prints_kept <= 30
    assert visit.labels == told == ["S1", "S2"] * 8


def test_digital_silence_and_an_empty_span_do_no_harm() -> None:
    speakers = LiveSpeakers(2)
    assert speakers.labels() == []
    assert speakers.add(TimeSpan(start=0, end=3), np.zeros(48_000, np.float32)) == "S1"
    assert speakers.add(TimeSpan(start=4, end=4), np.zeros(0, np.float32)) == "S1"
    assert len(speakers.labels()) == 2


def _share_right(
    labels: list[tuple[TimeSpan, str]], said: list[tuple[TimeSpan, str]], end: float
) -> float:
    """Share of the time that both tell of with the same label, under the better naming."""
    names = sorted({label for _, label in said})

    def at(turns: list[tuple[TimeSpan, str]], time: float) -> str | None:
        return next((label for span, label in turns if span.start <= time < span.end), None)

    pairs = [(at(labels, time), at(said, time)) for time in np.arange(0, end, 0.05)]
    known = [(label, names.index(name)) for label, name in pairs if label and name]
    same = sum(label == f"S{name + 1}" for label, name in known)
    return max(same, len(known) - same) / len(known)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("recording", "seconds", "least"),
    [("clips/sample.wav", 30, 0.8), ("visits/audio/CAR0001.mp3", 90, 0.95)],
)
def test_real_voices_are_told_apart_live(
    corpora: Path, recording: str, seconds: int, least: float
) -> None:
    """Against the annotation of the sample, and the offline diarization of a visit."""
    from medscribe.audio.decode import decode
    from medscribe.audio.vad import speech_spans
    from medscribe.dialogue.diarizers import voiceprint
    from medscribe.evaluation.recordings import recordings

    path = corpora / recording
    heard = decode(path, max_seconds=2000).mono[: seconds * 16_000]
    spans = speech_spans(heard)
    speakers = LiveSpeakers(2)
    for span in spans:
        speakers.add(span, heard[round(span.start * 16_000) : round(span.end * 16_000)])
    turns = next((r.turns for r in recordings(path.parent) if r.name == path.stem), None)
    if turns is None:
        engine = voiceprint.create(voiceprint.Options())
        turns = tuple(engine.diarize(heard, spans, num_speakers=2))
    said = [(turn.span, turn.label) for turn in turns]
    assert _share_right(speakers.labels(), said, seconds) >= least
