"""A reply -> yes, no or neither."""

import re
from collections.abc import Sequence

from medscribe.note.prescribing.sentences import Sentence

_LEAD = r"\A(?:(?:um|uh|oh|well|okay|so|i mean|you know|let us see|hm+|er|no,? uh|like)[\s,.]+)*"
_NO = re.compile(
    _LEAD + r"(?:no|nope|nah|not|never|none|nothing|neither|i do not|i have not|i am not|i did not|"
    r"i was not|i never|uh-uh|nuh|negative|denies|"
    r"(?:she|he) (?:does|is|has|did|was) not|(?:she|he) never)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    _LEAD
    + r"(?:yes|yeah|yep|yup|yea|correct|right|sure|mm-hmm|uh-huh|i do|i am|i have|i did|i was|"
    r"absolutely|definitely|exactly|sometimes|every|once|twice|always|usually|"
    r"(?:she|he) (?:does|is|has|did|was)|occasionally|most|"
    r"of course|that is right|true|actually,? i do)\b",
    re.IGNORECASE,
)


_SHORT_WORDS = 8


def polarity(reply: str) -> bool | None:
    """True for a yes, False for a no, None where the reply starts with neither."""
    if _NO.match(reply):
        return False
    return True if _YES.match(reply) else None


def replies_to(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    """The sentences of the next speaker after sentence `at`; [] if its speaker goes on talking
    after the question, or nobody answers."""
    asker = sentences[at].utterance.speaker
    position = sentences[at].position
    following = [s for s in sentences[at + 1 : at + 4] if s.position == position]
    if len(following) > 1 or any(_goes_on(s) for s in following):
        return []
    later = [s for s in sentences[at + 1 :][:12] if s.utterance.speaker != asker]
    return [s for s in later if s.position == later[0].position] if later else []


def _goes_on(sentence: Sentence) -> bool:
    """Whether the asker goes on to something else, not only to why the question is asked."""
    short = len(sentence.text.split()) <= _SHORT_WORDS
    return sentence.by_clinician or not short or sentence.is_question or bool(sentence.drugs)


def answer_to(sentences: Sequence[Sentence], at: int) -> bool | None:
    """Whether the question at `at` is answered with yes or no; None: with neither."""
    replies = replies_to(sentences, at)
    return polarity(replies[0].text) if replies else None
