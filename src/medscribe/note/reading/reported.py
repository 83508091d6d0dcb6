"""What a companion tells -> what a note says of it: "Mother reports that the patient ..."."""

import re
from collections.abc import Sequence

from medscribe.note.reading.casing import decapitalised
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.speakers import Companion
from medscribe.note.reading.subject import HE, SHE, UNKNOWN, Subject
from medscribe.note.reading.third_person import about_patient

_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|myself|we|us|our|ours)\b(?!\.)", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:i|me|my|mine|myself)\b(?!\.)", re.IGNORECASE)
_PATIENT = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|the patient)\b|<NAME_\d", re.IGNORECASE
)
# "<NAME_1>, she was doing fine"
_NAMED_TWICE = re.compile(r"\A(?:[a-z]+ )?(?:<NAME_\d+>|[a-z]+), (?=(?:he|she)\b)", re.IGNORECASE)
# "M R I": the letter is nobody.
_SPELLED = re.compile(r"\b([A-Z]) ([A-Z]) I\b")
_LEAD = re.compile(
    r"\A(?:i|we) (?:do |also |really |just |honestly )*(?:think|believe|feel|guess|suppose|noticed"
    r"|notice|know|see|saw)(?: like| that)*,? (?=(?:he|she|it|the patient|there|they|his|her)\b)",
    re.IGNORECASE,
)
# What one tells of oneself but about the patient: "i noticed a rash".
_OBSERVES = re.compile(
    r"\bi (?:\w+ly |also |just |have |had |did |been |already |even |first |then )*"
    r"(?:notic\w+|saw|see|seen|found|heard|hear|check\w*|measur\w+|count\w*|gave|giv\w+|called"
    r"|brought)\b",
    re.IGNORECASE,
)
_KIN = (
    r"(?:mother|mom|mum|father|dad|brother|sister|wife|husband|son|daughter|grand\w+|aunt|uncle"
    r"|cousin|parents|partner|twin|child|kids?)"
)
_OWN_KIN = re.compile(rf"\bmy (?:\w+ )?{_KIN}\b", re.IGNORECASE)
_SELF = (
    r"(?:(?:hi|hello|yes|yeah|and|so|well),? )*i(?:['’]m| am) (?:his|her|their|[^ ]+['’]s)"
    rf" (?:\w+ )?{_KIN}"
)
_INTRODUCES = re.compile(
    rf"{_SELF}(?:,? (?:and )?(?:this|that|here)(?: is|['’]s) .*|,? [^ ]+)?[.!]?", re.IGNORECASE
)
_INTRODUCED = re.compile(rf"\A{_SELF},? (?:and|so) (?=(?:he|she|the patient)\b)", re.IGNORECASE)
# An interpreter's "she says" says what "relays" does.
_RELAYED = re.compile(
    r"\A(?:(?:yes|no|and|so|well),? )*(?:he|she|the patient) (?:also |just )?"
    r"(?:says|said|is saying|tells me|told me)(?: that)?,? ",
    re.IGNORECASE,
)
_OTHER_PERSON = re.compile(
    rf"\A(?:[a-z]+,? )?(?:(?P<mine>my|our)|his|her|the) (?:\w+ )?(?:{_KIN}|friend)\b(?![’']s)",
    re.IGNORECASE,
)
_CARES = re.compile(
    r"\b(?:doctor|nurse|teacher|provider|specialist|surgeon|dentist|\w+(?:ologist|icist|rician|apist"
    r"|itian|ician))s?\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"\A(?:(?:and|but|so|then) )*(?:he|she) (?:also |just |then |had |has )*(?:told|said|says"
    r"|recommended|prescribed|ordered|referred|wanted|thought|thinks|diagnosed|put|gave)\b",
    re.IGNORECASE,
)
_OPENS_WITH_PRONOUN = re.compile(r"\A(?:(?:and|but|so|because|then) )*(?:he|she)\b", re.IGNORECASE)
_TO_PATIENT = re.compile(r"\Athe patient,? (?=you\b)|(?<=\w), the patient\Z", re.IGNORECASE)
# "gave her the pills" is of her, "gave her milk" may be of hers.
_OBJECT_HER = (
    r"her(?= (?:the|a|an|some|to|for|with|in|on|up|every|at|this|last|yesterday|and|when|after"
    r"|\d)\b|[,.;]| *\Z)"
)
_ATTRIBUTION = re.compile(r"\A[A-Z][a-z]+ (?:reports that|relays that|reports|denies) ")
_OWN_WORD = re.compile(r"(?:the patient|he|she) (denies|reports) (?=\w)", re.IGNORECASE)
_SUBJECT_FORMS = (
    (re.compile(r"\bdoes (?:he|she|the patient)\b", re.I), "do you"),
    (re.compile(r"\bhas (?:he|she|the patient)\b", re.I), "have you"),
    (re.compile(r"\bis (?:he|she|the patient)\b", re.I), "are you"),
    (re.compile(r"\bwas (?:he|she|the patient)\b", re.I), "were you"),
    (re.compile(r"\b(did|had|can|could|will|would|should) (?:he|she|the patient)\b", re.I),
     r"\1 you"),
    (re.compile(r"\b(?:he|she|the patient) (has|is|was|does)\b", re.I),
     lambda match: "you " + {"has": "have", "is": "are", "was": "were", "does": "do"}[
         match.group(1).lower()]),
    (re.compile(rf"\b(?:him|{_OBJECT_HER}|the patient(?![’']s))", re.I), "you"),
    (re.compile(r"\b(?:his|her|the patient[’']s)\b", re.I), "your"),
)  # fmt: skip
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


def is_of_companion(text: str) -> bool:
    """Whether companions speak of themselves alone: "i am exhausted", "i had the flu", or say who
    they are: "i'm her sister, and this is her son".

    "i noticed a rash", "i gave him tylenol" and "my mother had diabetes" are not.
    """
    if _INTRODUCES.fullmatch(text):
        return True
    if not _SINGULAR.search(text) or _PATIENT.search(text):
        return False
    return not _OBSERVES.search(text) and not _OWN_KIN.search(text)


def names_companion(text: str) -> bool:
    """Whether companions speak of themselves, alone or together with the patient."""
    return bool(_FIRST_PERSON.search(text))


def tells_symptoms(text: str) -> bool:
    """Whether symptoms in a companion's words are the patient's: no one else is spoken of."""
    return not names_companion(text) and "<NAME" not in text


def of_somebody_else(passages: Sequence[Passage]) -> frozenset[int]:
    """Places of sentences in which a companion's "he" or "she" may be another person of the same
    turn: "my husband has it too. he was in bed for a week.", "we saw the geneticist. she told us
    it is rare."."""
    found: set[int] = set()
    other = cares = False
    for at, passage in enumerate(passages):
        if at and passages[at - 1].turn != passage.turn:
            other = cares = False
        if cares and _ADVISES.match(passage.text):
            found.add(at)
        cares = cares or bool(_CARES.search(passage.text))
        person = _OTHER_PERSON.match(passage.text)
        # Of a companion whose relation is not known "my son" may well be the patient.
        if person and not (person["mine"] and passage.utterance.relation is None):
            other = True
        elif other and _OPENS_WITH_PRONOUN.match(passage.text):
            found.add(at)
        elif passage.text:
            other = False
    return frozenset(found)


def asked_of_patient(question: str) -> str:
    """A question about the patient as if put to the patient: "has he had a fever" -> "have you had
    a fever"; unchanged where "you" is somebody else already or a form is left over."""
    if not _PATIENT.search(question) or _YOU.search(question):
        return question
    asked = question
    for form, put in _SUBJECT_FORMS:
        asked = form.sub(put, asked)
    return question if _PATIENT.search(asked) else asked


def concerns_both(text: str, subject: Subject) -> bool:
    """Whether a "you" beside "him" or "her" is the companion's: "have you given him anything"."""
    other = {HE: r"\b(?:he|him|his)\b", SHE: r"\b(?:she|her|hers)\b"}
    third = re.compile(other.get(subject, _PATIENT.pattern), re.IGNORECASE)
    named = re.search(r"\bthe patient\b", text, re.IGNORECASE)
    return bool(_YOU.search(text) and (named or third.search(text)))


def of_companion_first(text: str) -> str:
    """A statement to a companion in the companion's mouth: "you are giving" -> "i am giving"."""
    text = re.sub(r"\byou are\b", "i am", re.sub(r"\byou were\b", "i was", text))
    return re.sub(r"\byou\b", "i", re.sub(r"\byour\b", "my", text))


def told_by_companion(text: str, companion: Companion, subject: Subject) -> str:
    """A companion's own words in the third person.

    Mother: "he was hot so i gave him motrin" -> "he was hot so she gave him motrin"; of a daughter
    "the patient was hot so she gave her motrin".
    """
    text = _SPELLED.sub(r"\1\2I", _LEAD.sub("", _NAMED_TWICE.sub("", _INTRODUCED.sub("", text))))
    spoken_to = _TO_PATIENT.sub("", text)
    if spoken_to != text and _YOU.search(spoken_to):
        text = about_patient(spoken_to, pronouns="you", subject=subject)
    patient = patient_beside(companion, subject)
    text = text if patient.known else _patient_named(text, subject)
    clash = subject.known and not patient.known
    return about_patient(
        text, pronouns="i", subject=companion.by_name if clash else companion.subject
    )


def patient_beside(companion: Companion, subject: Subject) -> Subject:
    """The words for the patient in what a companion reports: a "she" beside "Mother reports" could
    be either, so that the patient is named."""
    return UNKNOWN if subject.nominative == companion.subject.nominative else subject


def _patient_named(text: str, subject: Subject) -> str:
    """ "he", or "him" where there is no "he", as "the patient"; a pronoun of the other sex is
    somebody else's."""
    if re.search(r"\bthe patient\b", text, re.IGNORECASE):
        return text
    nominative = {HE: r"\bhe\b", SHE: r"\bshe\b"}.get(subject, r"\b(?:he|she)\b")
    objective = {HE: r"\bhim\b", SHE: rf"\b{_OBJECT_HER}"}.get(subject, rf"\b(?:him|{_OBJECT_HER})")
    for form in (nominative, objective):
        named, count = re.subn(form, "the patient", text, count=1, flags=re.IGNORECASE)
        if count:
            return named
    return text


def attributed(sentence: str, companion: Companion) -> str:
    """ "The patient has a fever." -> "Mother reports that the patient has a fever."; "She denies
    pain." -> "Mother denies pain."."""
    if companion.relays:
        return f"{companion.called} relays that {decapitalised(_RELAYED.sub('', sentence))}"
    own = _OWN_WORD.match(sentence)
    if own:
        return f"{companion.called} {own.group(1)} {sentence[own.end() :]}"
    return f"{companion.called} reports that {decapitalised(sentence)}"


def is_report(sentence: str) -> bool:
    """Whether the sentence says what somebody "reports that"."""
    attribution = _ATTRIBUTION.match(sentence)
    return bool(attribution and attribution.group().endswith("that "))


def without_attribution(sentence: str) -> str:
    """What `attributed` was given, as far as the words themselves go."""
    return _ATTRIBUTION.sub("", sentence)
