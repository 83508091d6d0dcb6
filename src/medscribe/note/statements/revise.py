"""A note before and one written anew -> the new one under the ids, and around the words, of old."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from medscribe.domain.note import (
    Author,
    Evidence,
    Note,
    NoteOperation,
    Retract,
    Section,
    Statement,
    Upsert,
)
from medscribe.note.statements.critical import means_alike
from medscribe.note.statements.folding import fold
from medscribe.note.statements.likeness import same_matter, says_the_same
from medscribe.note.statements.statement_ids import highest_number, id_order, ids_in, prefix_of

SAME_STATEMENT = 0.8
"""Likeness 0..1 of two wordings from which on the new one takes over the id of the old one, if no
number, negation, drug or side differs."""

SAME_WORDS_OF_THE_TALK = 0.4
"""Likeness from which on a statement that rests on the same words of the talk as the clinician's is
about the same matter."""


def reconcile(before: Note, after: Note) -> Note:
    """`after`, held against the note that was shown before.

    Statements that say the same keep their id. What the clinician wrote in `before` stays, word for
    word and in its place; new text about the same matter, or on the same words of the talk, becomes
    a proposal, and text that says the same is left out. New statements get ids that were never in
    `before`. The revision is one higher than that of `before` where statements or proposals differ.
    """
    ids = _ids_for(before, after)
    known = ids_in(before)
    proposals = {each.id: each for each in (*before.proposals, *after.proposals)}
    fixed = {each.id: each for each in before.statements if each.author is Author.CLINICIAN}
    sections = []
    for section in after.sections:
        kept = []
        own = _statements(before, section.key)
        spoken_of = {ids[each.id] for each in section.statements}
        for statement in section.statements:
            matter = None if ids[statement.id] in known else _matter(statement, own)
            if matter is not None and matter.id not in spoken_of:
                spoken_of.add(matter.id)
                ids[statement.id] = matter.id
                proposals[matter.id] = _upsert(statement, section.key, matter.id)
            elif ids[statement.id] in fixed:
                if statement.author is not Author.CLINICIAN:
                    proposals.pop(ids[statement.id], None)
            else:
                kept.append(statement.model_copy(update={"id": ids[statement.id]}))
        sections.append(section.model_copy(update={"statements": _around(own, kept)}))
    finished = _with_problems(sections + _left_over(before, after), ids)
    return _noted(before, after, finished, proposals, fixed)


def changes(before: Note, after: Note) -> list[NoteOperation]:
    """What leads from `before` to `after`, as operations on ids: what was taken away, then what is
    new or reads differently. The clinician's statements are not among them."""
    old = {
        each.id: (section.key, each) for section in before.sections for each in section.statements
    }
    new = {each.id for each in after.statements}
    found: list[NoteOperation] = [
        Retract(id=id_, reason="No longer in the note.")
        for id_, (_, statement) in old.items()
        if id_ not in new and statement.author is not Author.CLINICIAN
    ]
    for section in after.sections:
        for statement in section.statements:
            if statement.author is Author.CLINICIAN or old.get(statement.id) == (
                section.key,
                statement,
            ):
                continue
            found.append(_upsert(statement, section.key, statement.id))
    return found


def _ids_for(before: Note, after: Note) -> dict[str, str]:
    """Id of `after` -> that of the statement of `before` that says the same, or a new one."""
    given: dict[str, str] = {}
    free = {each.id for each in before.statements}
    for section in after.sections:
        own = _statements(before, section.key)
        for statement, old in _pairs(section.statements, own):
            if statement.id not in given and old.id in free:
                given[statement.id] = old.id
                free.remove(old.id)
    texts = {fold(each.text).words: each.id for each in before.statements if each.id in free}
    for statement in after.statements:
        moved = texts.get(fold(statement.text).words)
        if statement.id not in given and moved in free:
            given[statement.id] = moved
            free.remove(moved)
    number = highest_number(ids_in(before))
    for statement in after.statements:
        if statement.id not in given:
            number += 1
            given[statement.id] = f"{prefix_of(statement.id)}{number}"
    return given


