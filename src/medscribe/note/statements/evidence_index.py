"""A note -> which statements rest on which utterance; a corrected talk -> their quotes anew."""

from collections.abc import Collection, Sequence

from medscribe.domain.note import Author, Evidence, Note, Statement, StatementStatus
from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.statements.evidence import QuoteLookup, located


class EvidenceIndex:
    """Statement ids by utterance, of one note."""

    def __init__(self, note: Note) -> None:
        self._found: dict[str, list[str]] = {}
        for statement in note.statements:
            for utterance_id in dict.fromkeys(each.utterance_id for each in statement.evidence):
                self._found.setdefault(utterance_id, []).append(statement.id)

    def resting_on(self, utterance_id: str) -> tuple[str, ...]:
        """Ids of the statements that quote this utterance, in the order of the note."""
        return tuple(self._found.get(utterance_id, ()))

    def resting_on_any(self, utterance_ids: Collection[str]) -> frozenset[str]:
        """Ids of the statements that quote one of these utterances."""
        return frozenset(id_ for each in utterance_ids for id_ in self._found.get(each, ()))


def recheck(
    note: Note, utterances: Sequence[MaskedUtterance], changed_ids: Collection[str]
) -> Note:
    """The note with the quotes of statements on changed utterances looked up anew.

    `changed_ids` are utterances whose text changed, that are gone, or that have another id. A quote
    that stands elsewhere by now is found there. A statement without any quote left is
    `unsupported`, one whose quote is back is `supported` again. What the clinician wrote, and
    statements on other utterances, stay as they are. The revision is one higher where a statement
    changed.
    """
    touched = EvidenceIndex(note).resting_on_any(changed_ids)
    lookup = QuoteLookup(utterances)
    changed = set(changed_ids)
    sections = tuple(
        section.model_copy(
            update={
                "statements": tuple(
                    _rechecked(statement, lookup, changed) if statement.id in touched else statement
                    for statement in section.statements
                )
            }
        )
        for section in note.sections
    )
    if sections == note.sections:
        return note
    return note.model_copy(update={"sections": sections, "revision": note.revision + 1})


def status_of(evidence: Sequence[Evidence]) -> StatementStatus:
    """Supported by one quote that was found, at least."""
    found = any(each.span is not None for each in evidence)
    return StatementStatus.SUPPORTED if found else StatementStatus.UNSUPPORTED


def _rechecked(statement: Statement, lookup: QuoteLookup, changed: set[str]) -> Statement:
    if statement.author is Author.CLINICIAN:
        return statement
    evidence = tuple(
        located(each, lookup) if each.utterance_id in changed else each
        for each in statement.evidence
    )
    return statement.model_copy(update={"evidence": evidence, "status": status_of(evidence)})
