"""A turn of talk -> its sentences, also where a recogniser gave no punctuation.

Punctuated text is cut at its full stops, question and exclamation marks; a long stretch without
any is cut by a small linear model of the words around each gap (see its model card).
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from medscribe.clinical.linear import load_weights
from medscribe.domain.spans import TextSpan

# Words after which a full stop ends no sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:dr|mr|mrs|ms|st|vs|e\.g|i\.e|etc|approx)|\b[a-z])\Z", re.I)
# "No. 3", but not "No. I had a headache."
_NUMERO = re.compile(r"\bno\.(?= *\d)", re.I)
_END = re.compile(r"(?:\.{2,}|[.?!])+[\"')]*(?=\s|\Z)")
_WORD = re.compile(r"<[A-Z][A-Z0-9_:]*>|[^\s]+")
# Stretches of fewer words are left whole: half a clause helps nobody.
_LONG_STRETCH_WORDS = 10
_SHORTEST_CUT_WORDS = 3
# Words before a gap, then words that open a sentence wherever they stand after them: "... okay so
# for your second problem". Not "is that okay", "feeling alright".
_HELD_TOGETHER = (
    "right|just|by|until|from|even|up|here|is|are|was|be|doing|that|feel|feeling|pretty|you|looks|look|going|everything|it|so|and|of|if"
    "|when|because|think|like|see|but|with|in|to|for|the|at|know|where|says|hear|or"
    "|can|could|should|will|would|may|must|please|not"
)
_OPENERS = (
    "okay|alright",
    "(?:so |now |and )?for (?:your|the|his|her) (?:first|second|third|next|last|other)",
    "(?:so|now) (?:for|let's|on|let|your|the|his|her|with) ",
    "there (?:is|are|was|were) ",
    "now (?!and|that|but)",
    "let me (?:go|do|take|check|see|look|listen|examine)",
    "i do (?:appreciate|not appreciate|notice|hear) ",
    "(?:you are|there is) (?:positive|negative) (?:for|to) ",
    r"on (?:your|the) \w+ exam",
    "your (?:lungs|heart|abdomen|neck|extremities|reflexes|sensation|strength) ",
    "(?:have|has|did|do|does|are|is|were|was|can) (?:you|it|your|that|the) ",
)
_OPENS_SENTENCE = re.compile(rf"(?!(?:{_HELD_TOGETHER}) )[^ ]+ (?:{'|'.join(_OPENERS)})")
# Probability above which a gap is a boundary; best notes in cross-validation, see the model card.
BOUNDARY_THRESHOLD = 0.28


def split_sentences(text: str) -> list[TextSpan]:
    """Sentences of `text`, in order, without the white space around them.

    Every word of the text is in exactly one sentence. A placeholder is never cut.
    """
    return [piece for stretch in _punctuated(text) for piece in _cut_long_stretch(text, stretch)]


def _punctuated(text: str) -> Iterator[TextSpan]:
    start = 0
    for match in _END.finditer(text):
        if match.group() == "." and (
            _ABBREVIATION.search(text, start, match.start())
            or _NUMERO.match(text, max(0, match.start() - 2))
        ):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[TextSpan]:
    piece = text[start:end]
    inside = piece.strip()
    if inside:
        at = start + piece.index(inside[0])
        yield TextSpan(start=at, end=at + len(inside))


def _cut_long_stretch(text: str, stretch: TextSpan) -> Iterator[TextSpan]:
    words = list(_WORD.finditer(text, stretch.start, stretch.end))
    if len(words) < _LONG_STRETCH_WORDS or _has_inner_punctuation(words):
        yield stretch
        return
    tokens = [match.group().lower().strip(",;:.") for match in words]
    begin = 0
    weights = _boundary_weights()
    for gap in range(1, len(words)):
        if gap - begin < _SHORTEST_CUT_WORDS:
            continue
        opens = _OPENS_SENTENCE.match(" ".join(tokens[gap - 1 : gap + 4]))
        if opens or boundary_probability(tokens, gap, weights) > BOUNDARY_THRESHOLD:
            yield TextSpan(start=words[begin].start(), end=words[gap - 1].end())
            begin = gap
    yield TextSpan(start=words[begin].start(), end=stretch.end)


def _has_inner_punctuation(words: list[re.Match[str]]) -> bool:
    """A sentence that was punctuated by somebody: commas at the rate of written talk."""
    commas = sum(match.group().endswith((",", ";")) for match in words)
    ends = words[-1].group().endswith((".", "?", "!"))
    return commas * 25 >= len(words) or (ends and len(words) < 40)


def gap_features(tokens: list[str], gap: int) -> list[str]:
    """What the model sees of the gap before `tokens[gap]` (lower-case words)."""

    def token(at: int) -> str:
        return tokens[at] if 0 <= at < len(tokens) else "#"

    before, after = token(gap - 1), token(gap)
    return [
        f"b {before}",
        f"a {after}",
        f"bb {token(gap - 2)} {before}",
        f"aa {after} {token(gap + 1)}",
        f"ab {before} {after}",
        f"b2 {token(gap - 2)}",
        f"a2 {token(gap + 1)}",
        f"aaa {after} {token(gap + 1)} {token(gap + 2)}",
    ]


def boundary_probability(tokens: list[str], gap: int, weights: Mapping[str, float]) -> float:
    """How likely a sentence ends before `tokens[gap]`, 0..1."""
    score = weights.get("", 0.0) + sum(weights.get(name, 0.0) for name in gap_features(tokens, gap))
    return 1 / (1 + math.exp(-score))


@cache
def _boundary_weights() -> Mapping[str, float]:
    return load_weights(files("medscribe.clinical") / "models" / "sentence_boundaries.npz")
