"""The beginning of the talk -> why the patient came, in a few words."""

import re
from collections.abc import Sequence

from medscribe.domain.transcript import Role
from medscribe.note.systems import symptoms_in
from medscribe.note.units import Unit

_REASON = re.compile(
    r"\b(?:presents?(?: here)?(?: today)?(?: with| for| to be evaluated for)(?: (?:complaints?|evaluation|an evaluation) of| the evaluation of)?"
    r"|here (?:today )?(?:for|with|because of|to discuss|complaining of)|chief complaint(?: is| of)?|complain(?:ing|s|ts?) of"
    r"|(?:came|come|coming|comes) in (?:today )?(?:for|with|because of|complaining of)|(?:evaluation|follow-?up) (?:of|for)"
    r"|you (?:are|were) having|you have(?: been having| had| got)?|i have(?: been having| had| got)?|i am having|having)"
    r" (?:an? |the |some |your |my |his |her |this |that |evaluation of |complaints? of |a little bit of )*(?P<reason>[^.;?!]+)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",| (?:and i|and you|and it|so|because|but|that|which|who|for the (?:last|past)|since|today|after|when|going on|is going|what|could|can|tell|do you"
    r"|over the|in the|for (?:about|like|a (?:few|couple)|\d)|about \d|\d+ (?:days?|weeks?|months?|years?)|i|you|it|how|right now|lately|recently|with a past|and she|and he|going)\b",
    re.IGNORECASE,
)
_EARLY_UNITS = 40


def chief_complaint(units: Sequence[Unit]) -> tuple[str, Unit] | None:
    """The complaint and the unit it was found in; None where none is recognised early on.

    "i understand you're here for left shoulder pain" -> "left shoulder pain".
    """
    early = [unit for unit in units[:_EARLY_UNITS] if unit.text]
    for roles in ((Role.CLINICIAN,), tuple(Role)):
        for unit in early:
            if unit.role in roles:
                reason = _reason_in(unit.text)
                if reason:
                    return reason, unit
    for unit in early:
        named = symptoms_in(unit.text)
        if named and unit.polarity is None:
            return named[0], unit
    return None


def _reason_in(text: str) -> str | None:
    for match in _REASON.finditer(text):
        reason = _CUT.split(match["reason"])[0].strip(" ,")
        words = reason.split()
        if 1 <= len(words) <= 7 and symptoms_in(reason):
            return reason
        if 1 <= len(words) <= 6 and re.match(
            r"(?:presents|here|chief|complain|evaluation|follow)", match.group(), re.I
        ):
            return reason
    return None
