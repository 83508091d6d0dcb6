"""The words before and after a drug's name -> how it is taken."""

import re
from dataclasses import replace

from medscribe.clinical.drugs import DrugMention
from medscribe.note.prescribing.own_words import amount_before_drug, own_clauses
from medscribe.note.prescribing.regimen import read_regimen
from medscribe.note.prescribing.sig import Sig, read_sig

_NEW_DOSE = re.compile(
    r"\b(?:drop|raise|increase|lower|bump|cut|reduce|take|move|bring|go|change|make|leave|keep|"
    r"try|be)"
    r"(?: (?:it|that|you))?(?: (?:up|down|back))?(?: (?:to|at))? (?=\d|half|one |once|twice)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:then|after (?:that|a|the)|next|if you are)\b", re.IGNORECASE)
_INSTEAD_OF = re.compile(r"\b(?:instead of|rather than)\b", re.IGNORECASE)
_TOLD_INSTEAD = re.compile(
    r"\A[^.]{0,40}?\b(?:take|use|do|have|try|make|give) (?:it|that)\b", re.IGNORECASE
)
_COUNT_OF = re.compile(
    r"\b(?:take|takes|taking|took|use|give|have|try|of|just|another) (?P<count>[1-6]|one|two|"
    r"half an?)"
    r"(?: (?:more|of (?:your|the|those)|extra[- ]strength|regular[- ]strength|"
    r"over[- ]the[- ]counter|"
    r"baby|adult|low[- ]dose))? \Z",
    re.IGNORECASE,
)
# "five hundred of metformin"
_NUMBER_OF = re.compile(r"\b\d[\d,.]* of (?:the |your |that )?\Z", re.IGNORECASE)
_OF = re.compile(r"(?: of(?: (?:the|your|my|that))?)? \Z", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:more than|exceed|go over|at most)\s*\Z", re.IGNORECASE)
_A_DAY = re.compile(r"\A (?:an?|per|in a|each|every|in) (?:day|24 hours?)\b", re.IGNORECASE)


def sig_of(drug: DrugMention, before: str, after: str, whole_before: str) -> Sig:
    """What is said around the name; `whole_before` is all of the sentence before it."""
    told = _TOLD_INSTEAD.match(after)
    if told and _INSTEAD_OF.search(before):
        # "Instead of taking it once a day, take it twice a day."
        after = after[told.end() :]
    sig = read_regimen(after, drug.ingredients, bare_number_at=0)
    amount = amount_before_drug(before)
    number = _NUMBER_OF.search(before)
    count = _COUNT_OF.search(before)
    if amount is not None:
        leading = read_sig(before[amount:], drug.ingredients)
        if _AT_MOST.search(whole_before[: len(whole_before) - len(before) + amount]):
            # "do not take more than 3 g of Tylenol a day" limits; it is no dose.
            most = leading.strength or leading.dose
            return replace(sig, max_per_day=most) if _A_DAY.match(after) else sig
        # "20 units of Lantus in the morning and 10 at night": the first step is before the name.
        split = read_regimen(_OF.sub("", before[amount:]) + after, drug.ingredients)
        if split.steps:
            return split
    elif count and sig.dose is None:
        leading = read_sig(f"take {count['count']} daily")
        leading = replace(leading, frequency=None)
    elif number:
        leading = read_sig(before[number.start() :].split(" of")[0], drug.ingredients, 0)
    else:
        return sig
    if re.search(r"\A(?! every)[^.]{0,12}\bto \d|\b(?:actually|make (?:it|that)) \d", after):
        return sig
    return replace(
        sig,
        strength=leading.strength or sig.strength,
        dose=leading.dose or sig.dose,
        dose_max=leading.dose_max or sig.dose_max,
        form=leading.form or sig.form,
    )


def newly_said(drug: DrugMention, sig: Sig, beyond: str) -> Sig:
    """The dose that a later clause sets: "2500 a day is too much, let's drop it to 1000"."""
    found = _NEW_DOSE.search(beyond)
    if found is None or sig.steps or _NEXT.search(beyond[: found.start()]):
        return sig
    new = read_regimen(own_clauses(beyond[found.end() :]), drug.ingredients, bare_number_at=0)
    if not new.says_how_much:
        return replace(sig, frequency=new.frequency or sig.frequency)
    return replace(
        sig,
        strength=new.strength,
        dose=new.dose,
        dose_max=new.dose_max,
        frequency=new.frequency or sig.frequency,
        steps=new.steps,
        duration=new.duration or sig.duration,
    )
