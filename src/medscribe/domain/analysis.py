"""What a language model made of a visit: an optional extra, never part of the note."""

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record


class VisitAnalysis(Record):
    """Summary, topics and action items of a visit; placeholders as in the masked transcript."""

    summary: str
    topics: tuple[str, ...]
    action_items: tuple[str, ...]
    made_by: Provenance
