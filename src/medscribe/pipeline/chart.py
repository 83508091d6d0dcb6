"""Results with placeholders -> results with real names for the chart, or with surrogates.

The only place where a vault is opened for somebody to read.
"""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from medscribe.domain.note import Evidence, Note
from medscribe.domain.privacy import MaskedUtterance, PiiKind, VaultEntry
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TextSpan
from medscribe.privacy.mask import reveal
from medscribe.privacy.surrogates.date_shift import shift_days
from medscribe.privacy.surrogates.substitute import Surrogates

Rewrite = Callable[[str], str]
"""A text with placeholders -> the text to show."""

# Of "mary", "o'neil" and "smith-jones", not of the "s" in "mary's".
_FIRST_LETTER = re.compile(r"(?<![^\W\d_])(?<!\w['’])[a-z]|(?<=\bo['’])[a-z]")
_SHOWN = ("note", "prescription", "findings", "alerts", "analysis")


def chart_view(results: EncounterResults) -> EncounterResults:
    """Note, prescription, findings, alerts and analysis with what was masked put back.

    For those who may see the chart. Evidence quotes are put back too, and their spans count
    characters of what was really said.
    """
    vault = results.vault or ()
    shown = _rewritten(results, lambda text: reveal(text, vault))
    if shown.note is None or results.note is None:
        return shown
    written = [entry.model_copy(update={"original": _as_written(entry)}) for entry in vault]
    return shown.model_copy(update={"note": _worded(shown.note, results.note, written)})


def _as_written(entry: VaultEntry) -> str:
    """A name as a note writes it, also where a recogniser gave small letters: "mary o'neil" ->
    "Mary O'Neil"; the talk and its quotes stay as they were said."""
    named = entry.kind in (PiiKind.NAME, PiiKind.LOCATION) and entry.original.islower()
    return (
        _FIRST_LETTER.sub(lambda match: match.group().upper(), entry.original)
        if named
        else (entry.original)
    )


def _worded(shown: Note, masked: Note, vault: Sequence[VaultEntry]) -> Note:
    """`shown`, the texts of its statements with the names of `vault`."""
    sections = tuple(
        section.model_copy(
            update={
                "statements": tuple(
                    statement.model_copy(update={"text": reveal(told.text, vault)})
                    for statement, told in zip(section.statements, before.statements, strict=True)
                )
            }
        )
        for section, before in zip(shown.sections, masked.sections, strict=True)
    )
    return shown.model_copy(update={"sections": sections})


def surrogate_view(results: EncounterResults, key: bytes, patient: str) -> EncounterResults:
    """The same with realistic surrogates in place of all that was masked, and dates shifted.

    `utterances`, `vault`, `corrections` and `pii_decisions` are left out: what was really said goes
    nowhere; `masked` holds the surrogates. The day of the visit is shifted like every date that was
    said: with the true day beside them, all others could be told. `key` and `patient` see
    `Surrogates`.
    """
    rewrite = Surrogates(key, patient, results.vault or ()).text
    told = _rewritten(results, rewrite)
    said = tuple(_with_text(utterance, rewrite) for utterance in results.masked or ())
    if told.prescription is not None:
        moved = told.prescription.created_at + timedelta(days=shift_days(key, patient))
        shifted = told.prescription.model_copy(update={"created_at": moved})
        told = told.model_copy(update={"prescription": shifted})
    real = ("utterances", "vault", "corrections", "pii_decisions", "transcription")
    return told.model_copy(update={**dict.fromkeys(real), "masked": said})


def _rewritten(results: EncounterResults, rewrite: Rewrite) -> EncounterResults:
    masked = {utterance.id: utterance for utterance in results.masked or ()}
    spans = partial(_with_shown_span, masked=masked, rewrite=rewrite)
    shown = {name: getattr(results, name) for name in _SHOWN if getattr(results, name) is not None}
    return results.model_copy(
        update={name: spans(_with_shown_text(value, rewrite)) for name, value in shown.items()}
    )


def _with_text(utterance: MaskedUtterance, rewrite: Rewrite) -> MaskedUtterance:
    return utterance.model_copy(update={"text": rewrite(utterance.text), "replacements": ()})


def _with_shown_text(value: Any, rewrite: Rewrite) -> Any:
    """`value` with every string in it rewritten; records and tuples are walked."""
    if isinstance(value, str) and type(value) is str:
        return rewrite(value)
    return _mapped(value, partial(_with_shown_text, rewrite=rewrite))


def _with_shown_span(value: Any, masked: dict[str, MaskedUtterance], rewrite: Rewrite) -> Any:
    if isinstance(value, Evidence):
        return _shown_span(value, masked, rewrite)
    return _mapped(value, partial(_with_shown_span, masked=masked, rewrite=rewrite))


def _shown_span(
    evidence: Evidence, masked: dict[str, MaskedUtterance], rewrite: Rewrite
) -> Evidence:
    utterance = masked.get(evidence.utterance_id)
    if evidence.span is None or utterance is None:
        return evidence
    start = len(rewrite(utterance.text[: evidence.span.start]))
    span = TextSpan(start=start, end=start + len(evidence.quote))
    return evidence.model_copy(update={"span": span})


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(change(item) for item in value)
    if hasattr(value, "model_copy"):
        fields = {name: change(getattr(value, name)) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value
