"""What an answer says beyond its yes or no: what it names, what it takes back, what it adds."""

import re

from medscribe.clinical.allergens import find_substances
from medscribe.clinical.drugs import find_drugs
from medscribe.note.reading.questions import Polarity, exception_in, is_bare_answer, is_fragment
from medscribe.note.reading.symptom_polarity import symptoms_told
from medscribe.note.reading.systems import symptoms_in

_OF_ALLERGIES = re.compile(r"\ballerg(?:y|ies|ic)\b", re.IGNORECASE)
_OF_MEDICINES = re.compile(
    r"\b(?:medications?|medicines?|meds|drugs|pills|supplements|vitamins|prescriptions?"
    r"|over the counter|tak(?:e|ing) (?:any|some)thing|inhalers?)\b",
    re.IGNORECASE,
)
_OF_OTHER_DRUGS = re.compile(r"\b(?:recreational|illicit|illegal|street|iv) drugs?\b", re.I)
# "you have not brought up any blood?", "no fever?": "yes" to it may mean either.
_NEGATIVE_QUESTION = re.compile(
    r"\A(?:(?:and|so|but|okay|ok|then|um|uh)[ ,]+)*"
    r"(?:no |denies|not |(?:you|it|there|that) (?:have|do|did|are|were|is"
    r"|has|does|can|would) not\b|you have no |(?:have|do|did|are|is|has|does|were) (?:you|it|not)"
    r" not\b|(?:have|do|did|are|is|has|does|were) not )",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(r"\b(?:correct|right|exactly|that is it)\b")
_LIMITS = re.compile(
    r"\b(?:just|only|except|unless|besides|other than|apart from|although|though|however)\b"
)
# "no trouble" to "are you sleeping okay?" is no "no".
_NO_TROUBLE = re.compile(r"\A[\s,.]*no (?:real |big )?(troubl|issu|problem|difficult|complain)")
# "no, i have not heard of that", "no ... i am not sure" answer another question.
_NOT_KNOWN = re.compile(
    r"\b(?:not (?:specifically |really |quite |too )?(?:sure|certain)|do not (?:know|remember)"
    r"|cannot (?:remember|recall|say)|(?:never|not) heard of|no idea)\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\d|\b(?:pack|day|daily|week|month|year|night|morning|evening|once|twice|times|half)\b"
)
# "just been taking tylenol", "i, um, insulin"
_TAKING = re.compile(
    r"\A(?:just |only )?(?:i,? )?(?:(?:have |am )?(?:been |currently )*(?:taking|on|using) "
    r"|(?!(?:am|have|take|do|did|was|had|use|get|got|used|took|can|just|also|only)\b|\w+ed\b))"
)
# "no, just latex" names latex; so written once "just" is gone, it is still no denial of it.
_BUT = re.compile(r"\A(?:no|nope|none|nothing)\b[ ,.]*(?:just|only|but|except(?: for)?)? *", re.I)
_LONGEST_OCCASION_WORDS = 9


def polarity_is_open(question: str, said: str, polarity: Polarity | None, rest: str) -> bool:
    """Whether it stays open what a yes or no to `question` means.

    `said` is the sentence with the answer, `rest` what the same turn says after it: a no that is
    limited ("no, only when i walk") or taken back ("no. well, i had a headache") denies nothing.
    """
    if polarity is Polarity.YES:
        negative = _NEGATIVE_QUESTION.match(question)
        return bool(negative) and not _CONFIRMS.search(said)
    if polarity is None:
        return False
    trouble = _NO_TROUBLE.match(said)
    if trouble and trouble.group(1) not in question.lower():
        return True
    if _NOT_KNOWN.search(f"{said} {rest}"):
        return True
    if _LIMITS.search(said) and exception_in(said) is None:
        return True
    asked = {_stem(name) for name in symptoms_in(question)}
    return any(_stem(told.symptom) in asked for told in symptoms_told(rest) if not told.denied)


def _stem(symptom: str) -> str:
    return symptom.removesuffix("s").removesuffix("e")


def has_specific_clause(question: str, answer: str) -> bool:
    """Whether `answer` says in a clause of its own what the question asks in general: "allergic to
    any medications?" - "i am allergic to penicillin"."""
    return not is_fragment(answer) and bool(_named(question, answer))


def named_statement(question: str, answer: str, polarity: Polarity | None) -> str | None:
    """ "any allergies?" - "yes, penicillin" -> "you are allergic to penicillin"; the same for
    medicines. None where the answer names nothing, is a clause, or begins with no."""
    answer = _TAKING.sub("", _BUT.sub("", answer) if polarity is None else answer)
    if polarity is Polarity.NO or not answer or not is_fragment(answer):
        return None
    form = _named(question, answer)
    return f"{form} {answer.strip(' .,')}" if form else None


def _named(question: str, answer: str) -> str | None:
    if _OF_ALLERGIES.search(question):
        return "you are allergic to" if find_substances(answer) else None
    if _OF_MEDICINES.search(question) and not _OF_OTHER_DRUGS.search(question):
        return "you take" if find_drugs(answer) else None
    return None


def with_occasion(statement: str, answer: str) -> str:
    """ "you smoke" - "yes, about a pack a day" -> "you smoke, about a pack a day": how much and how
    often is never lost with the answer it came in."""
    added = answer.strip(" .,")
    if is_bare_answer(added) or not is_fragment(added) or not _OCCASION.search(added):
        return statement
    short = len(added.split()) <= _LONGEST_OCCASION_WORDS
    return f"{statement}, {added}" if short and added not in statement else statement
