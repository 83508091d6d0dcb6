"""A job says only "encounter X has work"; the store knows what comes next."""

from medscribe.domain.record import Record


class Job(Record):
    """One wake-up of an encounter; `attempt` counts from 1."""

    encounter_id: str
    attempt: int = 1
