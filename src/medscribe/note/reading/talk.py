"""Utterances of a visit -> its sentences and units; of a visit that goes on, what is settled stays.

A sentence is settled once the listener has answered, a unit once the turn after it is there. What
was said before the first utterance that changed, and is settled, is never read again.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.reading.passages import Passage, passages_in
from medscribe.note.reading.speakers import addressees, patient_words
from medscribe.note.reading.subject import SexEvidence, Subject
from medscribe.note.reading.units import Unit, raw_units, with_reaction


@dataclass(frozen=True)
class Talk:
    """What was said, read.

    `words` and `characters` of all utterances, the latter at least 1. `kept_passages` and
    `kept_units`: so many of the first ones are the objects of the reading before.
    """

    utterances: tuple[MaskedUtterance, ...]
    passages: tuple[Passage, ...]
    units: tuple[Unit, ...]
    subject: Subject
    words: int
    characters: int
    kept_passages: int = 0
    kept_units: int = 0

    def position(self, passage: Passage) -> float:
        """Where in the talk a sentence stands, 0 to 1."""
        return passage.before / self.characters

    def first_unit_from(self, position: float) -> int:
        """Number of the first unit that begins at that position or later."""
        return bisect_left(self.units, position, key=lambda unit: self.position(unit.passages[0]))


def read_talk(utterances: Sequence[MaskedUtterance]) -> Talk:
    """A whole visit at once."""
    return GrowingTalk().read(utterances)


class GrowingTalk:
    """A visit that goes on, read as it comes."""

    def __init__(self) -> None:
        self._said: tuple[MaskedUtterance, ...] = ()
        # What was said before each turn, and at the end: of the patient's sex; characters; words.
        self._evidence = [SexEvidence()]
        self._passed, self._words = [0], [0]
        self._passages: list[Passage] = []
        # By turn, and at the end: its first sentence.
        self._begins = [0]
        self._answers: set[int] = set()
        self._raw: list[Unit] = []
        self._units: list[Unit] = []
        # By unit: the first of the raw units that went into it.
        self._first_raw: list[int] = []
        self._whole: tuple[object, ...] = ()

    def read(self, utterances: Sequence[MaskedUtterance]) -> Talk:
        """The visit so far. What stood there before may have been corrected, or be gone."""
        said = tuple(utterances)
        kept = _alike(self._said, said)
        self._listen(said, kept)
        subject = self._evidence[-1].subject
        whole = _of_the_whole(said, subject)
        changed = self._read_passages(said, kept if whole == self._whole else 0, subject)
        kept_passages = self._begins[changed]
        kept_units = self._read_units(changed)
        self._said, self._whole = said, whole
        return Talk(
            utterances=said,
            passages=tuple(self._passages),
            units=tuple(self._units),
            subject=subject,
            words=self._words[-1],
            characters=self._passed[-1] or 1,
            kept_passages=kept_passages,
            kept_units=kept_units,
        )

    def _listen(self, said: Sequence[MaskedUtterance], kept: int) -> None:
        for counts in (self._evidence, self._passed, self._words):
            del counts[kept + 1 :]
        for number, utterance in enumerate(said[kept:], start=kept):
            self._evidence.append(self._evidence[-1].and_of(utterance, number))
            self._passed.append(self._passed[-1] + len(utterance.text))
            self._words.append(self._words[-1] + len(utterance.text.split()))

    def _read_passages(self, said: Sequence[MaskedUtterance], kept: int, subject: Subject) -> int:
        """The first turn whose sentences are others than in the reading before."""
        begin = kept
        # What was last said by clinicians waits for whom they speak to.
        while begin and said[begin - 1].role is Role.CLINICIAN:
            begin -= 1
        listeners = addressees(said, begin)
        while begin < kept and self._listener(begin) == listeners[0]:
            begin, listeners = begin + 1, listeners[1:]
        del self._passages[self._begins[begin] :], self._begins[begin + 1 :]
        for turn, listener in enumerate(listeners, start=begin):
            patient = patient_words(said[turn], listener, subject)
            self._passages += passages_in(said[turn], turn, self._passed[turn], listener, patient)
            self._begins.append(len(self._passages))
        return begin

    def _listener(self, turn: int) -> MaskedUtterance | None:
        first = self._begins[turn]
        spoken = first < self._begins[turn + 1]
        return self._passages[first].listener if spoken else None

    def _read_units(self, changed: int) -> int:
        """How many of the first units stay; those of the last turn before `changed` may have found
        an answer."""
        begin = self._begins[changed]
        begin = self._begins[self._passages[begin - 1].turn] if begin else 0
        self._answers = {at for at in self._answers if at <= begin}
        raw = bisect_left(self._raw, begin, key=lambda unit: unit.at)
        del self._raw[raw:]
        self._raw += raw_units(self._passages, begin, self._answers)
        kept = max(bisect_left(self._first_raw, raw) - 1, 0)
        raw = self._first_raw[kept] if self._first_raw else 0
        before = {unit.at: unit for unit in self._units[kept:]}
        del self._units[kept:], self._first_raw[kept:]
        for number in range(raw, len(self._raw)):
            self._join(number)
        for at, unit in enumerate(self._units[kept:], start=kept):
            same = before.get(unit.at)
            if same is not None and _same_unit(same, unit):
                self._units[at] = same
                kept += kept == at
        return kept

    def _join(self, number: int) -> None:
        unit = self._raw[number]
        both = with_reaction(self._units[-1], unit) if self._units else None
        if both:
            self._units[-1] = both
        else:
            self._units.append(unit)
            self._first_raw.append(number)


def _alike(before: Sequence[MaskedUtterance], after: Sequence[MaskedUtterance]) -> int:
    """How many utterances at the beginning of both are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    first_other = (at for at, (one, other) in pairs if one is not other and one != other)
    return next(first_other, min(len(before), len(after)))


def _of_the_whole(said: Sequence[MaskedUtterance], subject: Subject) -> tuple[object, ...]:
    """What of the whole visit decides how each sentence of it is read: where companions speak, who
    the patient is, and whether the patient speaks too."""
    if not any(utterance.role is Role.COMPANION for utterance in said):
        return ()
    heard = any(each.role is Role.PATIENT and each.text.strip() for each in said)
    return subject, heard


def _same_unit(one: Unit, other: Unit) -> bool:
    """Whether two readings made the same unit of the same sentences."""
    return len(one.passages) == len(other.passages) and all(
        getattr(one, field.name) == getattr(other, field.name) for field in fields(Unit)
    )
