"""What a job queue promises."""

from typing import Protocol


class JobQueue(Protocol):
    """Wakes encounters up. A message says only "encounter X has work"; losing one is harmless."""

    def submit(self, encounter_id: str) -> None:
        """Ask for the encounter to be worked on; asking twice is the same as asking once."""
        ...

    def drain(self) -> None:
        """Work until nothing is left to do."""
        ...
