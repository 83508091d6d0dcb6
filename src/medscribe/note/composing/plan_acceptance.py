"""The end of the talk -> whether the plan was accepted, by whom, and in which words."""

from collections.abc import Iterator
from itertools import islice

from medscribe.note.reading.passages import Passage
from medscribe.note.reading.speakers import companion_of, gives_history
from medscribe.note.reading.talk import Talk
from medscribe.note.rules import load_pattern

# Before this part of the talk "sounds good" accepts the examination, not the plan.
_FROM_POSITION = 0.6
_MOST_SENTENCES = 2
_PLAN = "with the recommended medical treatment plan."


def plan_acceptance(talk: Talk) -> tuple[str, list[Passage]] | None:
    """Who accepts what was proposed, and the sentences that say so ("sounds good"), at most two,
    the last first; None where nobody does.

    "The patient agrees with ...", "Mother agrees with ...", "The patient and wife agree with ...".
    """
    accepting = list(islice(_accepting(talk), _MOST_SENTENCES))
    if not accepting:
        return None
    companions = [companion_of(passage.utterance) for passage in accepting]
    called = list(dict.fromkeys(found.noun for found in companions if found))
    if None in companions:
        called.insert(0, "the patient")
    verb = "agrees" if len(called) == 1 else "agree"
    understood = any(load_pattern("acceptance", "understands").search(p.said) for p in accepting)
    if understood:
        verb = f"understands and {verb}" if len(called) == 1 else f"understand and {verb}"
    who = " and ".join(called)
    text = f"{who[0].upper()}{who[1:]} {verb} {_PLAN}"
    return text, accepting


def tells_acceptance(text: str) -> bool:
    """Whether a statement of the note is one of `plan_acceptance`."""
    return text.endswith(_PLAN)


def _accepting(talk: Talk) -> Iterator[Passage]:
    """From the last one on."""
    for unit in reversed(talk.units):
        for passage in reversed(unit.passages):
            if talk.position(passage) >= _FROM_POSITION and passage.once(_accepts):
                yield passage


def _accepts(passage: Passage) -> bool:
    accepts = load_pattern("acceptance", "accepts")
    return gives_history(passage.role) and bool(accepts.match(passage.said))
