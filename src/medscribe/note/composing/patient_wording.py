"""A statement about the patient -> a sentence to the patient, in plain words.

"He has hypertension and should weigh himself every day." -> "You have high blood pressure and
should weigh yourself every day." Tables: `patient.toml`, `plain_words.toml`.
"""

import re
from functools import cache

from medscribe.note.reading.agreement import is_adverb, is_known_verb, third_person
from medscribe.note.reading.casing import decapitalised
from medscribe.note.reading.subject import HE, SHE, Subject
from medscribe.note.rules import load_pattern, load_rules, read_table, reworded

_TOKEN = re.compile(r"<[A-Z][A-Z0-9_:]*>|[A-Za-z][\w'’-]*|\s+|.")
_PLACEHOLDER = r"<[A-Z][A-Z0-9_:]*>"
_VOWEL = re.compile(r"[aeio]|u(?!rin|ni|se)", re.IGNORECASE)
_FORMS = {"is": "are", "has": "have", "does": "do", "was": "were", "goes": "go"}
# "helped her walk": the word after "her" is what she does.
_DETERMINERS = (["the"], ["a"], ["an"], ["his"], ["her"], ["this"], ["that"], ["these"], ["it"])
_CAUSING = frozenset(["help", "helps", "helped", "let", "lets", "make", "makes", "made"])
_CLAUSE_ENDS = frozenset([".", ";", "that", "because", "when", "if", "to", "which", "who"])
_THE_PATIENT = re.compile(
    r"\b(?P<the>the) patient(?P<own>['’]s)?(?!\w|[ -](?:portal|education|handouts?|information))",
    re.IGNORECASE,
)


def patient_wording(text: str, subject: Subject) -> str:
    """`text` as one says it to the patient.

    Where "he" could be somebody else as well ("his father said that he ...") the pronouns stay:
    a sentence in the third person is better than one that says the wrong thing to the patient.
    """
    text = reworded(decapitalised(text), load_rules("patient"))
    text = with_plain_words(to_second_person(text, subject))
    return text[:1].upper() + text[1:]


def to_second_person(text: str, subject: Subject) -> str:
    """`text` with "you" for the patient; unchanged where it is open whom a pronoun means."""
    named = subject if subject.known else _they(text)
    if _somebody_else(text, named):
        return text
    return _Rewriting(text, named).done()


def with_plain_words(text: str) -> str:
    """`text` with the chart's terms in plain words; placeholders stay."""
    return _terms().sub(_plain, text)


def _they(text: str) -> Subject | None:
    """Pronouns of a patient whose sex is not known: "they" only beside "the patient"."""
    if not _THE_PATIENT.search(text):
        return None
    return Subject("they", "them", "their", "themselves")


def _somebody_else(text: str, subject: Subject | None) -> bool:
    """Whether another person is named before a pronoun that could mean either."""
    if subject is None:
        return False
    others = load_pattern("patient", "others").pattern
    for known, kin in ((HE, "he"), (SHE, "she")):
        if subject is known:
            others += "|" + load_pattern("patient", kin).pattern
    person = re.search(others, text, re.IGNORECASE)
    if not person:
        return False
    pronoun = re.compile(
        rf"\b(?:{subject.nominative}|{subject.objective}|{subject.possessive})\b", re.IGNORECASE
    )
    return bool(pronoun.search(text, person.end()))


class _Rewriting:
    """One sentence on its way to the second person."""

    def __init__(self, text: str, subject: Subject | None) -> None:
        text = _THE_PATIENT.sub(_patient_as_word, text)
        self._tokens = _TOKEN.findall(text)
        self._subject = subject
        self._done: list[str] = []

    def done(self) -> str:
        agree = governs = False
        for at, token in enumerate(self._tokens):
            word = token.lower()
            form = self._pronoun(at, word)
            if form is not None:
                self._done.append(form.capitalize() if token[0].isupper() else form)
                agree = governs = form == "you"
                continue
            if not token.isspace() and not is_adverb(word):
                joined = governs and self._after_and(at) and _is_inflected(word)
                self._done.append(_base_form(token) if agree or joined else token)
                agree = False
                governs = governs and word not in _CLAUSE_ENDS
            else:
                self._done.append(token)
        return "".join(self._done)

    def _pronoun(self, at: int, word: str) -> str | None:
        if word in ("patient-", "patient-'s"):
            return "your" if word.endswith("s") else "you"
        subject = self._subject
        if subject is None:
            return None
        if word == subject.objective == subject.possessive:
            return "your" if self._owned(at) else "you"
        table = {
            subject.nominative: "you",
            subject.objective: "you",
            subject.possessive: "your",
            subject.reflexive: "yourself",
        }
        return table.get(word)

    def _owned(self, at: int) -> bool:
        """Whether the word after "her" is what she owns."""
        words = [token.lower() for token in self._tokens if not token.isspace()]
        here = sum(not token.isspace() for token in self._tokens[:at])
        after = words[here + 1] if here + 1 < len(words) else ""
        caused = here > 0 and words[here - 1] in _CAUSING
        acts = caused and (is_known_verb(after) or words[here + 2 : here + 3] in _DETERMINERS)
        return (
            after[:1].isalpha()
            and not load_pattern("patient", "not_owned").fullmatch(after)
            and not acts
        )

    def _after_and(self, at: int) -> bool:
        before = [token.lower() for token in self._tokens[max(0, at - 2) : at]]
        return bool(before) and before[0] in ("and", "or", "but")


def _patient_as_word(match: re.Match[str]) -> str:
    """One word for "the patient", so that it is replaced as a pronoun is."""
    word = "Patient-" if match["the"][0].isupper() else "patient-"
    return word + "'s" if match["own"] else word


def _is_inflected(word: str) -> bool:
    return word in _FORMS or (word.endswith("s") and is_known_verb(_base_form(word)))


def _base_form(word: str) -> str:
    """ "takes" -> "take", "is" -> "are"; past forms and modals stay."""
    if word in _FORMS:
        return _FORMS[word]
    if not word.endswith("s") or word.endswith("ss"):
        return word
    bases = [word[:-1], word[:-2], word[:-3] + "y" if word.endswith("ies") else word[:-1]]
    for base in bases:
        if is_known_verb(base) and third_person(base) == word:
            return base
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ses", "shes", "ches", "xes", "zes", "oes")) else word[:-1]


@cache
def _table() -> dict[str, str]:
    words = read_table("plain_words")["words"]
    assert isinstance(words, dict)
    return {str(term).casefold(): str(plain) for term, plain in words.items()}


@cache
def _terms() -> re.Pattern[str]:
    terms = "|".join(re.escape(term) for term in sorted(_table(), key=len, reverse=True))
    return re.compile(
        rf"{_PLACEHOLDER}|(?<![\w-])(?P<article>an? )?(?P<term>{terms})(?![\w-])", re.IGNORECASE
    )


def _plain(match: re.Match[str]) -> str:
    term = match["term"]
    if term is None:
        return match.group()
    plain = _table()[term.casefold()]
    article = match["article"] or ""
    if article:
        wanted = "an " if _VOWEL.match(plain) else "a "
        article = wanted.capitalize() if article[0].isupper() else wanted
    elif match.group()[0].isupper() and match.start() == 0:
        plain = plain[0].upper() + plain[1:]
    return article + plain
