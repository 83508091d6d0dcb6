"""The words before and after a drug's name -> what is decided about it, and how surely."""

import re
from typing import NamedTuple

from medscribe.domain.medication import Certainty, OrderAction
from medscribe.note.prescribing.after_cues import cues_after
from medscribe.note.prescribing.conditions import (
    ANOTHER_WAY,
    ANY_MORE,
    AS_NEEDED,
    BARE_NO,
    CALL,
    FOR_A_TIME,
    FROM_NOW_ON,
    HYPOTHETICAL_AFTER,
    HYPOTHETICAL_BEFORE,
    IN_CASE,
    INSTEAD,
    KNOWN,
    MORE_OF_IT,
    NEXT_STEP,
    NO_MORE_SO,
    NOT,
    NOT_IN_GAP,
    NOT_NEEDED,
    NOT_THIS,
    OF_PRONOUN,
    OTHER_FORM,
    OWNED,
    PAST,
    POSSIBLE,
    PUT_OFF,
    SOON,
    TO_A_LIST,
    TO_OTHER_FORM,
    TO_TAKE,
    TOLD_NOT,
    WHILE,
)
from medscribe.note.prescribing.cue_table import (
    CHANGE,
    CONTINUE,
    HOLD,
    START,
    STOP,
    Cue,
    compiled_cues,
)
from medscribe.note.prescribing.wider_cue_table import SLOT
from medscribe.note.prescribing.wider_cues import wider_cue

MENTION = OrderAction.MENTION


class Decision(NamedTuple):
    """What is said about one drug.

    `weak`: an instruction that fits a new as well as a known medicine ("take ibuprofen"). `advice`:
    a warning off ("avoid ibuprofen") that stops the drug only for somebody who takes it.
    `denied`: it is said that the drug is not taken. `withdrawn`: that it is not to be started,
    which takes back a start said before. `owned`: it is "your" medicine, so known. `bare`: no verb
    orders it, only dose and frequency.
    """

    action: OrderAction
    weak: bool = False
    advice: bool = False
    certainty: Certainty = Certainty.CONFIRMED
    denied: bool = False
    withdrawn: bool = False
    owned: bool = False
    bare: bool = False


_GAP_BREAK = re.compile(
    r"[;?!]|\.\s|\b(?:but|because|since|although|while|until|so that|in case|whenever|except|"
    r"on top of|in addition to)\b",
    re.I,
)
_LONGEST_GAP_WORDS = 9
_REACH = 80
_TURNS = re.compile(r",? (?=(?:let us|i would|i will|we will|we should|let me)\b)", re.IGNORECASE)
_CHANGE_GAP = re.compile(
    r"\A(?: (?:the|your|his|her|that|this|on|of|up|dose|doses|dosage|amount|in|home|current|daily|"
    r"a|little|bit|back|from|to|for|medication|\d+|mg|uh|um),?)*\s*\Z",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|denies|denied)(?: been| really| currently| ever| actually| even| have)*"
    r"(?: (?:take|taking|taken|took|use|using|used|on|tried|try|try?ing|had|have|need|needed|want|"
    r"started|get|got|any))+(?: (?:to take|it|any|the|that|my|your|a|an|much|of))*"
    r"|\bno(?: other)?|\bwithout(?: any| the| my)?|\bdenies(?: any| use of)?)"
    r"(?: \w+,? (?:or|and|nor))?\s*\Z",
    re.IGNORECASE,
)

_LEAVE = re.compile(r"\bleave (?:the |your |that )?\Z", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\b(?:i|we) (?:will not|am not going to|are not going to|should not|cannot)\b[^,;.]*\Z", re.I
)
# "Quit giving her the syrup."
_CEASING = re.compile(r"\b(?:stop|stopping|quit|quitting|ceas(?:e|ing)) \Z", re.IGNORECASE)
_LEFT_OFF = re.compile(r"\A off\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\A[^.]{0,25}\b(?:until|till|before|unless|yet|with|without|if|on the same|more than|longer|"
    r"right away|forever|long term|every|too)\b",
    re.IGNORECASE,
)


