"""Sentences of a visit -> all mentions of problems, questions taken together with their answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from medscribe.domain.findings import Assertion, Laterality, Temporality
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.domain.note import Evidence
from medscribe.note.findings.context.assertion import Stated, relative_in
from medscribe.note.findings.context.questions_asked import (
    Asked,
    affirms_all,
    asked_about,
    denies_only_named,
    denies_the_rest,
    polarity_of_reply,
    reply_to,
)
from medscribe.note.findings.context.scopes import scopes_of
from medscribe.note.findings.examination import examined
from medscribe.note.findings.mentions import Mention, mentions_in, side_taken_back
from medscribe.note.findings.onset import ASKS, onset_in_reply
from medscribe.note.findings.rule_tables import pattern
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.reading.questions import Polarity

# Recognisers write questions without their mark: "okay and any weakness in your legs".
_ANY = re.compile(r"\bany\b(?! of| time| (?:more |other )?questions)", re.IGNORECASE)
# Words that may stand beside the terms of a bare list: "okay coughing headache".
_FILLING = re.compile(
    r"(?:okay|ok|alright|and|or|so|um|uh|any|how|about|what|no|now|good|great|then|right|all|well"
    r"|in|your|the|with|of|that|like|maybe)\Z"
)
_NO_QUESTION = frozenset(["negated", "doubted", "possible", "hypothetical"])
_ADVICE = re.compile(r"\b(?:if|without|unless|whether|not|let me know|want|rule out)\b", re.I)
_LONGEST_LIST_WORDS = 9
# "tremors or numbness or-"
_BROKEN_OFF = re.compile(r"\bor\W*\Z", re.IGNORECASE)
# For how many turns "she" still means the relative who was named.
_RELATIVE_LASTS = 3
_ASKS_SIDE = re.compile(
    r"\bwhich (?:side|one|knee|shoulder|hip|ankle|foot|hand|arm|leg|ear|eye|wrist|elbow)\b"
    r"|\b(?:left or (?:the )?right|right or (?:the )?left)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(left|right|both)\b(?! (?:now|away|here|there|after))", re.IGNORECASE)
_KIN_REPLY = re.compile(r"\b(?:my|his|her|both) [a-z]+", re.IGNORECASE)


class _Talk:
    """The mentions found so far, in the order of the talk."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.examined = examined(sentences)
        self.found: list[Mention] = []
        self.planning = False
        self._relative: tuple[int, Stated] | None = None
        self.companions = any(s.companion for s in sentences)
        self.asks = [self._asks(at) for at in range(len(sentences))]

    def is_question(self, at: int) -> bool:
        sentence = self.sentences[at]
        if sentence.is_question or not sentence.by_clinician:
            return sentence.is_question
        if _BROKEN_OFF.search(sentence.text):
            return True
        asks_side = sentence.text.endswith("?") and bool(_ASKS_SIDE.search(sentence.text))
        return asks_side or _asks_any(sentence) or self._is_bare_list(at)

    def _is_bare_list(self, at: int) -> bool:
        """Whether sentence `at`, the last of its turn, is nothing but terms: a question in talk."""
        sentence = self.sentences[at]
        if at + 1 < len(self.sentences) and self.sentences[at + 1].utterance is sentence.utterance:
            return False
        words = sentence.text.lower().strip(" .,?").split()
        if len(words) > _LONGEST_LIST_WORDS or self.examined[at]:
            return False
        named = mentions_in(sentence, examined=False, planning=False, relative=None)
        covered = "".join(" " + sentence.text[m.start : m.end].lower() for m in named).split()
        beside = [w.strip(",.") for w in words if w.strip(",.") not in covered]
        return bool(named) and all(_FILLING.match(word) for word in beside)

    def named(self, at: int) -> list[Mention]:
        """What sentence `at` names, by its own words."""
        sentence = self.sentences[at]
        near = self._relative and sentence.position - self._relative[0] <= _RELATIVE_LASTS
        same = near and not self.companions
        return mentions_in(
            sentence,
            examined=self.examined[at],
            planning=self.planning,
            relative=self._relative[1] if same and self._relative else None,
        )

    def add(self, mentions: Sequence[Mention]) -> None:
        self.found += mentions

    def remember_relative(self, at: int) -> None:
        """ "my mother had it too. she ..." speaks of the mother again."""
        sentence = self.sentences[at]
        if relative_in(sentence.text) is None:
            return
        family = [s for s in scopes_of(sentence.text) if s.category == "family"]
        if family:
            stated = Stated(
                Assertion(experiencer=Experiencer.FAMILY), relative_in(family[-1].trigger)
            )
            self._relative = (sentence.position, stated)

    def _asks(self, at: int) -> bool:
        sentence = self.sentences[at]
        if not (sentence.by_clinician and self.is_question(at)):
            return False
        named = mentions_in(sentence, examined=False, planning=False, relative=None)
        return Asked.FOR_IT in _uses(sentence, named)


