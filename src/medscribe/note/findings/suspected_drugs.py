"""Sentences of a visit -> words that may be misheard medicines, for "did you mean"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from medscribe.clinical.drug_tables import drug_names
from medscribe.domain.findings import SuspectedDrug
from medscribe.domain.note import Evidence
from medscribe.domain.spans import TextSpan
from medscribe.note.findings.rule_tables import read_table
from medscribe.note.findings.sounds import sound_of
from medscribe.note.findings.terms import terms_in
from medscribe.note.prescribing.sentences import Sentence

BESIDE_A_DOSE = 0.80
"""Similarity (0..1) from which a name is offered for what stands before a dose."""
BESIDE_A_VERB = 0.86
"""The same where only a verb of taking or prescribing stands before it. Both measured on the
recognised visits of ACI-Bench: see `tables/findings_tables.card.md`."""

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_DOSE_AFTER = re.compile(
    r"\A,? (?:at |of |about |the )?\d+(?:\.\d+)?(?: |-)?(?:mg|mcg|milligrams?|micrograms?|units?"
    r"|meq|g)\b",
    re.IGNORECASE,
)
_FORM_AFTER = re.compile(r" (?:tablets?|pills?|capsules?|inhalers?|injections?|cream)\b", re.I)
_VERB_BEFORE = re.compile(
    r"\b(?:tak(?:e|es|en|ing)|took|prescrib(?:e|ed|ing)|start(?:ed|ing)?|refill|restart|continue"
    r"|increase|decrease"
    r"|stop(?:ped)?|discontinue|called|named|such as|using|recommend(?:ed)?|antihistamines? like"
    r"|medications? like|dose of|mg of|milligrams of|switch(?:ed)? (?:you )?to|(?:put"
    r"|place[d]?) (?:you|me|him|her) on|(?:i am|you are|she is|he is) on)"
    r"(?: (?:you|him|her|me|on|with|your|my|the|some|a|taking|back|also|daily|oral|of))* \Z",
    re.IGNORECASE,
)
_DOSES = re.compile(r"\d ?-?(?:m|mi|u|g)", re.IGNORECASE)
_VERBS = re.compile(
    r"\b(?:tak|took|prescrib|start|refill|restart|increas|decreas|stop|discont|dose|of|switch|on"
    r"|call|named"
    r"|such|using|recommend|like)",
    re.I,
)
_MOST_WORDS = 3
_SHORTEST = 5
_OFFERED = 2


class _Candidate(NamedTuple):
    start: int
    end: int
    needed: float


class _Offer(NamedTuple):
    """Medicines that may be meant, and the similarity (0..1) of the likest."""

    score: float
    names: tuple[str, ...]


def suspected_drugs_in(sentences: Sequence[Sentence]) -> list[SuspectedDrug]:
    """Words beside a dose or an order that sound like a common medicine and are none.

    "metro prolol 50 milligrams" -> did you mean metoprolol? The words stay as they were heard:
    nothing is put in their place. Only common medicines are offered, at most two.
    """
    found: dict[str, tuple[tuple[str, ...], list[Evidence]]] = {}
    for sentence in sentences:
        for heard, meant, span in _in_sentence(sentence):
            quote = sentence.utterance.text[span.start : span.end]
            evidence = Evidence(utterance_id=sentence.utterance.id, quote=quote, span=span)
            found.setdefault(heard, (meant, []))[1].append(evidence)
    return [
        SuspectedDrug(heard=heard, meant=meant, evidence=tuple(evidence))
        for heard, (meant, evidence) in found.items()
    ]


def _in_sentence(sentence: Sentence) -> Iterator[tuple[str, tuple[str, ...], TextSpan]]:
    text = sentence.text
    if not (_DOSES.search(text) or _FORM_AFTER.search(text) or _VERBS.search(text)):
        return
    taken = [mention.span for mention in sentence.drugs]
    offers = sorted(
        (
            (offer, candidate)
            for candidate in _candidates(text)
            if (offer := _offer(text, candidate))
        ),
        key=lambda found: (-found[0].score, found[1].start),
    )
    for offer, candidate in offers:
        span = TextSpan(start=candidate.start, end=candidate.end)
        if any(span.overlaps(other) for other in taken) or _names_a_problem(text, span):
            continue
        taken.append(span)
        original = sentence.written.original_span(span.start, span.end)
        yield text[span.start : span.end].lower(), offer.names, original


def _names_a_problem(text: str, span: TextSpan) -> bool:
    return any(term.start < span.end and span.start < term.end for term in terms_in(text))


def _candidates(text: str) -> Iterator[_Candidate]:
    """Runs of one to three words in a place where a medicine stands; long runs first."""
    tokens = list(_WORD.finditer(text))
    for at, token in enumerate(tokens):
        for count in range(min(_MOST_WORDS, len(tokens) - at), 0, -1):
            last = tokens[at + count - 1]
            if len(text[token.start() : last.end()].split()) != count:
                continue
            if any(word.group().lower() in _stop_words() for word in tokens[at : at + count]):
                continue
            needed = _needed(text, token.start(), last.end())
            if needed is not None and last.end() - token.start() >= _SHORTEST:
                yield _Candidate(token.start(), last.end(), needed)


def _needed(text: str, start: int, end: int) -> float | None:
    if _DOSE_AFTER.match(text[end:]):
        return BESIDE_A_DOSE
    if _FORM_AFTER.match(text, end) or _VERB_BEFORE.search(text[max(0, start - 50) : start]):
        return BESIDE_A_VERB
    return None


def _offer(text: str, candidate: _Candidate) -> _Offer | None:
    heard = text[candidate.start : candidate.end].lower()
    plain = re.sub(r"[^a-z]", "", heard)
    if (heard,) in drug_names() or len(plain) < _SHORTEST:
        return None
    sound = sound_of(plain)
    scored = sorted(
        (-_similarity(plain, sound, name, known), name) for name, known in _common().items()
    )[:_OFFERED]
    names = tuple(name for score, name in scored if -score >= candidate.needed)
    return _Offer(-scored[0][0], names) if names else None


def _similarity(heard: str, sound: str, name: str, known: str) -> float:
    """The mean of how alike the spellings and the sounds are."""
    if abs(len(heard) - len(name)) > max(3, len(name) // 2):
        return 0.0
    spelled = JaroWinkler.similarity(heard, name)
    if spelled < _HOPELESS:
        return 0.0
    return (spelled + JaroWinkler.similarity(sound, known)) / 2


_HOPELESS = 0.6


@cache
def _common() -> Mapping[str, str]:
    """Common names and how they sound."""
    return {name: sound_of(name) for name in str(read_table("common_drugs")["names"]).split()}


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(str(read_table("common_drugs")["never"]).split())
