"""A made-up visit of half an hour, and a script that answers about it as a language model would.

410 utterances of some 5,000 words; every 14th one holds a fact for the note, some take back or
change what was said before. The script reads its prompt: it writes a statement for each fact among
the new lines, with words of the line as its quote.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role
from medscribe.note.writer import UpdateCadence

UTTERANCES = 410
SECONDS = 1800.0

_CHAT = [
    "well I was out in the garden with the dog, you know",
    "right, and how are things at home, is everybody doing well",
    "yeah, it has been a busy time at work and I did not get around to much",
    "okay, let me write that down and then we go on",
    "sure, that makes sense to me, I was wondering about that on the way",
    "mhm, go on",
    "I see, and that is about what I thought when you called us yesterday",
]
# Where a fact goes, who says it, what is said and what is written; then what it may be about.
_KINDS = [
    (
        ("history_of_present_illness", Role.PATIENT),
        "so I have had {} for some weeks, and it is worse when I go upstairs",
        "Reports {} for some weeks, worse on going upstairs.",
        "knee pain|ankle swelling|a dry cough|night sweats|finger tingling|heartburn|stiffness|"
        "hives",
    ),
    (
        ("medications", Role.PATIENT),
        "at home I take {} every morning, I hardly ever forget it",
        "Takes {} every morning at home and hardly ever forgets it.",
        "lisinopril 10 mg|metformin 500 mg|ibuprofen 600 mg|omeprazole 20 mg|sertraline 50 mg|"
        "warfarin 5 mg|amlodipine 5 mg|atorvastatin 40 mg",
    ),
    (
        ("physical_exam", Role.CLINICIAN),
        "when I look at you now, {}, and the rest of the exam is fine",
        "On examination {}, and the rest of the exam is normal.",
        "the lungs are clear|the knee is swollen|the belly is soft|the throat is red|"
        "the pulse is regular|the skin is dry|the gait is normal|the ankles are puffy",
    ),
    (
        ("assessment_and_plan", Role.CLINICIAN),
        "what we will do next is {}, and we see each other in four weeks",
        "Plan is {}; the patient is seen again in four weeks.",
        "a knee x-ray|some blood work|physical therapy|a sleep diary|a stress test|"
        "a low salt diet|an eye exam|a flu shot",
    ),
]
_EVERY = 14
_REWORDED = "sorry, I need to correct that, it was the other way round and only since Friday"
_TAKEN_BACK = "no wait, forget what I said last, that was my sister and not me at all"


def visit() -> list[MaskedUtterance]:
    """The same visit every time, with times."""
    return [
        MaskedUtterance(
            id=f"u{number + 1}",
            speaker=role.value,
            role=role,
            text=text,
            span=TimeSpan(
                start=number * SECONDS / UTTERANCES, end=(number + 1) * SECONDS / UTTERANCES
            ),
        )
        for number, (role, text) in enumerate(_lines())
    ]


def updates(visit: list[MaskedUtterance], cadence: UpdateCadence) -> Iterator[int]:
    """How many utterances there are at each update; every utterance ends in a pause."""
    words, since = 0, 0.0
    for count, utterance in enumerate(visit, start=1):
        assert utterance.span is not None
        words += len(utterance.text.split())
        if words >= cadence.words or utterance.span.end - since >= cadence.seconds:
            yield count
            words, since = 0, utterance.span.end


def model() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The script of a server: request -> answer."""
    known = dict(_charted())

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        prompt = request["messages"][-1]["content"]
        talk, _, question = prompt.partition("END OF TRANSCRIPT")
        lines = re.findall(r"^\[(u\d+)\] \w+: (.*)$", talk, re.MULTILINE)
        if "Write the whole note" in question:
            return {"statements": [_statement(*line, known) for line in lines if line[1] in known]}
        return {"operations": list(_operations(lines, question, known))}

    return answer


def _operations(
    lines: list[tuple[str, str]], question: str, known: dict[str, tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    wanted = re.search(r"New lines: \[u(\d+)\](?: to \[u(\d+)\])?", question)
    assert wanted is not None
    first, last = int(wanted[1]), int(wanted[2] or wanted[1])
    statements = re.findall(r"^(m\d+) (.*)$", question, re.MULTILINE)
    for id_, said in lines:
        if not first <= int(id_[1:]) <= last:
            continue
        if said in known:
            yield _statement(id_, said, known)
        elif said == _REWORDED and statements:
            old, text = statements[-1]
            yield {
                "id": old,
                "text": f"{text} Since Friday.",
                "quotes": [f"{id_}: only since Friday"],
            }
        elif said == _TAKEN_BACK and statements:
            yield {"op": "retract", "id": statements[-1][0], "reason": "Said of a relative."}


def _statement(id_: str, said: str, known: dict[str, tuple[str, str]]) -> dict[str, Any]:
    section, text = known[said]
    words = " ".join(said.split()[3:8]).rstrip(",")
    return {"section": section, "text": text, "quotes": [f"{id_}: {words}"]}


def _lines() -> Iterator[tuple[Role, str]]:
    chance = random.Random(5)
    for number in range(UTTERANCES):
        role = Role.CLINICIAN if number % 2 == 0 else Role.PATIENT
        if number % 101 == 60:
            yield Role.PATIENT, _TAKEN_BACK
        elif number % 67 == 40:
            yield Role.PATIENT, _REWORDED
        elif number % _EVERY == 4:
            (_, who), said, _, about = _fact(number)
            yield who, said.format(about)
        else:
            yield role, chance.choice(_CHAT)


def _charted() -> Iterator[tuple[str, tuple[str, str]]]:
    """What is said -> section and statement."""
    for number in range(4, UTTERANCES, _EVERY):
        (section, _), said, text, about = _fact(number)
        yield said.format(about), (section, text.format(about))


def _fact(number: int) -> tuple[tuple[str, Role], str, str, str]:
    """The kind of fact that utterance `number` holds, and what it is about."""
    count = number // _EVERY
    place, said, text, subjects = _KINDS[count % len(_KINDS)]
    return place, said, text, subjects.split("|")[count // len(_KINDS)]
