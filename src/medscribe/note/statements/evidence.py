"""What a model claims to quote -> where it stands in the talk, or that it stands nowhere."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from medscribe.domain.note import Evidence, Statement
from medscribe.domain.privacy import PLACEHOLDER, MaskedUtterance
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.note.statements.critical import critical_of, is_negation, means_alike
from medscribe.note.statements.folding import FoldedText, fold

LEAST_SIMILARITY = 0.85
"""Below it a quote counts as not found. See the table in docs/engines/language_model.md."""

_NEIGHBOURS = 2
"""Utterances to each side in which a quote of any length is looked for: models miscount by one."""

_WORDS_ELSEWHERE = 3
"""Words from which on a quote is looked for in the whole talk: "yes" stands everywhere."""

_WORDS_FUZZY = 3
_SAME_WORDS = 0.99
"""Similarity of a quote that differs in case, punctuation or the spelling of numbers only."""

_MOST_ALIKE = 0.98
_SLACK_WORDS = 3
_SLACK_PERCENT = 25
_WORDS_BEFORE = 3
_LINE_HEAD = re.compile(r"\A\s*(?:\[u?\d+\]\s*)?(?:[A-Z][A-Z0-9_]*:\s+)?")
_SENTENCE_END = re.compile(r"[.?!;]")


class QuoteLookup:
    """Looks up quotes in one talk; reads each utterance once."""

    def __init__(self, utterances: Sequence[MaskedUtterance]) -> None:
        self._utterances = utterances
        self._index = {utterance.id: at for at, utterance in enumerate(utterances)}
        self._folded: dict[int, FoldedText] = {}

    def locate(self, quote: str, *, near: str | None = None) -> Evidence:
        """See `locate_quote`."""
        claimed = quote[_end_of_line_head(quote) :].strip()
        wanted = fold(claimed)
        if wanted.words:
            for search in (self._exact, self._same_words, self._similar):
                found = search(claimed, wanted, near)
                if found is not None:
                    return found
        return Evidence(utterance_id=near or "", quote=quote, span=None, similarity=0)

    def _exact(self, quote: str, wanted: FoldedText, near: str | None) -> Evidence | None:
        for at in self._places(near, len(wanted.words)):
            span = _span_of(quote, self._utterances[at].text)
            if span:
                return self._evidence(at, span, 1.0)
        return None

    def _same_words(self, quote: str, wanted: FoldedText, near: str | None) -> Evidence | None:
        for at in self._places(near, len(wanted.words)):
            span = self._fold(at).find(wanted)
            if span:
                return self._evidence(at, span, self._same_as(quote, at, span))
        return None

    def _similar(self, quote: str, wanted: FoldedText, near: str | None) -> Evidence | None:
        if len(wanted.words) < _WORDS_FUZZY:
            return None
        best: tuple[float, int, TextSpan] | None = None
        for at in self._places(near, len(wanted.words)):
            found = _best_stretch(wanted, self._fold(at))
            if found is None or (best and found[0] <= best[0]):
                continue
            if _means_the_same(quote, self._utterances[at].text, found[1]):
                best = (found[0], at, found[1])
            if best and at == self._index.get(near or ""):
                break
        if best is None:
            return None
        similarity, at, span = best
        return self._evidence(at, span, min(similarity, _MOST_ALIKE))

    def _places(self, near: str | None, words: int) -> Iterator[int]:
        """Utterances to look in: the one named, its neighbours, then all by distance."""
        named = self._index.get(near or "")
        if named is None:
            yield from range(len(self._utterances)) if words >= _WORDS_ELSEWHERE else ()
            return
        reach = len(self._utterances) if words >= _WORDS_ELSEWHERE else _NEIGHBOURS
        yield named
        for distance in range(1, reach + 1):
            for at in (named - distance, named + distance):
                if 0 <= at < len(self._utterances):
                    yield at

    def _fold(self, at: int) -> FoldedText:
        if at not in self._folded:
            self._folded[at] = fold(self._utterances[at].text)
        return self._folded[at]

    def _same_as(self, quote: str, at: int, span: TextSpan) -> float:
        said = self._utterances[at].text[span.start : span.end]
        return 1.0 if said == quote else _SAME_WORDS

    def _evidence(self, at: int, span: TextSpan, similarity: float) -> Evidence:
        utterance = self._utterances[at]
        said = utterance.text[span.start : span.end]
        return Evidence(utterance_id=utterance.id, quote=said, span=span, similarity=similarity)


def locate_quote(
    quote: str, utterances: Sequence[MaskedUtterance], *, near: str | None = None
) -> Evidence:
    """Where `quote` stands in the masked talk; `near` is the id of the utterance that is named.

    Looked for letter for letter, then by words without case and punctuation, then by likeness
    (`LEAST_SIMILARITY`); each first in that utterance, then in its neighbours, then everywhere.
    What is merely alike must have the same numbers, units, negations, sides and drugs. The
    evidence quotes what was really said; `similarity` tells how near the claim came to it. A quote
    that is not found keeps its claimed words, without a span.
    """
    return QuoteLookup(utterances).locate(quote, near=near)


def located(evidence: Evidence, lookup: QuoteLookup) -> Evidence:
    """The evidence looked up anew; what was found by likeness never becomes surer by that."""
    found = lookup.locate(evidence.quote, near=evidence.utterance_id)
    if found.span is None or evidence.span is None:
        return found
    return found.model_copy(update={"similarity": min(found.similarity, evidence.similarity)})


def times_of(statement: Statement, utterances: Sequence[MaskedUtterance]) -> tuple[TimeSpan, ...]:
    """Where to listen to what a statement rests on: seconds, in order, overlapping ones joined.

    Utterances whose quotes were found and whose time is known; () where there are none.
    """
    quoted = {each.utterance_id for each in statement.evidence if each.span is not None}
    spans = [each.span for each in utterances if each.id in quoted and each.span is not None]
    joined: list[TimeSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and span.start <= joined[-1].end:
            end = max(span.end, joined[-1].end)
            joined[-1] = TimeSpan(start=joined[-1].start, end=end)
        else:
            joined.append(span)
    return tuple(joined)


def _end_of_line_head(quote: str) -> int:
    """A model may copy a line from its beginning: `[u12] PATIENT: my knee`."""
    match = _LINE_HEAD.match(quote)
    return match.end() if match else 0


def _span_of(quote: str, text: str) -> TextSpan | None:
    """Whole words only, no part of a number ("10" in "10.5") and none of a placeholder."""
    start = text.find(quote)
    while start >= 0:
        span = TextSpan(start=start, end=start + len(quote))
        if not _cuts(text, span.start) and not _cuts(text, span.end):
            return span
        start = text.find(quote, start + 1)
    return None


def _cuts(text: str, at: int) -> bool:
    if at in (0, len(text)):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if re.match(r"\d[.,:/]\d", text[max(0, at - 2) : at + 1]) or re.match(
        r"\d[.,:/]\d", text[at - 1 : at + 2]
    ):
        return True
    if before.isalpha() and re.match(r"['’][a-z]", text[at : at + 2], re.IGNORECASE):
        return True
    return any(match.start() < at < match.end() for match in PLACEHOLDER.finditer(text))


def _best_stretch(wanted: FoldedText, said: FoldedText) -> tuple[float, TextSpan] | None:
    """The words of `said` most like those wanted, where they are alike enough."""
    if not said.words:
        return None
    floor = LEAST_SIMILARITY * 100
    quote, text = wanted.joined, said.joined
    rough = fuzz.partial_ratio_alignment(quote, text, score_cutoff=floor - _SLACK_PERCENT)
    if rough is None:
        return None
    first, last = said.word_at(rough.dest_start), said.word_at(max(0, rough.dest_end - 1))
    best: tuple[float, TextSpan] | None = None
    for begin in range(max(0, first - _SLACK_WORDS), min(first + 2, len(said.words))):
        for end in range(max(begin, last - 1), min(last + _SLACK_WORDS + 1, len(said.words))):
            score = fuzz.ratio(quote, " ".join(said.words[begin : end + 1]), score_cutoff=floor)
            if score and (best is None or score / 100 > best[0]):
                best = (score / 100, said.span(begin, end))
    return best


def _means_the_same(quote: str, text: str, span: TextSpan) -> bool:
    """Whether what must not differ is the same, a negation right before the stretch included."""
    if not means_alike(quote, text[span.start : span.end]):
        return False
    if critical_of(quote).denied:
        return True
    before = _SENTENCE_END.split(text[: span.start])[-1].lower()
    return not any(is_negation(word) for word in before.split()[-_WORDS_BEFORE:])