def _pairs(new: Sequence[Statement], old: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """Statements of one section that say the same, the most alike first."""
    texts = {each.text for each in (*new, *old)}
    folded = {text: fold(text).joined for text in texts}
    scored = [
        (likeness, statement, other)
        for statement in new
        for other in old
        if (likeness := _likeness(folded[statement.text], folded[other.text])) >= SAME_STATEMENT
        and means_alike(statement.text, other.text)
        and (other.author is not Author.CLINICIAN or says_the_same(statement.text, other.text))
    ]
    scored.sort(key=lambda each: -each[0])
    return [(statement, other) for _, statement, other in scored]


def _likeness(one: str, other: str) -> float:
    """Of folded texts."""
    return 1.0 if one == other else fuzz.token_sort_ratio(one, other) / 100


def _matter(statement: Statement, own: Iterable[Statement]) -> Statement | None:
    """The clinician's statement that `statement` speaks about, the most alike of them."""
    best: tuple[float, Statement] | None = None
    for other in own:
        if other.author is not Author.CLINICIAN:
            continue
        alike = fuzz.token_set_ratio(fold(statement.text).joined, fold(other.text).joined) / 100
        near = alike >= SAME_WORDS_OF_THE_TALK and _share_words(statement, other)
        if (near or same_matter(statement.text, other.text)) and (best is None or alike > best[0]):
            best = (alike, other)
    return best[1] if best else None


def _share_words(one: Statement, other: Statement) -> bool:
    return any(_overlap(mine, theirs) for mine in one.evidence for theirs in other.evidence)


def _overlap(mine: Evidence, theirs: Evidence) -> bool:
    if mine.utterance_id != theirs.utterance_id or mine.span is None or theirs.span is None:
        return False
    return mine.span.overlaps(theirs.span)


def _upsert(statement: Statement, key: str, id_: str) -> Upsert:
    return Upsert(
        id=id_,
        section=key,
        text=statement.text,
        evidence=statement.evidence,
        problem=statement.problem,
    )


def _around(own: Sequence[Statement], kept: list[Statement]) -> tuple[Statement, ...]:
    """`kept` with the clinician's statements of `own`, each after what it stood after and none
    before one of the clinician's that stood before it."""
    result = list(kept)
    least = 0
    for at, statement in enumerate(own):
        if statement.author is not Author.CLINICIAN:
            continue
        there = {each.id: place for place, each in enumerate(result)}
        before = [there[each.id] + 1 for each in own[:at] if each.id in there]
        place = max(least, before[-1] if before else 0)
        result.insert(place, statement)
        least = place + 1
    return tuple(result)


def _left_over(before: Note, after: Note) -> list[Section]:
    """The clinician's statements of sections that the new note does not have."""
    keys = {section.key for section in after.sections}
    left = []
    for section in before.sections:
        own = tuple(each for each in section.statements if each.author is Author.CLINICIAN)
        if section.key not in keys and own:
            left.append(section.model_copy(update={"statements": own}))
    return left


def _with_problems(sections: Sequence[Section], ids: Mapping[str, str]) -> tuple[Section, ...]:
    """Problems under the ids that their statements got."""
    finished = []
    for section in sections:
        statements = tuple(
            each
            if each.author is Author.CLINICIAN or each.problem is None
            else each.model_copy(update={"problem": ids.get(each.problem)})
            for each in section.statements
        )
        finished.append(section.model_copy(update={"statements": statements}))
    return tuple(finished)


def _noted(
    before: Note,
    after: Note,
    sections: tuple[Section, ...],
    proposals: Mapping[str | None, NoteOperation],
    fixed: Mapping[str, Statement],
) -> Note:
    open_ = [each for id_, each in proposals.items() if id_ in fixed]
    ordered = tuple(sorted(open_, key=lambda each: id_order(each.id or "")))
    differs = (sections, ordered) != (before.sections, before.proposals)
    update = {
        "sections": sections,
        "proposals": ordered,
        "revision": before.revision + 1 if differs else before.revision,
    }
    return after.model_copy(update=update)


def _statements(note: Note, key: str) -> tuple[Statement, ...]:
    return next((section.statements for section in note.sections if section.key == key), ())
