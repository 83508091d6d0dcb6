"""Stretches of time and of text."""

from pydantic import Field, model_validator

from medscribe.domain.record import Record


class TimeSpan(Record):
    """[start, end] in seconds from the start of the encounter; `end >= start >= 0`."""

    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _in_order(self) -> "TimeSpan":
        if self.end < self.start:
            raise ValueError("a time span ends before it starts")
        return self

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start

    @property
    def middle(self) -> float:
        """Seconds from the start of the encounter."""
        return (self.start + self.end) / 2


class TextSpan(Record):
    """Characters [start, end) of a text; `end >= start >= 0`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> "TextSpan":
        if self.end < self.start:
            raise ValueError("a text span ends before it starts")
        return self

    def overlaps(self, other: "TextSpan") -> bool:
        return self.start < other.end and other.start < self.end