def decide(before: str, after: str, beyond: str | None = None) -> Decision:
    """What is decided about a drug between the words `before` and `after` its name.

    `before` starts at the sentence or behind the previous drug's own words. Without any cue the
    drug is only mentioned. "We could consider metformin" decides nothing: a possible mention.
    `beyond` is all that follows in the sentence, other talk included: "... is helping, so I would
    leave it alone".
    """
    beyond = after if beyond is None else beyond
    if _LEFT_OFF.match(after) and _LEAVE.search(before):
        return Decision(MENTION, denied=True, withdrawn=True)
    cue, at, end = _nearest_cue(before, after)
    if cue is None:
        return _without_cue(before, after, beyond)
    lead = before[:at]
    if cue.action is START and _CEASING.search(lead):
        return Decision(HOLD if FOR_A_TIME.search(after[:60]) else STOP)
    if cue.action is not STOP and PAST.search(lead):
        # "I was going to raise it, but let's leave it at 5 mg."
        return _weighed(_decided_after(beyond), "", after)
    if cue.withdraws:
        return Decision(MENTION, denied=True, withdrawn=True)
    swapped = cue.use and INSTEAD.search(lead)
    if (NOT.search(lead) and not swapped) or NOT_IN_GAP.search(before[end:]):
        return _negated(cue, beyond, before)
    if cue.action is CHANGE and not _CHANGE_GAP.match(before[end:]):
        return Decision(MENTION)
    return _weighed(_as_used(cue, before, after, beyond), before, after, use=cue.use)


def is_final(after: str) -> bool:
    """Whether "we will not start it" is no mere "not before your scan"."""
    return not _NOT_YET.match(after)


def _as_used(cue: Cue, before: str, after: str, beyond: str) -> Decision:
    """The cue's decision; "take the metoprolol twice a day now" changes, "stop it until your scan"
    holds, "take your Lantus at night" goes on with what is taken."""
    if cue.action is STOP and TO_OTHER_FORM.match(after):
        return Decision(CHANGE)
    timed = FOR_A_TIME.search(after[:60]) or WHILE.search(before)
    if cue.action is STOP and not cue.advice and timed:
        return Decision(HOLD)
    if cue.action is START and TO_A_LIST.match(after):
        return Decision(MENTION, denied=True)
    swapped = INSTEAD.search(before) and TO_TAKE.search(before)
    if cue.advice and (ANOTHER_WAY.match(beyond) or swapped):
        return Decision(CHANGE)
    if cue.action is START and OTHER_FORM.search(before[-40:] + "|" + after[:25]):
        return Decision(CHANGE)
    if cue.use and NO_MORE_SO.search(after):
        return Decision(CHANGE)
    begins = cue.action is START and cue.weak
    if begins and KNOWN.search(before) and (FROM_NOW_ON.search(beyond) or INSTEAD.search(before)):
        return Decision(CHANGE)
    if not cue.use:
        owned = begins and bool(OWNED.search(before))
        return Decision(cue.action, weak=cue.weak, advice=cue.advice, owned=owned)
    return Decision(START, weak=True, owned=bool(OWNED.search(before)))


def _without_cue(before: str, after: str, beyond: str) -> Decision:
    if NOT_NEEDED.search(before) and (ANY_MORE.search(after) or "no longer" in before.lower()):
        return Decision(STOP)
    if TOLD_NOT.search(before) and not _WILL_NOT.search(before):
        if MORE_OF_IT.search(before):
            return Decision(HOLD if FOR_A_TIME.search(beyond[:70]) else STOP)
        return Decision(HOLD) if WHILE.search(before) else _told_not(after, beyond)
    if NOT_THIS.search(before) and is_final(after):
        return Decision(MENTION, denied=True, withdrawn=True)
    if BARE_NO.search(before) and (FOR_A_TIME.search(beyond[:60]) or SOON.search(beyond[:40])):
        return Decision(HOLD)
    if _DENIED.search(before):
        withdrawn = bool(_WILL_NOT.search(before)) and is_final(after)
        return Decision(MENTION, denied=True, withdrawn=withdrawn)
    found = _decided_after(beyond)
    if found.action is MENTION:
        found = widely_decided(f"{before}{SLOT}{after}", beyond)
    if found.action is MENTION and beyond != after:
        found = widely_decided(f"{before}{SLOT}{beyond[:_REACH]}", beyond)
    return _weighed(found, before, after)


