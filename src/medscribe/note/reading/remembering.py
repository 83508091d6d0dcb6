"""What is worked out of a part of a talk, kept beside it: it goes when the part goes.

Patient text must not stay in caches of modules, which outlive the visit.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Self, TypeVar

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Remembers:
    """A value that never changes, and what pure functions made of it."""

    def once(
        self,
        work: Callable[Concatenate[Self, Arguments], Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """`work(self, *arguments)`, done the first time it is asked for. All arguments must be
        hashable; a new visit has new parts, and so remembers nothing."""
        key = (work, arguments, *named.items()) if named else (work, arguments)
        kept = self.__dict__.get("_remembered")
        if kept is None:
            kept = self.__dict__["_remembered"] = {}
        if key not in kept:
            kept[key] = work(self, *arguments, **named)
        result: Result = kept[key]
        return result


class Memory(Remembers):
    """For what is made of plain texts: `memory.of(function, text)`. One per visit."""

    def of(self, work: Callable[[str], Result], text: str) -> Result:
        """`work(text)`, done the first time it is asked for."""
        return self.once(_of_text, work, text)


def _of_text(memory: Memory, work: Callable[[str], Result], text: str) -> Result:
    return work(text)
