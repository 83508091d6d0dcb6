"""Stretches to mask -> placeholders, and the vault of what they stand for.

The same identifier has the same placeholder throughout a visit; another spelling of it gets a
suffix, so that the vault gives back exactly what was said.
"""

from collections.abc import Sequence

from medscribe.domain.privacy import MaskedUtterance, PiiKind, Replacement, VaultEntry
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.privacy.overlaps import CERTAIN_SCORE, Found, key_of


def vault_of(texts: Sequence[str], found: Sequence[Sequence[Found]]) -> dict[str, VaultEntry]:
    """What was said -> its entry, numbered in the order of the visit, each kind from 1."""
    said = [
        (text[span.start : span.end], span)
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    ]
    best: dict[str, Found] = {}
    for original, span in said:
        held = best.setdefault(key_of(original), span)
        if span.score > held.score:
            best[key_of(original)] = span
    numbers = _numbers(best)
    spellings: dict[str, list[str]] = {}
    vault: dict[str, VaultEntry] = {}
    for original, _ in said:
        if original in vault:
            continue
        key = key_of(original)
        variants = spellings.setdefault(key, [])
        variants.append(original)
        placeholder = _placeholder(best[key], numbers[key], len(variants))
        vault[original] = VaultEntry(
            placeholder=placeholder, kind=best[key].kind, original=original
        )
    return vault


def _numbers(best: dict[str, Found]) -> dict[str, int]:
    counted: dict[PiiKind, int] = {}
    numbers = {}
    for key, span in best.items():
        counted[span.kind] = counted.get(span.kind, 0) + 1
        numbers[key] = counted[span.kind]
    return numbers


def _placeholder(span: Found, number: int, variant: int) -> str:
    doubt = "" if span.score >= CERTAIN_SCORE else "UNCERTAIN:"
    spelling = "" if variant == 1 else f"_{variant}"
    return f"<{doubt}{span.kind.value}_{number}{spelling}>"


def masked_utterance(
    utterance: Utterance, spans: Sequence[Found], vault: dict[str, VaultEntry]
) -> MaskedUtterance:
    """`utterance` with each of its stretches replaced by the placeholder of what stands there."""
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
