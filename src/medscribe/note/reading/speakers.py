"""Who speaks -> what a note calls them, and by which words they mean the patient.

Every place that has to say who told something ("Mother reports that ...") asks here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from medscribe.clinical.offsets import Edit, NormalisedText
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Relation, Role
from medscribe.note.reading.kinship import is_of_sex, kin_words
from medscribe.note.reading.subject import HE, SHE, Subject, find_subject

_FOND = r"(?:own |little |dear |poor |sweet |old |elderly )?"
# "my baby sister", "my mother in law" and "my son's friend" are other people.
_NOT_OTHERS = r"(?![ -](?:brother|sister|in[ -]law))(?![’']s (?:friend|teacher|brother|sister))"
_HAS = r"[’']s (?=(?:been|had|got|gotten|become|never|already|always)\b)"
_IS = r"[’']s (?=(?:a|an|not|very|really|so|just|still|in|on|allergic|\w+ing)\b)"


@dataclass(frozen=True)
class Companion:
    """Somebody who speaks beside the patient.

    `noun` is the relation, "companion" where it is not known; `subject` are the words for what
    companions say of themselves. One who `relays` speaks in the patient's stead: an interpreter.
    """

    noun: str
    subject: Subject
    relays: bool = False

    @property
    def called(self) -> str:
        """As a sentence begins: "Mother"."""
        return self.noun.capitalize()

    @property
    def by_name(self) -> Subject:
        """The words for the companion where a pronoun could mean the patient: "the mother"."""
        noun = f"the {self.noun}"
        return Subject(noun, noun, f"{noun}'s", noun)


def companion_of(utterance: MaskedUtterance) -> Companion | None:
    """The companion who speaks; None where the clinician, the patient or nobody known does."""
    if utterance.role is not Role.COMPANION:
        return None
    relation = utterance.relation
    companion = Companion(
        noun=relation.value if relation else "companion",
        subject=HE if is_of_sex(relation, "he") else SHE,
        relays=relation is Relation.INTERPRETER,
    )
    if is_of_sex(relation, "he") or is_of_sex(relation, "she"):
        return companion
    return Companion(companion.noun, companion.by_name, companion.relays)


def gives_history(role: Role) -> bool:
    """Whether somebody of that role tells of the patient and decides nothing."""
    return role in (Role.PATIENT, Role.COMPANION)


def addressees(
    utterances: Sequence[MaskedUtterance], begin: int = 0
) -> list[MaskedUtterance | None]:
    """For each utterance from `begin` on the one of the listener whom a clinician's "you" means:
    who answers, at the end of the talk who spoke before; None for other speakers."""
    spoke = (each for each in reversed(utterances) if each.role is not Role.CLINICIAN)
    listener = next(spoke, None)
    found: list[MaskedUtterance | None] = []
    for at in range(len(utterances) - 1, begin - 1, -1):
        by_clinician = utterances[at].role is Role.CLINICIAN
        listener = listener if by_clinician else utterances[at]
        found.append(listener if by_clinician else None)
    return found[::-1]


def words_for_patient(utterances: Sequence[MaskedUtterance]) -> list[re.Pattern[str] | None]:
    """For each utterance the words in it that mean the patient: "my son" of a mother, "your son"
    of the clinician who speaks to her, "dad" of a daughter. None where there are none."""
    if all(utterance.role is not Role.COMPANION for utterance in utterances):
        return [None] * len(utterances)
    subject = find_subject(utterances)
    return [
        patient_words(utterance, listener, subject)
        for utterance, listener in zip(utterances, addressees(utterances), strict=True)
    ]


def patient_words(
    utterance: MaskedUtterance, listener: MaskedUtterance | None, subject: Subject
) -> re.Pattern[str] | None:
    """The words in an utterance to `listener` that mean the patient, who is `subject`."""
    speaker = listener or utterance
    if speaker.role is not Role.COMPANION:
        return None
    return _pattern(speaker.relation, subject, speaker is utterance)


def naming_patient(spoken: NormalisedText, words: re.Pattern[str] | None) -> NormalisedText:
    """`spoken` with "the patient" for the words that mean the patient.

    Mother: "my son's been coughing" -> "the patient has been coughing".
    """
    if words is None:
        return spoken
    return spoken.edited(
        Edit(match.start(), match.end(), _new_words(match)) for match in words.finditer(spoken.text)
    )


def _new_words(match: re.Match[str]) -> str:
    verb = "has " if match["has"] else "is " if match["is"] else ""
    return f"the patient {verb}" if verb else "the patient"


@cache
def _pattern(relation: Relation | None, subject: Subject, own: bool) -> re.Pattern[str] | None:
    kin = kin_words(relation)
    fitting = [
        *kin.either,
        *(kin.he if subject != SHE else ()),
        *(kin.she if subject != HE else ()),
    ]
    if not fitting:
        return None
    whose = "my|our" if own else "your"
    forms = [rf"\b(?:{whose}) {_FOND}(?:{_longest_first(fitting)})"]
    bare = [word for word in kin.bare if word in fitting] if own else []
    if bare:
        forms.append(rf"(?<!my )(?<!our )(?<!his )(?<!her )(?<!your )\b(?:{_longest_first(bare)})")
    return re.compile(
        rf"(?:{'|'.join(forms)})\b{_NOT_OTHERS}(?:(?P<has>{_HAS})|(?P<is>{_IS}))?", re.IGNORECASE
    )


def _longest_first(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
