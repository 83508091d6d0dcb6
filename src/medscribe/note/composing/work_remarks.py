"""What somebody said about being fit for work -> statements that quote it word for word.

A certificate must hold every such remark, one that the composed note left out too: "You can go to
work." is no finding and no plan, yet it is what a certificate says. And it must hold the words as
they fell: who may not work, and until when, is nothing to reword.
"""

from collections.abc import Sequence

from medscribe.domain.note import Author, Statement
from medscribe.domain.transcript import Role
from medscribe.note.reading.passages import Passage
from medscribe.note.rules import load_pattern


def work_remarks(
    passages: Sequence[Passage], role: Role, composed: Sequence[Statement]
) -> list[Statement]:
    """Sentences of that role about being off work, light duty or going back, in the order of the
    talk; no questions.

    A remark belongs to the problem of the `composed` statement that rests on the same words.
    Composed statements that rest on no remark ("Light duty?" "Yes.") stand after them.
    """
    said = [passage for passage in passages if passage.role is role and passage.once(_is_remark)]
    remarks = [
        Statement(
            id=f"remark{number}",
            text=f'Said: "{passage.evidence.quote.strip()}"',
            evidence=(passage.evidence,),
            author=Author.COMPOSER,
            problem=next((each.problem for each in composed if _rests_on(each, passage)), None),
        )
        for number, passage in enumerate(said)
    ]
    others = [each for each in composed if not any(_rests_on(each, passage) for passage in said)]
    return remarks + others


def _is_remark(passage: Passage) -> bool:
    pattern = load_pattern("statement_parts", "work")
    return not passage.is_question and bool(pattern.search(passage.said))


def _rests_on(statement: Statement, passage: Passage) -> bool:
    return any(
        evidence.utterance_id == passage.utterance.id
        and evidence.span is not None
        and evidence.span.start < passage.end
        and passage.start < evidence.span.end
        for evidence in statement.evidence
    )
