r"""A regular expression of a template -> what makes it too costly to run, if anything.

A search must end within a fraction of a second whatever was said, and `re` cannot be stopped. So a
pattern is held to forms whose cost is known beforehand: no repetition inside a repetition
(`(\w+)*`), no choice inside a repetition (`(a|ab)*`), and few open repetitions in a row
(`.*x.*y.*z`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PATTERN = 4000
_MOST_OPEN = 2
# A repetition up to this often costs little more than writing its part out.
_WIDE = 10
_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\(\?#[^)]*\)|\(\?P=\w+\)|\(\?[aiLmsux-]+\)"
    r"|\(\?(?P<look><?[=!])|\((?:\?(?:P<\w+>|[aiLmsux-]*:|>))?"
    r"|[*+?]|\{\d*,?\d*\}|\||\)|.",
    re.DOTALL,
)
_COUNTS = re.compile(r"\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}")


@dataclass
class _Group:
    """What a group was found to hold: `open_ways` counts open repetitions in a row in this
    alternative, `most_open` in the worst one before."""

    look: bool = False
    open_ways: int = 0
    most_open: int = 0
    repeats: bool = False
    choice: bool = False

    def alternative(self) -> None:
        self.choice = True
        self.most_open, self.open_ways = max(self.most_open, self.open_ways), 0

    @property
    def worst(self) -> int:
        return max(self.most_open, self.open_ways)


def costly_part(pattern: str) -> str | None:
    r"""Why `pattern` may take too long, as a sentence that says what to write instead; None for one
    that is quick. `pattern` must compile."""
    if len(pattern) > LONGEST_PATTERN:
        return f"It is longer than {LONGEST_PATTERN} characters: split it over two sections."
    return next(_faults(pattern), None)


def _faults(pattern: str) -> Iterator[str]:
    stack = [_Group()]
    last: _Group | None = None
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        if _opens(piece):
            stack.append(_Group(look=match["look"] is not None))
            last = None
        elif piece == "|":
            stack[-1].alternative()
        elif piece == ")":
            last = stack.pop()
            if last.worst > _MOST_OPEN:
                yield _TOO_OPEN
            if not last.look:
                stack[-1].open_ways += last.worst
            stack[-1].repeats |= last.repeats
            stack[-1].choice |= last.choice
        elif piece in ("*", "+", "?") or _COUNTS.fullmatch(piece):
            most = _most(piece)
            if most > 1 and last is not None:
                yield from _repeated_group(last)
            stack[-1].open_ways += most > _WIDE
            stack[-1].repeats |= piece != "{1}"
            last = None
        else:
            last = None
    if stack[0].worst > _MOST_OPEN:
        yield _TOO_OPEN


_TOO_OPEN = (
    "It holds more than two open repetitions (`*`, `+`, `{2,}`) in a row: write `?` or `{0,3}` in "
    "their place, or look for fewer words at once."
)


def _repeated_group(group: _Group) -> Iterator[str]:
    if group.repeats:
        yield (
            "It repeats a group in which something is repeated: write the inner part out, as in "
            r"`(?:\w+ )?(?:\w+ )?` for up to two words."
        )
    if group.choice:
        yield (
            "It repeats a group with a choice (`|`) in it: write the group out as often as it may "
            "stand, each with `?` after it."
        )


def _opens(piece: str) -> bool:
    closed = piece.endswith(")")
    return piece.startswith("(") and not closed


def _most(piece: str) -> int:
    """How often at most the part before `piece` may stand; a large number where without limit."""
    endless = 10**6
    if piece in ("*", "+"):
        return endless
    if piece == "?":
        return 1
    counts = _COUNTS.fullmatch(piece)
    assert counts is not None
    if counts["most"]:
        return int(counts["most"])
    return endless if counts["comma"] else int(counts["least"] or 1)
