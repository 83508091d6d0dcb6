"""Dialogues with known names, masked four times -> recall of names, false masks, injected gold."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from medscribe.domain.privacy import PiiKind
from medscribe.domain.transcript import Utterance
from medscribe.evaluation.deidentification.injection.carriers import FORMS
from medscribe.evaluation.deidentification.injection.inject import inject
from medscribe.evaluation.deidentification.injection.renamed import renamed
from medscribe.evaluation.deidentification.masked_stretches import MaskedAway, Stretch
from medscribe.evaluation.deidentification.named_visits import NamedVisit, introduced, tagged
from medscribe.evaluation.deidentification.scoring import Tally, excerpt, share
from medscribe.evaluation.deidentification.tagged_texts import TaggedVisit

LONG_VISIT_WORDS = 4_500
"""Words of about 30 minutes of talk."""

Mask = Callable[[Sequence[Utterance]], MaskedAway]


@dataclass
class _Masks:
    """Name masks in dialogues as they are, over none of the known names.

    `unlabelled` are all, `introduced` those of people whom a title or "I'm" names.
    """

    unlabelled: int = 0
    introduced: int = 0
    false: int = 0
    false_certain: int = 0
    other_kinds: Counter[str] = field(default_factory=Counter)


@dataclass
class NamedDialogues:
    """Masks every dialogue as it is, with other names, and with identifiers injected."""

    mask: Mask
    seed: int
    as_they_are: Tally = field(default_factory=Tally)
    other_names: Tally = field(default_factory=Tally)
    masks: _Masks = field(default_factory=_Masks)
    falsely_masked: list[str] = field(default_factory=list)
    long_visit: list[Utterance] = field(default_factory=list)

    def judge(self, visit: NamedVisit) -> Iterator[tuple[TaggedVisit, MaskedAway]]:
        """The dialogue as it is, then with injected identifiers, each with what masking did.

        The run with other names goes into `figures` only: its names are made up, and counting
        them would hide how the dialogue's own fare.
        """
        plain = tagged(visit)
        away = self.mask(plain.utterances)
        self.as_they_are.add(plain, away)
        self._count_masks(plain, away)
        yield plain, away
        if visit.names:
            other = renamed(visit, self._chance(visit, "names"))
            self.other_names.add(other, self.mask(other.utterances))
        for form in FORMS:
            injected = inject(visit.utterances, form, self._chance(visit, form))
            yield injected, self.mask(injected.utterances)
        if sum(len(turn.text.split()) for turn in self.long_visit) < LONG_VISIT_WORDS:
            self.long_visit.extend(visit.utterances)

    def figures(self) -> dict[str, Any]:
        """{patient_names, other_names, long_visit}."""
        visits, masks = self.as_they_are.visits, self.masks
        return {
            "patient_names": {
                **_recalls(self.as_they_are),
                "visits": visits,
                "unlabelled_masks_per_visit": masks.unlabelled / visits if visits else None,
                "introduced_masks_per_visit": masks.introduced / visits if visits else None,
                "false_masks_per_visit": masks.false / visits if visits else None,
                "false_certain_masks_per_visit": masks.false_certain / visits if visits else None,
                "other_kinds_masked": dict(sorted(masks.other_kinds.items())),
            },
            "other_names": _recalls(self.other_names),
            "long_visit": self._long_visit(),
        }

    def _chance(self, visit: NamedVisit, purpose: str) -> Random:
        return Random(f"{self.seed}:{purpose}:{visit.name}")  # noqa: S311 - a benchmark's dice

    def _count_masks(self, visit: TaggedVisit, away: MaskedAway) -> None:
        names: list[Stretch] = []
        for stretch in away.stretches:
            known = any(
                gold.utterance == stretch.utterance and gold.span.overlaps(stretch.span)
                for gold in visit.gold
            )
            if stretch.kind is not PiiKind.NAME:
                self.masks.other_kinds[stretch.kind.value] += 1
            elif not known:
                names.append(stretch)
        places = [(stretch.utterance, stretch.span) for stretch in names]
        titled = introduced(visit.utterances, places)
        false = [stretch for index, stretch in enumerate(names) if index not in titled]
        self.masks.unlabelled += len(names)
        self.masks.introduced += len(titled)
        self.masks.false += len(false)
        self.masks.false_certain += sum(stretch.certain for stretch in false)
        for stretch in false:
            tier = "certain" if stretch.certain else "uncertain"
            text = visit.utterances[stretch.utterance].text
            self.falsely_masked.append(f"unlabelled NAME {tier} {excerpt(text, stretch.span)}")

    def _long_visit(self) -> dict[str, Any]:
        """CPU seconds that masking a visit of about 30 minutes takes on one core."""
        utterances = [
            turn.model_copy(update={"id": f"u{number}"})
            for number, turn in enumerate(self.long_visit, start=1)
        ]
        start = time.process_time()
        self.mask(utterances)
        seconds = time.process_time() - start
        return {"words": sum(len(turn.text.split()) for turn in utterances), "seconds": seconds}


def _recalls(tally: Tally) -> dict[str, Any]:
    return {
        "mentions": len(tally.gold),
        "recall": share([one.hidden for one in tally.gold]),
        "certain_recall": share([one.certainly for one in tally.gold]),
    }
