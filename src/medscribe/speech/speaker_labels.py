"""Speaker labels as people write them ("[doctor]", "Pt", "Mom") -> roles and relations."""

import re

from medscribe.clinical.kin_words import relation_of_word
from medscribe.domain.transcript import Relation, Role

_TREATING = (
    "clinician doctor physician gp nurse practitioner provider consultant therapist physio "
    "physiotherapist pharmacist paramedic midwife resident attending surgeon specialist"
)
"""Everyone who treats: a nurse's questions and advice belong on the clinician's side of a note."""

_RELATED = (
    "companion guest family relative parent child sibling grandson granddaughter grandchild nephew "
    "niece cousin stepmother stepfather visitor"
)
"""Words for a companion that leave open who it is to the patient."""

_YOUNG = "child kid boy girl baby toddler infant teen teenager"

_MODIFYING = "member of the male female speaker primary care medical assistant registered other"
_SOUNDS = (
    "laugh laughs laughter laughing cough coughs coughing sigh sighs pause silence noise music "
    "inaudible unintelligible crosstalk unclear applause beep um uh note"
)

_CLINICIAN = frozenset(_TREATING.split())
_CHILD = frozenset(_YOUNG.split())
_COMPANION = frozenset(_RELATED.split()) | frozenset(relation_of_word()) | _CHILD
_PATIENT = frozenset(("patient", "pt", "client"))
_MODIFIERS = frozenset(_MODIFYING.split())
_NOISES = frozenset(_SOUNDS.split())

_TITLES = frozenset(("dr", "doc", "doctor", "nurse"))
_DEGREES = frozenset(("md", "do", "np", "pa", "rn"))
_LETTERS = {"d": Role.CLINICIAN, "c": Role.CLINICIAN, "p": Role.PATIENT}

_NUMBERED = re.compile(r"(?:s|spk|speaker|spkr|voice)[ _-]?(?:\d{1,2}|[A-Z])", re.IGNORECASE)


def role_of(label: str) -> Role:
    """The role that a label names; UNKNOWN where it names none ("Speaker 1", "Anna").

    "Patient's mother", "patient_guest" -> companion; "Dr. Smith", "Nurse 2", "A. Jones, MD" ->
    clinician. Headings such as "Family history" or "Vitamin D" name nobody.
    """
    parts = re.split(r"[(),:/|–—]| - ", label)
    roles = [_role_of_words(_words(part)) for part in parts]
    return next((role for role in roles if role is not Role.UNKNOWN), Role.UNKNOWN)


def relation_of(label: str) -> Relation | None:
    """Who a companion's label says they are to the patient: "Patient's daughter", "Mom".

    None for other roles, for "Guest", and where two relations are named ("Mother/Father").
    """
    if role_of(label) is not Role.COMPANION:
        return None
    relations = relation_of_word()
    named = {relations[word] for word in _words(label) if word in relations}
    return named.pop() if len(named) == 1 else None


def is_child(label: str) -> bool:
    """Whether the label is "Child", "The boy" and the like: the patient, where a parent speaks
    beside it and nobody is called the patient. "Patient's child" and "Other child" are not."""
    words = set(_words(label))
    return bool(words & _CHILD) and words <= _CHILD | {"the", "male", "female"}


def _role_of_words(words: list[str]) -> Role:
    if not words:
        return Role.UNKNOWN
    if len(words) == 1 and words[0] in _LETTERS:
        return _LETTERS[words[0]]
    if (words[0] in _TITLES and len(words) <= 3) or words[-1] in _DEGREES:
        return Role.CLINICIAN
    named = set(words) - _MODIFIERS
    if not named <= _CLINICIAN | _COMPANION | _PATIENT:
        return Role.UNKNOWN
    for role, names in (
        (Role.CLINICIAN, _CLINICIAN),
        (Role.COMPANION, _COMPANION),
        (Role.PATIENT, _PATIENT),
    ):
        if names & named:
            return role
    return Role.UNKNOWN


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"['’]s?\b", " ", text.lower()))


def is_numbered(label: str) -> bool:
    """Whether the label is an anonymous voice: "S1", "Speaker 2", "SPEAKER_00", "Speaker B"."""
    return _NUMBERED.fullmatch(label.strip()) is not None


def is_noise(label: str) -> bool:
    """Whether the label is a sound and not a person: "[laughs]", "[inaudible]"."""
    return any(word in _NOISES for word in _words(label))
