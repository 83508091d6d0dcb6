"""Form fields -> numbers, choices and lists, or an error that names the field."""

import math
from collections.abc import Mapping, Sequence

from medscribe.api.errors import RequestError

_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"false", "0", ""})


class Fields:
    """The text fields of a request; lists come as `name[]` (OpenAI's clients) or as `name`."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields

    def text(self, name: str) -> str | None:
        """The last value of a field; None where it is missing or empty."""
        values = self._fields.get(name)
        return (values[-1].strip() or None) if values else None

    def many(self, name: str) -> list[str]:
        """All values of a list, in order, empty ones left out."""
        values = [*self._fields.get(f"{name}[]", ()), *self._fields.get(name, ())]
        return [value.strip() for value in values if value.strip()]

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """The value of a field that takes few; None where it is missing."""
        value = self.text(name)
        if value is not None and value not in choices:
            raise refused(name, f"choose one of {', '.join(choices)}")
        return value

    def choices(self, name: str, choices: Sequence[str]) -> frozenset[str]:
        """The values of a list that takes few."""
        values = frozenset(self.many(name))
        if not values <= set(choices):
            raise refused(name, f"choose among {', '.join(choices)}")
        return values

    def flag(self, name: str) -> bool:
        """True or false; false where it is missing."""
        value = (self.text(name) or "").lower()
        if value not in _TRUE | _FALSE:
            raise refused(name, "give true or false")
        return value in _TRUE

    def number(self, name: str, least: float, most: float) -> float | None:
        """A number within the bounds; None where it is missing."""
        value = self.text(name)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise refused(name, f"give a number from {least:g} to {most:g}")
        return number


def refused(name: str, advice: str) -> RequestError:
    """The error for a value of field `name` that cannot be taken."""
    return RequestError(f"Invalid value of {name}: {advice}.", param=name, code="invalid_value")
