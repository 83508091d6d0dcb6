"""What somebody said about being fit for work -> statements that quote it word for word.

A certificate must hold every such remark, one that the composed note left out too: "You can go to
work." is no finding and no plan, yet it is what a certificate says.
"""

from collections.abc import Collection, Sequence

from medscribe.domain.note import Author, Evidence, Statement
from medscribe.domain.transcript import Role
from medscribe.note.passages import Passage
from medscribe.note.rules import load_pattern


def work_remarks(
    passages: Sequence[Passage], role: Role, told: Collection[Evidence]
) -> list[Statement]:
    """Sentences of that role about being off work, light duty or going back, in the order of the
    talk; no questions, and none that overlaps what is `told` already."""
    pattern = load_pattern("statement_parts", "work")
    return [
        Statement(
            id=f"remark{number}",
            text=f'Said: "{passage.evidence.quote.strip()}"',
            evidence=(passage.evidence,),
            author=Author.COMPOSER,
        )
        for number, passage in enumerate(passages)
        if passage.role is role
        and not passage.is_question
        and pattern.search(passage.said)
        and not any(_overlap(passage, evidence) for evidence in told)
    ]


def _overlap(passage: Passage, evidence: Evidence) -> bool:
    if evidence.utterance_id != passage.utterance.id or evidence.span is None:
        return False
    return evidence.span.start < passage.end and passage.start < evidence.span.end
