"""A dialogue whose names are known -> the same dialogue about people of other names."""

from random import Random

from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.evaluation.deidentification.injection.name_lists import family_names, given_names
from medscribe.evaluation.deidentification.named_visits import (
    Mention,
    NamedVisit,
    mentions,
    name_gold,
)
from medscribe.evaluation.deidentification.tagged_texts import Gold, TaggedVisit


def renamed(visit: NamedVisit, chance: Random) -> TaggedVisit:
    """Every mention of a name replaced, the same name by the same other one, in its own case.

    First names become given names of `names.toml`, all others family names.
    """
    words = sorted(visit.names)
    others = {
        word: chance.choice(given_names() if word in visit.first else family_names())
        for word in words
    }
    by_utterance: dict[int, list[Mention]] = {}
    for mention in mentions(visit):
        by_utterance.setdefault(mention.utterance, []).append(mention)
    utterances: list[Utterance] = []
    gold: list[Gold] = []
    for number, utterance in enumerate(visit.utterances):
        text, spans = _replaced(utterance.text, by_utterance.get(number, []), others)
        utterances.append(utterance.model_copy(update={"text": text}))
        gold += [name_gold(number, span) for span in spans]
    return TaggedVisit(tuple(utterances), tuple(gold), frozenset())


def _replaced(
    text: str, found: list[Mention], others: dict[str, str]
) -> tuple[str, list[TextSpan]]:
    pieces, spans = [], []
    read = written = 0
    for mention in found:
        other = others[mention.word]
        if text[mention.span.start].islower():
            other = other.lower()
        before = text[read : mention.span.start]
        start = written + len(before)
        written, read = start + len(other), mention.span.end
        spans.append(TextSpan(start=start, end=written))
        pieces += [before, other]
    return "".join([*pieces, text[read:]]), spans
