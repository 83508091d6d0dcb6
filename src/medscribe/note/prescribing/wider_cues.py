"""Words around a medicine or "it" -> what they decide, by the classes of verbs of the wider table.

Asked only where the closer patterns (`cue_table`, `after_cues`, `reference_cues`) find nothing.
"""

import re
from functools import cache
from typing import NamedTuple

from medscribe.domain.medication import OrderAction
from medscribe.note.prescribing.wider_cue_table import IT, LEAD, SLOT, WIDER_ROWS


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], OrderAction, bool], ...]:
    return tuple(
        (
            re.compile(f"{LEAD if row.led else ''}(?P<cue>{row.pattern})", re.IGNORECASE),
            row.action,
            not row.led,
        )
        for row in WIDER_ROWS
    )


class WiderCue(NamedTuple):
    """What is decided; characters [start, end) of the text say it. `plain`: the words themselves
    say "no more", "not": no negation before them turns them round."""

    action: OrderAction
    start: int
    end: int
    plain: bool


_BOUND = re.compile(
    r"\b(?:until|till|when|whenever|once|after|before|since|because|if|unless|how|what|why|who|"
    r"than|used to|did|does|able to|try not to|for|reason to|ready to|helps?|help) (?:\w+ ){0,3}\Z",
    re.IGNORECASE,
)
# "until it has gone": holds also for what says "no more" by itself.
_NOT_YET = re.compile(
    r"\b(?:until|till|when|whenever|once|after|before|if|unless) (?:\w+ ){0,2}\Z", re.IGNORECASE
)
_PRONOUN = re.compile(rf"\b{IT}", re.IGNORECASE)


def wider_cue(text: str) -> WiderCue | None:
    """What `text`, with `SLOT` for the medicine, decides; None where nothing.

    Not what hangs on "until", "if", "because"; nor what is said of "it" before the name.
    """
    name = text.find(SLOT)
    for pattern, action, plain in _patterns():
        for match in pattern.finditer(text):
            start = match.start("cue")
            of_another = name >= 0 and match.end() <= name and _PRONOUN.search(match["cue"])
            bound = (_NOT_YET if plain else _BOUND).search(text[:start])
            if not of_another and not bound:
                return WiderCue(action, start, match.end(), plain)
    return None
