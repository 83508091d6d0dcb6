"""Utterances -> masked utterances and the vault of what was masked; and back, for the chart."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from medscribe.domain.privacy import (
    PLACEHOLDER,
    MaskedUtterance,
    PiiKind,
    Replacement,
    VaultEntry,
)
from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.errors import PrivacyError
from medscribe.privacy.detector import PiiDetector

CERTAIN_SCORE = 0.8
"""From here on a span is certain; lower ones are masked as `<UNCERTAIN:...>`."""

LOWEST_SCORE = 0.35
"""Below this a span is left as it is: more of them are wrong than right."""


class MaskedVisit(Record):
    """A visit without identifiers, and apart from it what the placeholders stand for."""

    utterances: tuple[MaskedUtterance, ...]
    vault: tuple[VaultEntry, ...]


class _Found(NamedTuple):
    """Characters [start, end) of one utterance that must not be seen."""

    start: int
    end: int
    kind: PiiKind
    score: float


def mask(utterances: Sequence[Utterance], detectors: Sequence[PiiDetector]) -> MaskedVisit:
    """All identifiers that any detector finds, replaced by placeholders; fails closed.

    Overlapping finds become one: the widest stretch with the highest score. What was found with
    certainty (score >= 0.8) once is masked wherever it stands as a whole word in the visit, in
    upper or lower case. The same words get the same placeholder throughout. Word times are not
    carried over, as words are identifiers too; speaker labels must be anonymous already.

    Raises `PrivacyError` when there is no detector, or one fails or answers nonsense.
    """
    if not detectors:
        raise PrivacyError("Nothing can be masked without a detector: name one in the settings.")
    texts = [utterance.text for utterance in utterances]
    found = [_placeholders_said(text) for text in texts]
    for detector in detectors:
        for spans, more in zip(found, _detected(detector, utterances), strict=True):
            spans.extend(more)
    merged = [_merged(text, spans) for text, spans in zip(texts, found, strict=True)]
    merged = _found_everywhere(texts, merged)
    vault = _vault(texts, merged)
    masked = tuple(
        _masked(utterance, spans, vault)
        for utterance, spans in zip(utterances, merged, strict=True)
    )
    return MaskedVisit(utterances=masked, vault=tuple(vault.values()))


def reveal(text: str, vault: Sequence[VaultEntry]) -> str:
    """`text` with every placeholder of the vault replaced by what was said; others stay.

    For those who may see the chart: `reveal(masked.text, visit.vault)` is what was said.
    """
    originals = {entry.placeholder: entry.original for entry in vault}
    return PLACEHOLDER.sub(lambda match: originals.get(match.group(), match.group()), text)


def _placeholders_said(text: str) -> list[_Found]:
    """What looks like a placeholder already: masked too, so that it is never revealed wrongly."""
    return [_Found(*match.span(), PiiKind.OTHER_ID, 1.0) for match in PLACEHOLDER.finditer(text)]


def _detected(detector: PiiDetector, utterances: Sequence[Utterance]) -> list[list[_Found]]:
    try:
        answer = [
            [_Found(pii.span.start, pii.span.end, pii.kind, pii.score) for pii in spans]
            for spans in detector.detect(utterances)
        ]
    except Exception:  # noqa: BLE001 - whatever went wrong, its message may quote the patient
        answer = None
    # Raised outside the handler: the error must not even carry the inner one as its context.
    if answer is None:
        raise PrivacyError(
            f"Detector {detector.name} failed, so nothing was masked and the visit goes no "
            "further: choose another detector in the settings."
        )
    sound = len(answer) == len(utterances) and all(
        found.end <= len(utterance.text)
        for utterance, spans in zip(utterances, answer, strict=False)
        for found in spans
    )
    if not sound:
        raise PrivacyError(
            f"Detector {detector.name} answered for another text, so nothing was masked: choose "
            "another detector in the settings."
        )
    return answer


def _merged(text: str, spans: Iterable[_Found]) -> list[_Found]:
    """Whole words, no overlaps, in order; of overlapping ones the widest with the highest score."""
    merged: list[_Found] = []
    wide = (_whole_words(text, found) for found in spans if found.score >= LOWEST_SCORE)
    for found in sorted(found for found in wide if found.start < found.end):
        last = merged[-1] if merged else None
        if last is None or found.start >= last.end:
            merged.append(found)
            continue
        # "12 Mary Street": the widest find tells best what the whole is.
        widest = max(last, found, key=lambda one: (one.end - one.start, one.score))
        end, score = max(last.end, found.end), max(last.score, found.score)
        merged[-1] = _Found(last.start, end, widest.kind, score)
    return merged


def _whole_words(text: str, found: _Found) -> _Found:
    """`found` widened so that no part of a word is left beside a placeholder."""
    start, end = found.start, found.end
    while 0 < start < end and _is_word(text[start - 1]) and _is_word(text[start]):
        start -= 1
    while start < end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]):
        end += 1
    return found._replace(start=start, end=end)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _found_everywhere(texts: Sequence[str], found: list[list[_Found]]) -> list[list[_Found]]:
    """Certain finds carried to every place of the visit where the same words stand.

    Merging can make a longer certain find, which is looked for in turn, until nothing is new.
    """
    known: dict[str, _Found] = {}
    while True:
        certain = {
            _key(text[span.start : span.end]): span
            for text, spans in zip(texts, found, strict=True)
            for span in spans
            if span.score >= CERTAIN_SCORE
        }
        new = {key: span for key, span in certain.items() if key not in known}
        if not new:
            return found
        known |= new
        pattern = _any_of(new)
        found = [
            _merged(text, [*spans, *_repeated(text, pattern, new)])
            for text, spans in zip(texts, found, strict=True)
        ]


def _any_of(originals: Iterable[str]) -> re.Pattern[str]:
    """Matches the originals as whole words; a phrase that begins with a sign begins anywhere."""
    longest_first = sorted(originals, key=lambda original: (-len(original), original))
    return re.compile("|".join(map(_as_whole_words, longest_first)), re.IGNORECASE)


def _as_whole_words(original: str) -> str:
    before = r"(?<!\w)" if _is_word(original[0]) else ""
    after = r"(?!\w)" if _is_word(original[-1]) else ""
    return before + re.escape(original) + after


def _repeated(text: str, pattern: re.Pattern[str], known: dict[str, _Found]) -> list[_Found]:
    repeated = []
    for match in pattern.finditer(text):
        # The pattern's idea of equal letters is wider than lower(): "ſ" matches "s".
        like = known.get(_key(match.group())) or next(iter(known.values()))
        repeated.append(_Found(*match.span(), like.kind, like.score))
    return repeated


def _key(original: str) -> str:
    return original.lower()


def _vault(texts: Sequence[str], found: Sequence[Sequence[_Found]]) -> dict[str, VaultEntry]:
    """What was said -> its entry, numbered in the order of the visit, each kind from 1."""
    said = [
        (text[span.start : span.end], span)
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    ]
    best: dict[str, _Found] = {}
    for original, span in said:
        held = best.setdefault(_key(original), span)
        if span.score > held.score:
            best[_key(original)] = span
    numbers = _numbers(best)
    spellings: dict[str, list[str]] = {}
    vault: dict[str, VaultEntry] = {}
    for original, _ in said:
        if original in vault:
            continue
        key = _key(original)
        variants = spellings.setdefault(key, [])
        variants.append(original)
        placeholder = _placeholder(best[key], numbers[key], len(variants))
        vault[original] = VaultEntry(
            placeholder=placeholder, kind=best[key].kind, original=original
        )
    return vault


def _numbers(best: dict[str, _Found]) -> dict[str, int]:
    counted: dict[PiiKind, int] = {}
    numbers = {}
    for key, span in best.items():
        counted[span.kind] = counted.get(span.kind, 0) + 1
        numbers[key] = counted[span.kind]
    return numbers


def _placeholder(span: _Found, number: int, variant: int) -> str:
    doubt = "" if span.score >= CERTAIN_SCORE else "UNCERTAIN:"
    spelling = "" if variant == 1 else f"_{variant}"
    return f"<{doubt}{span.kind.value}_{number}{spelling}>"


def _masked(
    utterance: Utterance, spans: Sequence[_Found], vault: dict[str, VaultEntry]
) -> MaskedUtterance:
    pieces: list[str] = []
    replacements: list[Replacement] = []
    read = written = 0
    for span in spans:
        entry = vault[utterance.text[span.start : span.end]]
        before = utterance.text[read : span.start]
        start = written + len(before)
        written = start + len(entry.placeholder)
        read = span.end
        pieces += [before, entry.placeholder]
        replacements.append(
            Replacement(
                span=TextSpan(start=start, end=written),
                placeholder=entry.placeholder,
                kind=entry.kind,
                certain=not entry.placeholder.startswith("<UNCERTAIN:"),
            )
        )
    return MaskedUtterance(
        id=utterance.id,
        speaker=utterance.speaker,
        role=utterance.role,
        relation=utterance.relation,
        text="".join([*pieces, utterance.text[read:]]),
        span=utterance.span,
        replacements=tuple(replacements),
    )