def _asks_any(sentence: Sentence) -> bool:
    """ "okay and any weakness"; not "there is no sign of any weakness"."""
    found = _ANY.search(sentence.text)
    if not found or _ADVICE.search(sentence.text):
        return False
    scopes = [s for s in scopes_of(sentence.text) if s.category in _NO_QUESTION]
    return not any(scope.start <= found.start() < scope.end for scope in scopes)


def mentions_of(sentences: Sequence[Sentence]) -> list[Mention]:
    """All that is asserted of problems, in the order of the talk.

    "any fever or chills?" "no." -> both negated; "just chills." -> chills affirmed, fever negated.
    A question that nobody answers gives nothing; what it takes as given ("how is your cough?") is
    told by it.
    """
    talk = _Talk(sentences)
    for at, sentence in enumerate(sentences):
        if sentence.by_clinician and pattern("assessment", "begins").search(sentence.text):
            talk.planning = True
        named = talk.named(at)
        talk.remember_relative(at)
        if not talk.is_question(at):
            talk.add(named)
            _take_back_side(talk, at, named)
        elif sentence.by_clinician:
            _asked(talk, at, named)
    return talk.found


def _uses(question: Sentence, named: Sequence[Mention]) -> list[Asked]:
    """What the question does with each term; in a list the ones before do not count."""
    text = question.text
    uses = []
    for mention in named:
        uses.append(asked_about(text, mention.start, mention.end))
        blank = " " * (mention.end - mention.start)
        text = text[: mention.start] + blank + text[mention.end :]
    return uses


def _asked(talk: _Talk, at: int, named: Sequence[Mention]) -> None:
    question = talk.sentences[at]
    uses = _uses(question, named)
    given = [m for m, use in zip(named, uses, strict=True) if use is Asked.GIVEN]
    talk.add([replace(m, addressed=False) for m in given if not m.concept.generic])
    wanted = [m for m, use in zip(named, uses, strict=True) if use is Asked.FOR_IT]
    replies = reply_to(talk.sentences, at, asks=talk.asks)
    if not replies:
        return
    if wanted:
        talk.add(_answered(question, wanted, replies, talk))
    _answer_of_when(talk, question, named, replies)
    if _ASKS_SIDE.search(question.text):
        _answer_of_side(talk, question, replies)


def _answered(
    question: Sentence, wanted: Sequence[Mention], replies: Sequence[Sentence], talk: _Talk
) -> list[Mention]:
    evidence = (question.evidence(), replies[0].evidence())
    named = {m.concept.name for reply in replies[:2] for m in _own_words(reply)}
    rest = [m for m in wanted if m.concept.name not in named]
    if _asks_of_family(wanted):
        return _of_family(rest, question, replies, evidence)
    if denies_only_named(question.text, replies):
        return []
    if named and denies_the_rest(replies):
        return [_told(m, negated=True, evidence=evidence) for m in rest]
    polarity = polarity_of_reply(question.text, replies)
    if polarity is Polarity.NO:
        return [_told(m, negated=True, evidence=evidence) for m in rest]
    if polarity is Polarity.YES and not named and (_is_one(wanted, talk) or affirms_all(replies)):
        return [_told(m, negated=m.assertion.negated, evidence=evidence) for m in rest]
    return []


def _own_words(reply: Sentence) -> list[Mention]:
    return mentions_in(reply, examined=False, planning=False, relative=None)


