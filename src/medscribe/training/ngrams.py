"""Sentences + general word frequencies -> a trigram language model, written in ARPA form.

Absolute discounting with interpolation, lower orders from continuation counts (Kneser and Ney
1995), so that "pressure" is likely after "blood" and not everywhere. Word frequencies are mixed
with general English ones, so that a word the corpora lack can still be heard.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

START, END = "<s>", "</s>"
UNKNOWN = "<unk>"
"""Stands in a sentence for a word that the model shall not learn; nothing is counted across it."""

ORDER = 3
DISCOUNT = 0.75
_LEAST = 1e-4

Gram = tuple[str, ...]
"""One to three words; all but the last are the history of the last."""


@dataclass(frozen=True)
class Pruning:
    """Counts below which an n-gram is left to its shorter form; `clinic`: weight of the corpora."""

    pairs: int = 2
    triples: int = 3
    clinic: float = 0.9


@dataclass(frozen=True)
class Trigrams:
    """Share of each listed word after its history; `backoffs`: factor of what is not listed."""

    shares: Mapping[Gram, float]
    backoffs: Mapping[Gram, float] = field(default_factory=dict)

    def share(self, gram: Gram) -> float:
        """P(last word | words before it)."""
        listed = self.shares.get(gram)
        if listed is not None or len(gram) == 1:
            return listed or 0.0
        return self.backoffs.get(gram[:-1], 1.0) * self.share(gram[1:])

    def write_arpa(self, path: Path) -> None:
        """ARPA text: log10 of shares and back-off factors."""
        orders = [_lines(self.shares, self.backoffs, order) for order in range(1, ORDER + 1)]
        with path.open("w", encoding="utf-8") as file:
            file.write("\\data\\\n")
            for order, lines in enumerate(orders, start=1):
                file.write(f"ngram {order}={len(lines)}\n")
            for order, lines in enumerate(orders, start=1):
                file.write(f"\n\\{order}-grams:\n")
                file.writelines(lines)
            file.write("\n\\end\\\n")


def estimate(
    sentences: Iterable[list[str]], general: Mapping[str, float], pruning: Pruning
) -> Trigrams:
    """The model of `sentences`; its vocabulary is theirs and that of `general` (word -> share)."""
    pairs, triples = _counts(sentences)
    continuing: Counter[Gram] = Counter(key[1:] for key in triples)
    # Nothing stands before the start of a sentence, so there plain counts say more.
    continuing.update({key: count for key, count in pairs.items() if key[0] == START})
    words = _word_shares(pairs, general, pruning.clinic)
    kept = {key for key in continuing if pairs[key] >= pruning.pairs}
    lower = Trigrams(words)
    pair_shares = _discounted(kept, continuing, lower)
    lower = Trigrams({**words, **pair_shares}, _backoffs(pair_shares, lower))
    kept = {
        key
        for key, count in triples.items()
        if count >= pruning.triples and key[:2] in pair_shares and key[1:] in pair_shares
    }
    triple_shares = _discounted(kept, triples, lower)
    backoffs = _backoffs(triple_shares, lower)
    return Trigrams({**lower.shares, **triple_shares}, {**lower.backoffs, **backoffs})


def _counts(sentences: Iterable[list[str]]) -> tuple[Counter[Gram], Counter[Gram]]:
    """How often each pair and each triple of words occurs, sentence bounds included."""
    pairs: Counter[Gram] = Counter()
    triples: Counter[Gram] = Counter()
    for sentence in sentences:
        words = [START, *sentence, END]
        pairs.update(gram for gram in pairwise(words) if UNKNOWN not in gram)
        triples.update(
            gram for gram in zip(words, words[1:], words[2:], strict=False) if UNKNOWN not in gram
        )
    return pairs, triples


def _word_shares(
    pairs: Counter[Gram], general: Mapping[str, float], clinic: float
) -> dict[Gram, float]:
    """Share of each word: after how many others it stands here, mixed with general English."""
    before = Counter(second for _, second in pairs)
    vocabulary = before.keys() | general.keys()
    ours, theirs = before.total(), sum(general.values()) or 1.0
    shares = {
        (word,): clinic * before[word] / ours + (1 - clinic) * general.get(word, 0.0) / theirs
        for word in vocabulary
    }
    total = sum(shares.values())
    return {key: share / total for key, share in shares.items()}


def _discounted(
    kept: Iterable[Gram], counts: Mapping[Gram, int], lower: Trigrams
) -> dict[Gram, float]:
    """Shares of the kept n-grams: discounted counts, and what that spares by the lower order."""
    totals: Counter[Gram] = Counter()
    kinds: Counter[Gram] = Counter()
    for key, count in counts.items():
        totals[key[:-1]] += count
        kinds[key[:-1]] += 1
    shares = {}
    for key in kept:
        history = key[:-1]
        spared = DISCOUNT * kinds[history] / totals[history]
        shares[key] = (counts[key] - DISCOUNT) / totals[history] + spared * lower.share(key[1:])
    return shares


def _backoffs(shares: Mapping[Gram, float], lower: Trigrams) -> dict[Gram, float]:
    """For each history the factor that makes all words after it, listed or not, sum to one."""
    listed: Counter[Gram] = Counter()
    covered: Counter[Gram] = Counter()
    for key, share in shares.items():
        listed[key[:-1]] += share  # type: ignore[assignment]
        covered[key[:-1]] += lower.share(key[1:])  # type: ignore[assignment]
    return {
        history: max(1 - total, _LEAST) / max(1 - covered[history], _LEAST)
        for history, total in listed.items()
    }


def _lines(shares: Mapping[Gram, float], backoffs: Mapping[Gram, float], order: int) -> list[str]:
    """ARPA lines of one order, sorted; the start of a sentence is never predicted, only left."""
    keys = sorted(key for key in shares if len(key) == order)
    if order == 1:
        keys.insert(0, (START,))
    return [
        f"{_log10(shares.get(key, 0.0))}\t{' '.join(key)}"
        + (f"\t{_log10(backoffs.get(key, 1.0))}\n" if order < ORDER else "\n")
        for key in keys
    ]


def _log10(share: float) -> str:
    return f"{math.log10(share):.4f}" if share > 0 else "-99"
