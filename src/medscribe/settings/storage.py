"""Where encounters, keys and models lie, and how long encounters stay."""

from pathlib import Path

import platformdirs
from pydantic import BaseModel, Field


class StorageSettings(BaseModel):
    """A part of `Settings`, which says where values come from."""

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("medscribe", appauthor=False)),
        description="Folder of the encounter database, the sealed recordings and the key. Default: "
        "the user's data folder, because a clinic's records belong to the account that made them.",
    )
    models_dir: Path | None = Field(
        default=None,
        description="Folder of recognition models. Default: `models` inside `data_dir`; set it to "
        "a shared or read-only folder on machines without internet.",
    )
    master_key: str | None = Field(
        default=None,
        repr=False,
        description="Base64 of the 32 bytes that seal every encounter's key; of several, with "
        "commas between, the first seals and the others only open. Default: none; then a key file "
        "`master.key` is made in `data_dir`, readable by its owner only.",
    )
    allow_download: bool = Field(
        default=True,
        description="Whether models may be fetched from the internet. Default true; set false "
        "where nothing may leave the building.",
    )
    keep_encounters: bool = Field(
        default=False,
        description="Whether encounters stay in the store after `medscribe scribe` has written its "
        "files. Default false: what is not kept cannot leak.",
    )
    max_attempts: int = Field(
        default=3,
        ge=1,
        le=10,
        description="Tries of a step that fails for no known reason. Default 3: passing faults are "
        "cured by the second; a third failure will not heal by itself.",
    )
