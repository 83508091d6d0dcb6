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
"""How often a voice must speak of somebody else to be a companion without saying so."""

LEAST_WHERE_FAMILY_IS_SPOKEN_OF = 10
"""The same alone with a clinician where the family is a subject: its history is told in the third
person, too. Up to 9 times in excerpts of MTS-Dialog; parents of long interviews reach 24 or more.
"""

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
    turns: Sequence[Turn],
    candidates: Collection[str],
    clinicians: Collection[str],
    clinical: Collection[str] = (),
) -> dict[str, Relation | None]:
    """The companions among `candidates`, with their relation where it was said; else None.

    A voice alone with a clinician is one where it hardly speaks of itself and the clinician asks
    about somebody else: "How old is he?" - "He's four. He's been pulling at his ear." Beside other
    voices it is enough that it says so ("I'm her daughter"), is taken for one ("you're dad?" -
    "yes") or is shown ("this is my wife"), unless it speaks more of itself, or that it speaks of
    another at least `LEAST_OF_ANOTHER` times. That is not enough for the voices `clinical`, which
    may present the patient to a colleague. Who says "the patient" or to be a clinician is none.
    """
    kin = {**_called(turns, candidates, clinicians), **_said(turns, candidates)}
    alone = len({turn.speaker for turn in turns} - set(clinicians)) == 1
    if not alone:
        kin = {**_shown(turns, candidates, clinicians), **kin}
    if alone and not _asks_of_another(turns, clinicians):
        return {}
    of_family = alone and any(turn.signs.of_family for turn in turns)
    least = LEAST_WHERE_FAMILY_IS_SPOKEN_OF if of_family else LEAST_OF_ANOTHER
    found: dict[str, Relation | None] = {}
    for label in candidates:
        signs = [turn.signs for turn in turns if turn.speaker == label]
        word = kin.get(label)
        relation = relation_of(word) if word else None
        interprets = relation is Relation.INTERPRETER and not alone
        tells = label not in clinical and _tells_of_another(signs, least)
        if interprets or tells or (word and not speaks_of_itself(signs)):
            found[label] = relation
    return found


def relation_said(
    turns: Sequence[Turn], label: str, clinicians: Collection[str]
) -> Relation | None:
    """Who a voice that is known to be a companion says to be, or is taken for; None: not said."""
    kin = {**_called(turns, [label], clinicians), **_said(turns, [label])}
    return relation_of(kin[label]) if label in kin else None


def speaks_of_itself(signs: Sequence[TurnSigns]) -> bool:
    """Whether a voice speaks more of itself than of somebody else, as patients do."""
    return _count(signs, _of_oneself) > _count(signs, _of_another)


def _tells_of_another(signs: Sequence[TurnSigns], least: int) -> bool:
    """Whether a voice tells how somebody else is, as no patient and no colleague does."""
    if any(sign.treats or sign.says_patient for sign in signs):
        return False
    another = _count(signs, _of_another)
    return another >= least and another >= OF_ANOTHER_TO_ONESELF * _count(signs, _of_oneself)


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
        tells = _count(own, _of_another) > _count(own, _of_oneself)
        if word and speaker not in clinicians and len(others) == 1 and not tells:
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
