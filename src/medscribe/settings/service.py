"""`medscribe serve`: its address, keys, models and limits."""

from typing import Any

from pydantic import BaseModel, Field


class ServedModel(BaseModel, extra="forbid", frozen=True):
    """A recognition engine under a name of its own; `port` is used when it is served alone."""

    engine: str
    options: dict[str, Any] = Field(default_factory=dict)
    port: int | None = Field(default=None, ge=1, le=65535)


class ServiceSettings(BaseModel):
    """A part of `Settings`, which says where values come from."""

    host: str = Field(
        default="127.0.0.1",
        description="Address that `medscribe serve` listens on. Default: this machine only. Any "
        "other is refused without `api_key`.",
    )
    port: int = Field(
        default=8000, ge=1, le=65535, description="Port of `medscribe serve`. Default 8000."
    )
    api_key: str | None = Field(
        default=None,
        min_length=16,
        repr=False,
        description="Key that clients of the server must send as `Authorization: Bearer ...`, 16 "
        "characters or more. Default: none, which only this machine's own address may do.",
    )
    served_models: dict[str, ServedModel] = Field(
        default_factory=lambda: {
            "medasr": ServedModel(
                engine="medasr", port=8400, options={"chunk_length_s": 20, "stride_length_s": 2}
            )
        },
        description="Models the server offers beside the engine of `asr`: name -> `engine`, "
        "`options`, `port`. Default: `medasr` on port 8400 when served alone, 20 s chunks with 2 s "
        "stride.",
    )
    max_upload_mb: int = Field(
        default=512,
        ge=1,
        description="Largest file a client may upload, MB. Default 512: an hour of uncompressed "
        "stereo. Clients of OpenAI expect 25, phones record more.",
    )
    decode_memory_mb: int = Field(
        default=2048,
        ge=256,
        description="Memory that decoding one upload may take in its own process, MB. Default "
        "2048: four hours of sound need 460.",
    )
    decode_seconds: int = Field(
        default=300,
        ge=5,
        description="Seconds that decoding one upload may take. Default 300: an hour of MP3 takes "
        "about 5.",
    )
    max_waiting_requests: int = Field(
        default=8,
        ge=0,
        description="Requests that may wait for a recogniser; more are answered 429 with "
        "`Retry-After`. Default 8: clients give up sooner than a longer line is served.",
    )
