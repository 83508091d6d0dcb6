"""A clinician's question and the reply -> what of the terms asked for is so."""

import re
from collections.abc import Sequence
from enum import Enum

from medscribe.domain.transcript import Role
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.reading.answers import polarity_is_open
from medscribe.note.reading.casing import lowered
from medscribe.note.reading.questions import Polarity, polarity_of, restricted_denial

# Asks whether there is something: "any fever?", "have you had a cough?", "are you short of breath?"
_EXISTENCE = re.compile(
    r"\b(?:any|no|history of|diagnosed with|(?:had|have|having|get|getting|got|notice|noticed"
    r"|noticing|feel|feeling|felt"
    r"|experience|experienced|experiencing|suffer(?:ed|ing)? from|been|ever|symptoms (?:like"
    r"|such as)|things like|problems? with"
    r"|issues? with|trouble with|with|also|still)"
    r"|(?:do|did|does|are|were|have|has|had|is|was) (?:you|he|she|they|the patient|there|it|this"
    r"|that|anyone)"
    r"|how about|what about|or|and)\b",
    re.IGNORECASE,
)
# What is asked of one that is there: "does your knee pain get worse", "is the cough dry".
_DEFINITE = re.compile(
    r"\b(?:your|the|this|that|these|those|his|her|my)(?: (?!any\b)\w+){0,2} *\Z", re.IGNORECASE
)
# "does your knee hurt", "do your stools look dark": the part is given, the complaint is asked for.
_ASKS_HOW_A_PART_IS = re.compile(
    r"\b(?:do|does|did|is|are|has|have|was|were)(?: (?:your|the|his|her))? *\Z", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:looks?|hurts?|hurting|feels?|aches?|swells?|swollen|stiff|sore|numb|painful|is|are"
    r"|itch)\b",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(
    r"\A(?:(?:and|so|but|okay|ok|alright|all right|well|now|um|then|great|good)[ ,.]+)*"
    r"(?:how(?! about)|when|where|why|what(?! about)|which|tell me|who|can you (?:tell"
    r"|describe))\b",
    re.IGNORECASE,
)
# A symptom that is only the occasion of what is asked.
_OCCASION = re.compile(
    r"\b(?:when|if|because|since|after|before|while|during|for|from|help(?:s|ed)?|worse|better)"
    r"(?: \w+){0,4} ?\Z",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"\A(?:(?:or |and )?(?:anything|something|things|stuff)(?: else)?(?: like that| of that)?"
    r"|no|okay|right|at all|none of that|any of (?:that|those)|nothing like that|no\?)[ ?.,]*\Z",
    re.IGNORECASE,
)
_ALL_OF_IT = re.compile(r"\b(?:both|all of|all the above|all three|everything)\b", re.IGNORECASE)
_ONLY = re.compile(r"\A(?:(?:um|uh|well|no|nope|nah)[ ,.]+)*(?:just|only|mainly just)\b", re.I)
# "just when i climb stairs", "on and off": there is something.
_OCCASIONALLY = re.compile(
    r"\A(?:(?:um|uh|oh|well|i would say|i guess|like)[ ,.]+)*(?:(?:just|only|mostly|mainly"
    r"|usually) "
    r"(?:when|if|with|after|at|in the|on)\b|(?:every )?once in a while|now and then"
    r"|from time to time"
    r"|off and on|on and off|regularly|all the time|every (?:day|night|morning)|at (?:times|night)"
    r"|most (?:days|of the time))",
    re.IGNORECASE,
)
_REPLY_WINDOW = 2


class Asked(Enum):
    """What a question does with a term: asks for it, takes it as given, or neither."""

    FOR_IT = "for it"
    GIVEN = "given"
    NEITHER = "neither"


def asked_about(question: str, start: int, end: int) -> Asked:
    """What `question` does with the term at [start, end).

    "any chest pain?" asks for it; "how is your chest pain?" and "is the chest pain sharp?" take it
    as given; "does it hurt when you cough?" neither.
    """
    before = question[:start]
    if _ASKS_HOW_A_PART_IS.search(before) and _VERB.search(question[start:end]):
        return Asked.FOR_IT
    if _DEFINITE.search(before):
        given = _OPEN_QUESTION.match(question) or re.match(r"\s+\w", question[end:])
        return Asked.GIVEN if given else Asked.NEITHER
    if _OPEN_QUESTION.match(question) or _OCCASION.search(before):
        return Asked.NEITHER
    leads = not re.search(r"\w", before) or bool(_EXISTENCE.search(before))
    return Asked.FOR_IT if leads else Asked.NEITHER


def reply_to(sentences: Sequence[Sentence], at: int, *, asks: Sequence[bool]) -> list[Sentence]:
    """The next speaker's sentences where they answer the question at `at`; [] where the asker goes
    on to something else. `asks[i]`: sentence i asks for a term, too ("any fever? any chills?")."""
    asker = sentences[at].utterance
    after = at + 1
    while after < len(sentences) and sentences[after].utterance is asker:
        said = sentences[after].text
        if not (asks[after] or _AFTERTHOUGHT.match(said)):
            return []
        after += 1
    later = sentences[after : after + 12]
    if not later or later[0].utterance.role is Role.CLINICIAN:
        return []
    return [sentence for sentence in later if sentence.utterance is later[0].utterance]


def polarity_of_reply(question: str, replies: Sequence[Sentence]) -> Polarity | None:
    """What the reply says to `question`; None where it leaves that open."""
    for at, reply in enumerate(replies[:_REPLY_WINDOW]):
        said = lowered(reply.text)
        polarity = polarity_of(said)
        if polarity is None and re.match(r"\A[\s,.]*neither\b", said):
            polarity = Polarity.NO
        if polarity is None and _OCCASIONALLY.match(said):
            polarity = Polarity.YES
        if polarity is None:
            continue
        rest = " ".join(other.text.lower() for other in replies[at + 1 :])
        return None if polarity_is_open(question.lower(), said, polarity, rest) else polarity
    return None


def affirms_all(replies: Sequence[Sentence]) -> bool:
    """ "yes, both", "all of those"."""
    return any(_ALL_OF_IT.search(reply.text) for reply in replies[:_REPLY_WINDOW])


def denies_the_rest(replies: Sequence[Sentence]) -> bool:
    """ "just chills" to "any fever or chills?" denies the fever."""
    return bool(replies) and bool(_ONLY.match(replies[0].text))


def denies_only_named(question: str, replies: Sequence[Sentence]) -> bool:
    """ "no vomiting" to "nausea or vomiting?" says nothing of the nausea."""
    return bool(replies) and restricted_denial(question, lowered(replies[0].text)) is not None
