"""A dialogue -> the same dialogue with made-up identifiers at known places."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.evaluation.deidentification.injection.carriers import carriers, negatives
from medscribe.evaluation.deidentification.injection.identifier import KINDS
from medscribe.evaluation.deidentification.injection.rendering import SPOKEN_STYLES, Style, rendered
from medscribe.evaluation.deidentification.injection.spoken_identifiers import spoken
from medscribe.evaluation.deidentification.injection.written_identifiers import written
from medscribe.evaluation.deidentification.tagged_texts import Gold, TaggedVisit

NEGATIVES_A_VISIT = 6


class _Turn(NamedTuple):
    """A turn to inject; `label` None: it identifies nobody."""

    role: Role
    text: str
    label: str | None
    spans: tuple[TextSpan, ...] = ()


def inject(utterances: Sequence[Utterance], form: str, chance: Random) -> TaggedVisit:
    """The visit with one identifier of every label, and with sentences that identify nobody.

    `form` is "written" or "spoken". Every identifier stands in a carrier of its own, between two
    turns of the dialogue. Only injected turns are judged: what else the dialogue gives away is
    not tagged.
    """
    blocks = [*_identifying(form, chance), *_harmless(form, chance)]
    chance.shuffle(blocks)
    places: dict[int, list[_Turn]] = {}
    for block in blocks:
        # Whole blocks go between turns, so that answers stay behind their questions.
        places.setdefault(chance.randrange(len(utterances) + 1), []).extend(block)
    said: list[Utterance | _Turn] = []
    for place in range(len(utterances) + 1):
        said += [*places.get(place, ()), *utterances[place : place + 1]]
    return _tagged(said, form, _labels(utterances))


def _identifying(form: str, chance: Random) -> Iterator[list[_Turn]]:
    make = spoken if form == "spoken" else written
    for label in KINDS:
        identifier, style = make(label, chance), _style(form, chance)
        turns = []
        for role, template in chance.choice(carriers(form, label)):
            text, spans = rendered(template, identifier, style)
            turns.append(_Turn(role, text, label, spans))
        yield turns


def _harmless(form: str, chance: Random) -> Iterator[list[_Turn]]:
    for sentence in chance.sample(negatives(form), NEGATIVES_A_VISIT):
        # Without a slot nothing is filled in; the identifier is any.
        text, _ = rendered(sentence, spoken("age_over_89", chance), _style(form, chance))
        yield [_Turn(chance.choice((Role.CLINICIAN, Role.PATIENT)), text, None)]


def _style(form: str, chance: Random) -> Style:
    return chance.choice(SPOKEN_STYLES) if form == "spoken" else Style.VERBATIM


def _labels(utterances: Sequence[Utterance]) -> dict[Role, str]:
    """What the dialogue calls its clinician and its patient."""
    labels = {Role.CLINICIAN: "doctor", Role.PATIENT: "patient"}
    for utterance in reversed(utterances):
        if utterance.role in labels:
            labels[utterance.role] = utterance.speaker
    return labels


def _tagged(said: Sequence[Utterance | _Turn], form: str, labels: dict[Role, str]) -> TaggedVisit:
    utterances = []
    gold = []
    judged, harmless = set(), set()
    for number, turn in enumerate(said):
        if isinstance(turn, Utterance):
            utterances.append(turn.model_copy(update={"id": f"u{number + 1}"}))
            continue
        utterances.append(
            Utterance(
                id=f"u{number + 1}", speaker=labels[turn.role], role=turn.role, text=turn.text
            )
        )
        judged.add(number)
        if turn.label is None:
            harmless.add(number)
            continue
        gold += [Gold(number, span, turn.label, KINDS[turn.label], form) for span in turn.spans]
    return TaggedVisit(tuple(utterances), tuple(gold), frozenset(judged), frozenset(harmless))
