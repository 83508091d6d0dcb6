"""Sentences of a visit -> vital signs and laboratory values that were said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from medscribe.domain.findings import (
    Assertion,
    Observation,
    ObservationComponent,
    ObservationKind,
    Temporality,
)
from medscribe.domain.medication import Coding, Experiencer, Quantity
from medscribe.domain.note import Evidence
from medscribe.domain.transcript import Role
from medscribe.note.findings.context.assertion import stated_at
from medscribe.note.findings.context.questions_asked import reply_to
from medscribe.note.findings.context.scopes import scopes_of
from medscribe.note.findings.measures import Measure, blood_pressure, named_measures, pain
from medscribe.note.findings.readings import (
    Reading,
    first_number,
    is_cut_short,
    pairs_in,
    readings_after,
    scores_in,
    word_after,
)
from medscribe.note.findings.rule_tables import pattern
from medscribe.note.prescribing.sentences import Sentence

LOINC = "http://loinc.org"
_PRESSURE_SPOKEN_OF = re.compile(r"\b(?:blood pressure|bp|pressures?|vitals?|vital signs)\b", re.I)
_PAIN_SPOKEN_OF = re.compile(
    r"\b(?:pain|hurt\w*|ache|headache|scale|bad|severe|rate)\b", re.IGNORECASE
)
_ASKS_PAIN = re.compile(
    r"\bscale\b|\b[10] to 10\b|\b1/10\b|\brate (?:your|the|that) pain\b|out of 10", re.IGNORECASE
)
_ASKS_VALUE = re.compile(r"\b(?:what|how (?:much|high|tall|low)|do you (?:know|remember))\b", re.I)
_LONGEST_REPLY_WORDS = 10


@dataclass(frozen=True)
class _Said:
    """One reading at one place of the talk."""

    measure: Measure
    reading: Reading
    assertion: Assertion
    evidence: tuple[Evidence, ...]


def observations_of(sentences: Sequence[Sentence]) -> list[Observation]:
    """All measurements said, ids "o1", "o2" ..., each once.

    "your A1c was 7.5 last time, now 6.9" are two, the first past. Goals ("we want it under 130"),
    questions and what is only feared are none. An implausible reading is kept as text.
    """
    found: list[_Said] = []
    for at, sentence in enumerate(sentences):
        if sentence.is_question and sentence.by_clinician:
            found += _answered(sentences, at)
        if not sentence.is_question or not sentence.by_clinician:
            found += _stated(sentences, at)
    return _merged(found)


def _stated(sentences: Sequence[Sentence], at: int) -> Iterator[_Said]:
    sentence = sentences[at]
    near = " ".join(other.text for other in sentences[max(0, at - 2) : at + 1])
    readings = list(_readings(sentence.text, near, sentence.by_clinician))
    follower = sentences[at + 1] if at + 1 < len(sentences) else sentence
    following = follower.text if follower.utterance is sentence.utterance else ""
    scopes = scopes_of(sentence.text) if readings else ()
    for measure, reading in readings:
        assertion = stated_at(sentence.text, scopes, reading.start, reading.end).assertion
        if assertion.negated or assertion.certainty.value == "hypothetical":
            continue
        when = Temporality.PAST if reading.past else Temporality.CURRENT
        plain = Assertion(temporality=when, experiencer=assertion.experiencer)
        if follower is not sentence and is_cut_short(sentence.text, reading, following):
            said = f"{sentence.text[reading.start : reading.end]} . {following.split()[0]}"
            cut = replace(reading, value=None, text=said, unit="")
            yield _Said(measure, cut, plain, (sentence.evidence(), follower.evidence()))
        else:
            yield _Said(measure, reading, plain, (sentence.evidence(),))


def _readings(text: str, near: str, by_clinician: bool) -> Iterator[tuple[Measure, Reading]]:
    spans = named_measures(text)
    for number, (measure, _, end) in enumerate(spans):
        stop = spans[number + 1][1] if number + 1 < len(spans) else len(text)
        if measure is blood_pressure():
            continue
        readings = list(readings_after(text, end, stop, measure))
        yield from ((measure, reading) for reading in readings)
        word = None if readings else word_after(text, end, stop)
        if word and by_clinician:
            yield measure, word
    if _PRESSURE_SPOKEN_OF.search(near):
        pairs = list(pairs_in(text))
        yield from ((blood_pressure(), reading) for reading in pairs)
        named = [end for measure, _, end in spans if measure is blood_pressure()]
        word = (
            word_after(text, named[0], len(text)) if named and not pairs and by_clinician else None
        )
        if word:
            yield blood_pressure(), word
    if _PAIN_SPOKEN_OF.search(near):
        yield from ((pain(), reading) for reading in scores_in(text))


def _answered(sentences: Sequence[Sentence], at: int) -> list[_Said]:
    """ "what was your sugar this morning?" - "180"; "on a scale of 1 to 10?" - "a seven"."""
    question = sentences[at]
    replies = reply_to(sentences, at, asks=[False] * len(sentences))
    if not replies or len(replies[0].text.split()) > _LONGEST_REPLY_WORDS:
        return []
    measures = [measure for measure, _, _ in named_measures(question.text)]
    if _ASKS_PAIN.search(question.text):
        measures = [pain()]
    elif len(measures) != 1 or not _ASKS_VALUE.search(question.text):
        return []
    if measures[0] is blood_pressure():
        return []
    reading = first_number(replies[0].text, measures[0])
    if reading is None or pattern("observations", "aims").search(replies[0].text):
        return []
    companion = replies[0].utterance.role is Role.COMPANION and measures[0] is pain()
    who = (
        Experiencer.OTHER
        if companion and re.match(r"\bi\b", replies[0].text)
        else Experiencer.PATIENT
    )
    evidence = (question.evidence(), replies[0].evidence())
    return [_Said(measures[0], reading, Assertion(experiencer=who), evidence)]


def _merged(found: Sequence[_Said]) -> list[Observation]:
    same: dict[tuple[object, ...], list[_Said]] = {}
    for said in found:
        reading = said.reading
        value = (reading.value, reading.second, reading.unit, reading.text)
        key = (said.measure.name, value, said.assertion.temporality, said.assertion.experiencer)
        same.setdefault(key, []).append(said)
    numbers = {(s.measure.name, s.assertion) for s in found if s.reading.value is not None}
    # "it is high, 150/90": the number says more than the word.
    kept = [
        group
        for group in same.values()
        if group[0].reading.value is not None
        or not group[0].reading.is_word
        or (group[0].measure.name, group[0].assertion) not in numbers
    ]
    return [_observation(f"o{number}", group) for number, group in enumerate(kept, start=1)]


def _observation(observation_id: str, group: Sequence[_Said]) -> Observation:
    said = group[0]
    measure, reading = said.measure, said.reading
    evidence = tuple(dict.fromkeys(quote for other in group for quote in other.evidence))
    pair = reading.value is not None and reading.second is not None
    plain = reading.value is not None and not pair
    return Observation(
        id=observation_id,
        kind=ObservationKind(measure.kind),
        name=measure.name,
        codings=measure.codings,
        value=Quantity(value=reading.value, unit=reading.unit)
        if plain and reading.value is not None
        else None,
        components=_components(reading) if pair else (),
        text=reading.text,
        assertion=said.assertion,
        evidence=evidence,
    )


def _components(reading: Reading) -> tuple[ObservationComponent, ...]:
    numbers = (reading.value, reading.second)
    named = (
        ("systolic blood pressure", "8480-6", "Systolic blood pressure"),
        ("diastolic blood pressure", "8462-4", "Diastolic blood pressure"),
    )
    return tuple(
        ObservationComponent(
            name=name,
            codings=(Coding(system=LOINC, code=code, display=display),),
            value=Quantity(value=number, unit="mm[Hg]"),
        )
        for (name, code, display), number in zip(named, numbers, strict=True)
        if number is not None
    )
