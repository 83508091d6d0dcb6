"""Masked stretches against tagged identifiers -> recall, precision, F1, by type and tier."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from medscribe.domain.privacy import PiiKind
from medscribe.domain.spans import TextSpan
from medscribe.evaluation.deidentification.injection.spoken_numbers import LEAKS_NOTHING
from medscribe.evaluation.deidentification.masked_stretches import MaskedAway, Stretch
from medscribe.evaluation.deidentification.tagged_texts import Gold, TaggedVisit

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class JudgedGold:
    """`hidden`: no letter or digit of it can be read any more, `certainly`: not even where only
    certain masks stand. `touched`: a part of it is masked."""

    gold: Gold
    hidden: bool
    certainly: bool
    touched: bool
    excerpt: str


@dataclass(frozen=True)
class JudgedStretch:
    """`right`: it overlaps something tagged; `kind_right`: something tagged of its own kind."""

    stretch: Stretch
    right: bool
    kind_right: bool
    excerpt: str


@dataclass
class Tally:
    """Everything that was judged, visit by visit."""

    gold: list[JudgedGold] = field(default_factory=list)
    stretches: list[JudgedStretch] = field(default_factory=list)
    out_of_scope: Counter[str] = field(default_factory=Counter)
    finds: Counter[float] = field(default_factory=Counter)
    right_finds: Counter[float] = field(default_factory=Counter)
    visits: int = 0
    negatives: int = 0
    alarmed: int = 0
    masked: int = 0
    uncertain: int = 0

    def add(self, visit: TaggedVisit, away: MaskedAway) -> None:
        """Judges one visit. Stretches count as right or false in its judged utterances only."""
        self.visits += 1
        self.masked += len(away.stretches)
        self.uncertain += sum(not stretch.certain for stretch in away.stretches)
        texts = [utterance.text for utterance in visit.utterances]
        by_utterance = _by_utterance(visit.gold)
        self._add_gold(visit, away, texts)
        for stretch in away.stretches:
            if stretch.utterance in visit.judged:
                tagged = by_utterance.get(stretch.utterance, [])
                self.stretches.append(self._judged(stretch, tagged, texts))
        for find in away.finds:
            if find.utterance in visit.judged:
                score = round(find.score, 2)
                self.finds[score] += 1
                tagged = by_utterance.get(find.utterance, [])
                self.right_finds[score] += any(find.span.overlaps(gold.span) for gold in tagged)
        masked = {stretch.utterance for stretch in away.stretches}
        self.negatives += len(visit.negatives)
        self.alarmed += len(visit.negatives & masked)

    def _add_gold(self, visit: TaggedVisit, away: MaskedAway, texts: Sequence[str]) -> None:
        for gold in visit.gold:
            if gold.kind is None:
                self.out_of_scope[gold.label] += 1
                continue
            here = [one for one in away.stretches if one.utterance == gold.utterance]
            text = texts[gold.utterance]
            self.gold.append(
                JudgedGold(
                    gold=gold,
                    hidden=_hidden(text, gold, here),
                    certainly=_hidden(text, gold, [one for one in here if one.certain]),
                    touched=any(one.span.overlaps(gold.span) for one in here),
                    excerpt=excerpt(text, gold.span),
                )
            )

    def _judged(
        self, stretch: Stretch, tagged: Sequence[Gold], texts: Sequence[str]
    ) -> JudgedStretch:
        meant = [gold for gold in tagged if gold.span.overlaps(stretch.span)]
        return JudgedStretch(
            stretch=stretch,
            right=bool(meant),
            kind_right=any(gold.kind is stretch.kind for gold in meant),
            excerpt=excerpt(texts[stretch.utterance], stretch.span),
        )


def figures(tally: Tally) -> dict[str, Any]:
    """{recall, precision, f1, uncertain_share, hard_negative_false_alarm_rate, by_type, ...}.

    A rate is None where there was nothing to judge.
    """
    return {
        **_rates(tally.gold, tally.stretches),
        "touched_recall": share([one.touched for one in tally.gold]),
        "uncertain_share": tally.uncertain / tally.masked if tally.masked else None,
        "hard_negatives": tally.negatives,
        "hard_negative_false_alarm_rate": (
            tally.alarmed / tally.negatives if tally.negatives else None
        ),
        "by_type": _by_type(tally),
        "by_label": _by_label(tally.gold),
        "by_tier": {
            "certain": _rates(
                tally.gold, [one for one in tally.stretches if one.stretch.certain], certain=True
            ),
            "certain_and_uncertain": _rates(tally.gold, tally.stretches),
        },
        "calibration": [
            {"score": score, "finds": finds, "right": tally.right_finds[score] / finds}
            for score, finds in sorted(tally.finds.items())
        ],
        "out_of_scope": dict(sorted(tally.out_of_scope.items())),
    }


def by_form(gold: Iterable[JudgedGold]) -> dict[str, Any]:
    """Recall of injected identifiers, those written apart from those spoken."""
    forms: dict[str, list[JudgedGold]] = {}
    for one in gold:
        if one.gold.form is not None:
            forms.setdefault(one.gold.form, []).append(one)
    return {
        form: {
            "gold": len(judged),
            "recall": share([one.hidden for one in judged]),
            "certain_recall": share([one.certainly for one in judged]),
            "by_label": _by_label(judged),
        }
        for form, judged in sorted(forms.items())
    }


def share(values: Sequence[bool]) -> float | None:
    """How many of the values are true, 0..1; None of none."""
    return sum(values) / len(values) if values else None


def _hidden(text: str, gold: Gold, stretches: Sequence[Stretch]) -> bool:
    """Whether every word of the identifier lies in stretches: a leaked part is a leak.

    "two oh six dash um five five five" is hidden where only "dash um" can be read.
    """
    for match in _WORD.finditer(text, gold.span.start, gold.span.end):
        if gold.form == "spoken" and match.group().casefold() in LEAKS_NOTHING:
            continue
        for place in range(*match.span()):
            if not any(one.span.start <= place < one.span.end for one in stretches):
                return False
    return True


def excerpt(text: str, span: TextSpan) -> str:
    """The stretch in double brackets, with up to 40 characters on either side, on one line."""
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 40]
    return " ".join(f"{before}[[{text[span.start : span.end]}]]{after}".split())


def _by_utterance(gold: Iterable[Gold]) -> dict[int, list[Gold]]:
    grouped: dict[int, list[Gold]] = {}
    for one in gold:
        grouped.setdefault(one.utterance, []).append(one)
    return grouped


def _rates(
    gold: Sequence[JudgedGold], stretches: Sequence[JudgedStretch], *, certain: bool = False
) -> dict[str, float | None]:
    recall = share([one.certainly if certain else one.hidden for one in gold])
    precision = share([one.right for one in stretches])
    return {"recall": recall, "precision": precision, "f1": _f1(recall, precision)}


def _f1(recall: float | None, precision: float | None) -> float | None:
    if recall is None or precision is None:
        return None
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _by_type(tally: Tally) -> dict[str, Any]:
    """Per kind: recall of what is tagged so; precision of what is masked so."""
    rows: dict[str, Any] = {}
    for kind in PiiKind:
        gold = [one for one in tally.gold if one.gold.kind is kind]
        stretches = [one for one in tally.stretches if one.stretch.kind is kind]
        if gold or stretches:
            rows[kind.value] = {
                "gold": len(gold),
                **_rates(gold, stretches),
                "masked": len(stretches),
                "kind_right": share([one.kind_right for one in stretches]),
            }
    return rows


def _by_label(gold: Sequence[JudgedGold]) -> dict[str, Any]:
    labels: dict[str, list[JudgedGold]] = {}
    for one in gold:
        labels.setdefault(one.gold.label, []).append(one)
    return {
        label: {"gold": len(judged), "recall": share([one.hidden for one in judged])}
        for label, judged in sorted(labels.items())
    }
