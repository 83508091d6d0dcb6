"""What is worked out of a part of a talk, kept beside it: it goes when the part goes.

Patient text must not stay in caches of modules, which outlive the visit.
"""

from collections.abc import Callable
from typing import Self, TypeVar, TypeVarTuple, Unpack

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class Remembers:
    """A value that never changes, and what pure functions made of it."""

    def once(
        self, work: Callable[[Self, Unpack[Arguments]], Result], *arguments: *Arguments
    ) -> Result:
        """`work(self, *arguments)`, done the first time it is asked for. All arguments must be
        hashable; a new visit has new parts, and so remembers nothing."""
        key = (work, *arguments)
        try:
            result: Result = self.__dict__["_remembered"][key]
        except KeyError:
            result = work(self, *arguments)
            self.__dict__.setdefault("_remembered", {})[key] = result
        return result


class Memory(Remembers):
    """For what is made of plain texts: `memory.of(function, text)`. One per visit."""

    def of(self, work: Callable[[str], Result], text: str) -> Result:
        """`work(text)`, done the first time it is asked for."""
        return self.once(_of_text, work, text)


def _of_text(memory: Memory, work: Callable[[str], Result], text: str) -> Result:
    return work(text)
