"""The one base class of all values: frozen, strict about unknown fields, JSON both ways."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A value. It never changes; `model_copy(update=...)` makes the next one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
