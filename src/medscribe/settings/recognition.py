"""How a visit is heard: recognition, stretches, live listening, speakers."""

from typing import Any, Literal

from pydantic import BaseModel, Field


class RecognitionSettings(BaseModel):
    """A part of `Settings`, which says where values come from."""

    asr: str = Field(
        default="auto",
        description="Speech recognition engine. Default `auto`: a Whisper model that is present, "
        "else a download, else PocketSphinx with a notice, so that a new machine always works.",
    )
    whisper_model: str = Field(
        default="base.en",
        description="Whisper model that `auto` looks for and downloads. Default `base.en`: about "
        "0.06 CPU seconds per second of audio; `small.en` hears better where there are 4 cores.",
    )
    asr_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Options of the chosen recognition engine, such as `beam_size`. Default: none; "
        "the engine's own defaults are the measured ones.",
    )
    hotwords: tuple[str, ...] = Field(
        default=(),
        description="Words this clinician often says, most important first: drugs, colleagues, "
        "places. Default: none beyond the template's; at most 100 tokens of them reach the engine.",
    )
    stretch_seconds: float = Field(
        default=20.0,
        ge=1,
        le=28,
        description="Seconds of speech after which the next pause ends a stretch to recognise. "
        "Default 20: a Whisper pass costs the same for 2 s as for 30 s; fewer give finals sooner.",
    )
    stretch_pause_seconds: float = Field(
        default=1.5,
        ge=0.5,
        le=1.9,
        description="Silence in seconds that ends a stretch of any length. Default 1.5: longer "
        "silence makes recognisers invent words. Below 2: that long is what a pause leaves.",
    )
    partials: bool = Field(
        default=True,
        description="Whether words are shown while they are spoken. Default true; false halves "
        "the work of live listening, finals come all the same.",
    )
    chunk_seconds: float = Field(
        default=0.5,
        ge=0.1,
        le=10,
        description="Length of the chunks in which live sound is written to the audio log, "
        "seconds. Default 0.5: what a power cut can cost at most.",
    )
    queue_chunks: int = Field(
        default=100,
        ge=2,
        le=100_000,
        description="Chunks that recognition may lie behind the audio log before `overflow` takes "
        "effect. Default 100, that is 50 s.",
    )
    overflow: Literal["delay", "drop_oldest"] = Field(
        default="delay",
        description="What happens when recognition falls further behind. Default `delay`: no "
        "previews until it has caught up, nothing is left out. `drop_oldest` leaves the oldest "
        "sound out of the transcript and counts it; the audio log keeps it.",
    )
    diarizer: str = Field(
        default="voiceprint",
        description="Engine that tells speakers apart in a mono recording. Default `voiceprint`: "
        "its weights ship with MedScribe, and stereo is split by channel; others take stereo too.",
    )
    diarizer_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Options of the chosen diarizer, such as model folders. Default: none.",
    )
    num_speakers: int | None = Field(
        default=2,
        ge=1,
        le=8,
        description="Voices in the room. Default 2, clinician and patient: a given number is "
        "told apart more surely than an estimated one (0 on the command line estimates it).",
    )
    language: str = Field(
        default="en",
        pattern="^[a-z]{2}$",
        description="Language spoken, ISO 639-1. Default `en`: writer, roles and detectors are "
        "trained on English only.",
    )
    max_audio_hours: float = Field(
        default=4.0,
        gt=0,
        le=24,
        description="Longest recording taken, hours of decoded sound. Default 4: a small file can "
        "hold hours of silence, and no visit is longer.",
    )
