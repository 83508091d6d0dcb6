r"""A regular expression of a template -> what makes it too costly to run, if anything.

A search must end within a fraction of a second whatever was said, and `re` cannot be stopped. So a
pattern is held to forms whose cost is known beforehand: no repetition inside a repetition
(`(\w+)*`), no choice inside a repetition (`(a|ab)*`), few open repetitions in a row
(`.*x.*y.*z`), and few short ones (`a?a?a?a?`). What looks ahead or back is searched anew at every
place that the pattern before it reaches, so its repetitions count with those before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PATTERN = 4000
_MOST_OPEN = 2
# A repetition up to this often costs little more than writing its part out.
_WIDE = 10
# A part that stands this often, no more and no less, takes as long as an open repetition.
_LONG = 50
# Ways to match short repetitions and choices in a row, which multiply: twelve `?`, say.
_MOST_WAYS = 4096
# Beside two open repetitions; the shipped cues stay below.
_MOST_WAYS_BESIDE_OPEN = 64
_VERBOSE = re.compile(r"\(\?[aiLmsu]*x")
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
    """What a group was found to hold: `open` counts open repetitions in a row in this alternative
    and `ways` those of short ones, `most_open` and `most_ways` in the worst alternative, or where
    it looks ahead or back."""

    look: bool = False
    open: int = 0
    most_open: int = 0
    ways: int = 1
    most_ways: int = 1
    repeats: bool = False
    choice: bool = False

    def alternative(self) -> None:
        self.close()
        self.choice, self.open, self.ways = True, 0, 1

    def close(self) -> None:
        self.most_open = max(self.most_open, self.open)
        self.most_ways = max(self.most_ways, self.ways)

    def take(self, inner: "_Group") -> None:
        """Counts a closed group that stands in this one."""
        ways = inner.most_ways * (2 if inner.choice else 1)
        if inner.look:
            self.most_open = max(self.most_open, self.open + inner.most_open)
            self.most_ways = max(self.most_ways, self.ways * ways)
        else:
            self.open += inner.most_open
            self.ways *= ways
        self.repeats |= inner.repeats
        self.choice |= inner.choice

    def repeat(self, least: int, most: int) -> None:
        """Counts a repetition of what stood last."""
        if most > _WIDE and (most != least or most > _LONG):
            self.open += 1
        else:
            self.ways *= most - least + 1
        self.repeats |= most != 1 or least != 1


def costly_part(pattern: str) -> str | None:
    r"""Why `pattern` may take too long, as a sentence that says what to write instead; None for one
    that is quick. `pattern` must compile."""
    if len(pattern) > LONGEST_PATTERN:
        return f"It is longer than {LONGEST_PATTERN} characters: split it over two sections."
    if _VERBOSE.search(pattern):
        return "It holds the flag x: leave it out, and write the pattern without spaces."
    return next(_faults(pattern), None)


def _faults(pattern: str) -> Iterator[str]:
    stack = [_Group()]
    last: _Group | None = None
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        closed, last = last, None
        if _opens(piece):
            stack.append(_Group(look=match["look"] is not None))
        elif piece == "|":
            stack[-1].alternative()
        elif piece == ")":
            last = stack.pop()
            last.close()
            yield from _too_much(last)
            stack[-1].take(last)
        elif piece in ("*", "+", "?") or _COUNTS.fullmatch(piece):
            least, most = _counts(piece)
            if most > 1 and closed is not None:
                yield from _repeated_group(closed)
            stack[-1].repeat(least, most)
    stack[0].close()
    yield from _too_much(stack[0])


def _too_much(group: _Group) -> Iterator[str]:
    if group.most_open > _MOST_OPEN:
        yield (
            "It holds more than two open repetitions (`*`, `+`, `{2,}`) in a row: write `?` or "
            "`{0,3}` in their place, or look for fewer words at once."
        )
    if group.most_ways > _MOST_WAYS:
        yield (
            "It holds too many optional pieces and choices (`?`, `{0,3}`, `|`) in a row: look for "
            "fewer words at once."
        )
    if group.most_open == _MOST_OPEN and group.most_ways > _MOST_WAYS_BESIDE_OPEN:
        yield (
            "It holds two open repetitions (`*`, `+`, `{2,}`) and too many optional pieces and "
            "choices beside them: look for fewer words at once."
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


def _counts(piece: str) -> tuple[int, int]:
    """How often at least and at most the part before `piece` may stand; a large number where
    without limit."""
    endless = 10**6
    plain = {"*": (0, endless), "+": (1, endless), "?": (0, 1)}
    if piece in plain:
        return plain[piece]
    counts = _COUNTS.fullmatch(piece)
    assert counts is not None
    least = int(counts["least"] or 0)
    if counts["most"]:
        return least, int(counts["most"])
    return least, endless if counts["comma"] else least
