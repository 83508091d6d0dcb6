"""Voices that may be companions, and what was said -> who speaks for the patient, as whom.

Precision first: a patient taken for a companion would have the history of somebody else in the
note. `models/roles.card.md` says how often that happened: in no visit of real length.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from medscribe.dialogue.companion_signs import TurnSigns, relation_of
from medscribe.domain.transcript import Relation

LEAST_OF_ANOTHER = 3
"""How often a voice must speak of somebody else to be a companion without saying so. In short
excerpts of MTS-Dialog patients speak of a relative up to 9 times and hardly of themselves; there
the clinician's questions, asked of `you`, tell that they are the patient."""

OF_ANOTHER_TO_ONESELF = 2
"""How many times oftener of another than of oneself. Of 213 long interviews, the parents who speak
for a child have 9 or more, all patients less than 1; in ACI-Bench one patient has 3, a child whose
father speaks under the same tag."""

YOU_TO_ANOTHER = 2
"""At most how many times oftener a clinician says `you` than he speaks of somebody else while the
one who answers speaks for another. 1.4 at most with parents (who are asked what they saw), 2.7 for
the child whose father speaks under the same tag, over 4 for all other patients."""


@dataclass(frozen=True)
class Turn:
    """Who spoke, and the signs in it."""

    speaker: str
    signs: TurnSigns


def find_companions(
    turns: Sequence[Turn], candidates: Collection[str], clinicians: Collection[str]
) -> dict[str, Relation | None]:
    """The companions among `candidates`, with their relation where it was said; else None.

    A voice alone with a clinician is one where it hardly speaks of itself and the clinician asks
    about somebody else: "How old is he?" - "He's four. He's been pulling at his ear." Beside other
    voices it is enough that it says so ("I'm her daughter"), is taken for one ("you're dad?" -
    "yes") or is shown ("this is my wife"), unless it speaks more of itself, or that it speaks of
    another at least `LEAST_OF_ANOTHER` times. Who says "the patient" or to be a clinician is none.
    """
    kin = {**_called(turns, candidates, clinicians), **_said(turns, candidates)}
    alone = len({turn.speaker for turn in turns} - set(clinicians)) == 1
    if not alone:
        kin = {**_shown(turns, candidates, clinicians), **kin}
    asked_of_another = alone and _asks_of_another(turns, clinicians)
    found: dict[str, Relation | None] = {}
    for label in candidates:
        signs = [turn.signs for turn in turns if turn.speaker == label]
        word = kin.get(label)
        relation = relation_of(word) if word else None
        interprets = relation is Relation.INTERPRETER and not alone
        speaks = _speaks_for_another(signs, named=word is not None)
        if interprets or (speaks and (not alone or asked_of_another)):
            found[label] = relation
    return found


def speaks_of_itself(signs: Sequence[TurnSigns]) -> bool:
    """Whether a voice speaks of itself rather than of somebody else: as patients do."""
    return _count(signs, _of_oneself) > _count(signs, _of_another)


def _speaks_of_another(signs: Sequence[TurnSigns]) -> bool:
    return _count(signs, _of_another) > _count(signs, _of_oneself)


def relation_said(
    turns: Sequence[Turn], label: str, clinicians: Collection[str]
) -> Relation | None:
    """Who a voice that is known to be a companion says to be, or is taken for; None: not said."""
    kin = {**_called(turns, [label], clinicians), **_said(turns, [label])}
    return relation_of(kin[label]) if label in kin else None


def _speaks_for_another(signs: Sequence[TurnSigns], *, named: bool) -> bool:
    """`named`: kin of the patient, as was said; then it must only not speak more of itself."""
    if any(sign.treats or sign.says_patient for sign in signs) and not named:
        return False
    another, oneself = _count(signs, _of_another), _count(signs, _of_oneself)
    if named:
        return another >= oneself
    return another >= LEAST_OF_ANOTHER and another >= OF_ANOTHER_TO_ONESELF * oneself


def _asks_of_another(turns: Sequence[Turn], clinicians: Collection[str]) -> bool:
    asked = [turn.signs for turn in turns if turn.speaker in clinicians]
    another = _count(asked, _of_another)
    return another > 0 and YOU_TO_ANOTHER * another >= _count(asked, lambda sign: sign.to_you)


def _said(turns: Sequence[Turn], candidates: Collection[str]) -> dict[str, str]:
    """The kin that each candidate says to be, by its first such words."""
    said: dict[str, str] = {}
    for turn in turns:
        if turn.speaker in candidates and turn.signs.is_kin:
            said.setdefault(turn.speaker, turn.signs.is_kin)
    return said


def _called(
    turns: Sequence[Turn], candidates: Collection[str], clinicians: Collection[str]
) -> dict[str, str]:
    """The kin that a clinician called the voice that answered, and that did not say no."""
    called: dict[str, str] = {}
    for asking, answering in _answers(turns, clinicians):
        if answering.speaker not in candidates:
            continue
        word = asking.signs.calls_kin
        if asking.signs.asks_kin and not answering.signs.denies:
            word = word or asking.signs.asks_kin
        if word:
            called.setdefault(answering.speaker, word)
    return called


def _shown(
    turns: Sequence[Turn], candidates: Collection[str], clinicians: Collection[str]
) -> dict[str, str]:
    """The kin that the patient presents ("this is my wife"), where only one voice can be meant."""
    words = [(turn.speaker, turn.signs.shows_kin) for turn in turns if turn.signs.shows_kin]
    words += [
        (answering.speaker, asking.signs.asks_for_kin)
        for asking, answering in _answers(turns, clinicians)
        if asking.signs.asks_for_kin and not answering.signs.denies
    ]
    for speaker, word in words:
        others = [label for label in candidates if label != speaker]
        own = [turn.signs for turn in turns if turn.speaker == speaker]
        if word and speaker not in clinicians and len(others) == 1 and not _speaks_of_another(own):
            return {others[0]: word}
    return {}


def _answers(turns: Sequence[Turn], clinicians: Collection[str]) -> Iterator[tuple[Turn, Turn]]:
    """Each turn of a clinician with the turn of somebody else that follows it directly."""
    for asking, answering in pairwise(turns):
        if asking.speaker in clinicians and answering.speaker not in clinicians:
            yield asking, answering


def _count(signs: Sequence[TurnSigns], number: Callable[[TurnSigns], int]) -> int:
    return sum(number(sign) for sign in signs)


def _of_another(sign: TurnSigns) -> int:
    return sign.of_another


def _of_oneself(sign: TurnSigns) -> int:
    return sign.of_oneself
