"""What is made of a transcript: masking, note, checks, and the language model."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field


class DraftingSettings(BaseModel):
    """A part of `Settings`, which says where values come from."""

    detectors: tuple[str, ...] = Field(
        default=("clinical",),
        description="Detectors of identifiers; what any of them finds is masked. Default: the "
        "clinical detector, which needs no model. None at all is refused: no detector, no note.",
    )
    detector_options: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description='Options per detector, such as `{clinical = {known_names = ["Kestrel"]}}`. '
        "Default: none.",
    )
    writer: str = Field(
        default="extractive",
        description="Note writer. Default `extractive`: no language model, every sentence rests on "
        "words that were said. `language_model` has the model of `language_model_url` write it.",
    )
    writer_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Options of the chosen writer, such as `update_words` of `language_model`. "
        "Default: none; the writer's own defaults are the measured ones.",
    )
    stand_in_writer: str = Field(
        default="extractive",
        description="Writer that steps in where `writer` fails, its language model being away, "
        "say; the note is then marked stale. Default `extractive`, which needs nothing. Empty: "
        "the draft then fails, and waits until it is resumed.",
    )
    templates_dir: Path | None = Field(
        default=None,
        description="Folder of your own note templates, `NAME.toml` each; one of a name that "
        "ships replaces it. Default: `templates` inside `data_dir`, where there is one.",
    )
    prescription_window: int = Field(
        default=10,
        ge=3,
        le=1000,
        description="Stretches of speech from which the live prescription is rebuilt each time; "
        "what was known before is merged in. Default 10, about three minutes.",
    )
    template: str = Field(
        default="soap", description="Note template. Default `soap`, the most widely used outline."
    )
    checks: tuple[str, ...] = Field(
        default=(
            "evidence",
            "grounding",
            "dosage",
            "allergy",
            "transcript_quality",
            "speaker_roles",
            "note_currency",
        ),
        description="Safety checks to run. Default: all that ship. A check that cannot run becomes "
        "a hard alert.",
    )
    language_model_url: str | None = Field(
        default=None,
        description="OpenAI-compatible server of the language model, such as "
        "`http://127.0.0.1:8080/v1`. Default: none; analysis and the writer `language_model` are "
        "then refused. It is sent masked text only.",
    )
    language_model_engine: str = Field(
        default="openai_compatible",
        description="How that server is spoken to. Default `openai_compatible`; take `ollama` for "
        "Ollama, whose OpenAI address cuts long visits off without a word.",
    )
    language_model_options: dict[str, Any] = Field(
        default_factory=dict,
        description="Further options of that engine, such as `context_tokens`. Default: none.",
    )
    language_model: str = Field(
        default="default",
        description="Name of the language model on that server. Default `default`.",
    )
    language_model_key: str | None = Field(
        default=None, repr=False, description="Key of that server. Default: none."
    )
    role_agent: bool = Field(
        default=True,
        description="Whether a configured language model is asked who is clinician, patient or "
        "companion where the words alone leave it open. Default true; it reads masked text only, "
        "is waited for 45 s at most and never overrules a clinician.",
    )
