"""What made a result: kept with every transcript, note and prescription."""

from medscribe.domain.record import Record


class Provenance(Record):
    """The engine, and where it has them its model, prompt and template, each with its version."""

    engine: str
    version: str
    model: str | None = None
    prompt: str | None = None
    template: str | None = None