def _is_one(wanted: Sequence[Mention], talk: _Talk) -> bool:
    """Whether one thing only was asked, so that "yes" can mean nothing else."""
    utterance = wanted[0].evidence[0].utterance_id
    asking = [s for s, asks in zip(talk.sentences, talk.asks, strict=True) if asks]
    run = [s for s in asking if s.utterance.id == utterance]
    last = run[-1:] or []
    only = len({m.concept.name for m in wanted}) == 1
    return only and (len(run) == 1 or last[0].evidence() == wanted[0].evidence[0])


def _told(mention: Mention, *, negated: bool, evidence: tuple[Evidence, ...]) -> Mention:
    """`mention` of a question as its answer asserts it: for certain."""
    asked = mention.assertion
    answered = Assertion(negated=negated, temporality=_time(asked), experiencer=asked.experiencer)
    stated = replace(mention.stated, assertion=answered)
    return replace(mention, stated=stated, evidence=evidence, by_clinician=False, addressed=False)


def _time(asked: Assertion) -> Temporality:
    hypothetical = asked.certainty is Certainty.HYPOTHETICAL
    return Temporality.CURRENT if hypothetical else asked.temporality


def _asks_of_family(wanted: Sequence[Mention]) -> bool:
    return any(m.assertion.experiencer is Experiencer.FAMILY for m in wanted)


def _of_family(
    wanted: Sequence[Mention],
    question: Sentence,
    replies: Sequence[Sentence],
    evidence: tuple[Evidence, ...],
) -> list[Mention]:
    """ "any family history of colon cancer?" - "my father."."""
    kin = next((relative_in(r.text) for r in replies[:2] if _KIN_REPLY.search(r.text)), None)
    polarity = polarity_of_reply(question.text, replies)
    if polarity is None and not kin:
        return []
    one = len({m.concept.name for m in wanted}) == 1
    if polarity is not Polarity.NO and not one:
        return []
    told = [_told(m, negated=polarity is Polarity.NO, evidence=evidence) for m in wanted]
    return [
        replace(m, stated=replace(m.stated, relative=kin or m.stated.relative))
        if polarity is not Polarity.NO
        else m
        for m in told
    ]


def _answer_of_when(
    talk: _Talk, question: Sentence, named: Sequence[Mention], replies: Sequence[Sentence]
) -> None:
    if not ASKS.search(question.text):
        return
    when = onset_in_reply(replies[0].written, replies[0].utterance.text)
    names = {m.concept.name for m in named}
    at = _last(talk, lambda m: not names or m.concept.name in names)
    if when and at is not None:
        old = talk.found[at]
        evidence = (*old.evidence, question.evidence(), replies[0].evidence())
        talk.found[at] = replace(old, onset=when, evidence=tuple(dict.fromkeys(evidence)))


def _answer_of_side(talk: _Talk, question: Sentence, replies: Sequence[Sentence]) -> None:
    said = _SIDE.search(replies[0].text)
    at = _last(talk, lambda m: m.concept.sided)
    if said and at is not None:
        word = said.group(1).lower()
        side = Laterality.BILATERAL if word == "both" else Laterality(word)
        _set_side(talk, at, side, (question.evidence(), replies[0].evidence()))


def _take_back_side(talk: _Talk, at: int, named: Sequence[Mention]) -> None:
    """ "my left knee hurts. no, the right one." """
    side = side_taken_back(talk.sentences[at].text) if not named else None
    last = _last(talk, lambda m: m.side is not None)
    if side and last is not None:
        _set_side(talk, last, side, (talk.sentences[at].evidence(),))


def _set_side(talk: _Talk, at: int, side: Laterality, evidence: tuple[Evidence, ...]) -> None:
    old = talk.found[at]
    joined = tuple(dict.fromkeys((*old.evidence, *evidence)))
    talk.found[at] = replace(old, side=side, evidence=joined)


def _last(talk: _Talk, fits: Callable[[Mention], bool]) -> int | None:
    """The last affirmed mention that fits."""
    for at in range(len(talk.found) - 1, -1, -1):
        mention = talk.found[at]
        if fits(mention) and not mention.assertion.negated:
            return at
    return None
