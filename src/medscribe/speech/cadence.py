"""How long passes take -> when the next preview is due."""

LEAST_SECONDS = 1.0
"""New sound between two previews at least: people do not read faster."""

PASSES = 1.5
"""A preview is due after so many times the usual pass of new sound, so that finals find time."""

_NEW_SHARE = 0.3


class Cadence:
    """Keeps previews at a share of the work, however slow the engine is."""

    def __init__(self) -> None:
        self._usual: float | None = None

    @property
    def seconds(self) -> float:
        """New sound after which the next preview is due."""
        return max(LEAST_SECONDS, PASSES * (self._usual or 0.0))

    def took(self, seconds: float) -> None:
        """A preview pass took so long (exponentially weighted mean, weight 0.3)."""
        before = seconds if self._usual is None else self._usual
        self._usual = before + _NEW_SHARE * (seconds - before)