def widely_decided(text: str, beyond: str) -> Decision:
    """What the classes of verbs in `text` decide of the medicine at `SLOT`, or of "it"; a mention
    where nothing, or where it is told of the past."""
    cue = wider_cue(text)
    if cue is None:
        return Decision(MENTION)
    # "If it is making you groggy, let us ...": the case is there.
    lead = _TURNS.split(text[: cue.start])[-1]
    if PAST.search(lead) or POSSIBLE.search(lead[-60:]) or HYPOTHETICAL_BEFORE.search(lead):
        return Decision(MENTION)
    if not cue.plain and NOT.search(lead):
        turned = CONTINUE if cue.action in (STOP, HOLD, CHANGE) else MENTION
        return Decision(STOP if cue.action is CONTINUE else turned)
    if cue.action is STOP and (FOR_A_TIME.search(beyond[:70]) or WHILE.search(lead)):
        return Decision(HOLD)
    return Decision(cue.action, weak=cue.action is START)


def _told_not(after: str, beyond: str) -> Decision:
    """ "Do not take it": any more, for a time, at all, or only not with alcohol."""
    if ANY_MORE.match(after):
        return Decision(STOP)
    if FOR_A_TIME.search(beyond[:70]) or SOON.search(beyond[:40]):
        return Decision(HOLD)
    return Decision(STOP, advice=True) if is_final(after) else Decision(MENTION, denied=True)


def _negated(cue: Cue, after: str, before: str) -> Decision:
    if cue.action in (STOP, CHANGE, HOLD):
        return Decision(CONTINUE)
    if cue.action is CONTINUE:
        return Decision(STOP)
    if cue.use and (
        FOR_A_TIME.search(after[:60]) or WHILE.search(before) or SOON.search(after[:40])
    ):
        return Decision(HOLD)
    if cue.use and not is_final(after) and not ANY_MORE.match(after):
        # "do not take it with alcohol" stops nothing.
        return Decision(MENTION, denied=True)
    if cue.weak:
        final = ANY_MORE.match(after) or MORE_OF_IT.search(before)
        return Decision(STOP, advice=not final)
    if ANY_MORE.match(after):
        return Decision(STOP)
    return Decision(MENTION, denied=True, withdrawn=is_final(after))


def _weighed(found: Decision, before: str, after: str, *, use: bool = False) -> Decision:
    """The decision, or a possible or hypothetical mention where it is none yet. An "if" behind
    "take it" says when to take it."""
    if found.denied:
        return found
    if POSSIBLE.search(before[-60:]):
        return Decision(MENTION, certainty=Certainty.POSSIBLE)
    if found.action is MENTION:
        return found
    if found.action in (START, CHANGE) and PUT_OFF.search(after[:90]):
        return Decision(MENTION, certainty=Certainty.POSSIBLE)
    ahead = after[:80]
    conditional = HYPOTHETICAL_AFTER.search(ahead)
    if conditional and NEXT_STEP.search(ahead[: conditional.start()]):
        conditional = None
    told = conditional and (use or bool(AS_NEEDED.search(ahead[: conditional.start()])))
    if conditional and not told and not CALL.search(ahead[: conditional.start()]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    # "If the itch keeps you up, add Benadryl 25 mg as needed.": that is when to take it.
    if told or (AS_NEEDED.search(ahead) and re.search(r"\d", ahead)):
        return found
    in_case = IN_CASE if found.action is STOP else HYPOTHETICAL_BEFORE
    if not found.weak and in_case.search(before[-70:]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    return found


def _decided_after(after: str) -> Decision:
    for cue in cues_after(after):
        lead = after[: cue.at]
        if PAST.search(lead) or (cue.action is CHANGE and NEXT_STEP.search(lead)):
            continue
        if NOT.search(lead):
            return Decision(MENTION)
        action = cue.action
        if action is STOP and FOR_A_TIME.search(after[cue.at : cue.at + 80]):
            action = HOLD
        return Decision(action, weak=cue.weak)
    return Decision(MENTION)


def _nearest_cue(before: str, after: str) -> tuple[Cue | None, int, int]:
    best: tuple[Cue | None, int, int] = (None, 0, 0)
    for pattern, cue in compiled_cues():
        if cue.after and not re.search(cue.after, after, re.IGNORECASE):
            continue
        for match in pattern.finditer(before):
            if match.end() >= best[2] and _reaches(before[match.end() :]):
                best = (cue, match.start(), match.end())
    return best


def _reaches(gap: str) -> bool:
    return (
        not _GAP_BREAK.search(gap)
        and not OF_PRONOUN.match(gap)
        and len(gap.split()) <= _LONGEST_GAP_WORDS
    )
