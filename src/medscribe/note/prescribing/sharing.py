"""What is said once for several drugs of a sentence -> said of each of them.

"Continue metformin and glipizide, both twice a day." "Switch the omeprazole to pantoprazole."
"Start losartan, no, sorry, valsartan."
"""

import re
from dataclasses import replace
from itertools import pairwise

from medscribe.domain.medication import Certainty, OrderAction
from medscribe.note.prescribing.cues import Decision
from medscribe.note.prescribing.sig import Sig
from medscribe.note.prescribing.statements import DrugStatement

_SWITCH = re.compile(r"\b(?:switch|chang|replac|swap|trad|substitut|transition|mov)\w*\b", re.I)
_SWITCH_ORDERED = re.compile(
    r"(?:\A\W*(?:\w+[\s,]+){0,2}|[.;,] |\b(?:let us|let's|i will|we will|please|going to|i want to|"
    r"we should|i would like to|we need to|we can|go ahead and|i think we should|have to|i would|"
    r"and|then) )(?:also |just )?"
    r"(?:switch|change|replace|swap|trade|substitute|transition|move)(?: out)?(?: (?:the|your|his|"
    r"her|"
    r"that|you(?: off)?(?: of)?))*(?: from)?(?: the| your)? \Z",
    re.IGNORECASE,
)
_TO_NEXT = re.compile(
    r"\A[^.]{0,40}?\b(?:to|with|over to|for|out for|and (?:start|put|place|get|go on|begin)\w*"
    r"(?: you)?(?: on| with)?)(?: \w+){0,2}\s*\Z",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:switched|changed|replaced|swapped|traded|moved|transitioned)\b", re.I)
_SLIP = re.compile(
    r"(?:\b(?:i mean|i meant|sorry|scratch that|correction|or rather|make that|no wait|"
    r"strike that)\b|"
    r"[,.-] (?:no|wait|actually|rather)\b,?)(?:[\s,]+(?:no|i mean|i meant|sorry|not|let us (?:do|"
    r"use|go "
    r"with|try)|do|the|make (?:it|that)|actually|wait|uh|um))*[\s,]*\Z",
    re.IGNORECASE,
)
_REPLACES = re.compile(
    r"\b(?:replac(?:es|ing)|to replace|takes? the place of|will replace)(?: (?:the|your|his|"
    r"her))? \Z",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:both|each|all (?:three|of (?:them|those|these))?|together)\b", re.IGNORECASE
)
_JOINED = re.compile(r"\A[\s,]*(?:and|plus|with|along with)[\s,]+(?:the |your |his |her )?\Z", re.I)


def with_shared(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """The statements of a sentence, each with what was said for it together with others."""
    return _shared_sig(text, _slipped(text, _replaced(text, _switched(text, found))))


def _switched(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """ "switch you from ibuprofen to naproxen": one stops, the other starts; another salt or form
    of the same medicine is a change."""
    for at, (old, new) in enumerate(pairwise(found)):
        between = text[old.drug.span.end : new.drug.span.start]
        lead = text[max(0, old.drug.span.start - 45) : old.drug.span.start]
        if not old.by_clinician or not _SWITCH.search(lead) or not _TO_NEXT.match(between):
            continue
        decided = (
            old.decision.action is not OrderAction.MENTION
            or "from" in lead
            or bool(_SWITCH_ORDERED.search(lead))
        )
        possible = old.decision.certainty is not Certainty.CONFIRMED
        if not decided or possible or _PAST.search(lead):
            continue
        if old.key == new.key:
            found[at] = replace(
                old, decision=Decision(OrderAction.MENTION), sig=Sig(), current=True
            )
            found[at + 1] = replace(new, decision=Decision(OrderAction.CHANGE))
        else:
            found[at] = replace(old, decision=Decision(OrderAction.STOP))
            found[at + 1] = replace(new, decision=Decision(OrderAction.START))
    return found


def _replaced(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """ "Trelegy, one puff a day, replaces the Spiriva": the second stops."""
    for at, (new, old) in enumerate(pairwise(found)):
        between = text[new.drug.span.end : old.drug.span.start]
        if new.by_clinician and new.key != old.key and _REPLACES.search(between):
            found[at + 1] = replace(old, decision=Decision(OrderAction.STOP), sig=Sig())
    return found


def _slipped(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """ "start losartan, no, sorry, valsartan": what was decided goes for the second."""
    for at, (old, new) in enumerate(pairwise(found)):
        between = text[old.drug.span.end : new.drug.span.start]
        if not old.by_clinician or old.key == new.key or not _SLIP.search(between):
            continue
        if old.decision.action is OrderAction.MENTION:
            continue
        withdrawn = Decision(OrderAction.MENTION, denied=True, withdrawn=True)
        found[at] = replace(old, decision=withdrawn)
        taken = new.decision if new.decision.action is not OrderAction.MENTION else old.decision
        sig = new.sig if new.sig.says_how else old.sig
        found[at + 1] = replace(new, decision=taken, sig=sig)
    return found


def _shared_sig(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """How often, how long and when needed, where it is said for "both", or once behind drugs that
    are only named."""
    if len(found) < 2:
        return found
    last = found[-1]
    behind = text[last.drug.span.end :]
    for_all = bool(_BOTH.search(behind)) or bool(
        _BOTH.search(text[: found[0].drug.span.start][-30:])
    )
    shared = [last]
    for before, after in reversed(list(pairwise(found))):
        between = text[before.drug.span.end : after.drug.span.start]
        joined = bool(_JOINED.match(between)) and not before.sig.says_how
        same = before.decision == last.decision
        if not (for_all or joined) or not same:
            break
        shared.insert(0, replace(before, sig=_filled(before.sig, last.sig)))
    return [*found[: len(found) - len(shared)], *shared]


def _filled(sig: Sig, shared: Sig) -> Sig:
    if sig.frequency or sig.as_needed:
        return sig
    return replace(
        sig,
        frequency=shared.frequency,
        as_needed=shared.as_needed,
        as_needed_for=shared.as_needed_for,
        duration=sig.duration or shared.duration,
    )
