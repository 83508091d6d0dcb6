"""Folders of tagged texts and of dialogues -> how well identifiers are masked."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.deidentification.masked_stretches import MaskedAway, masked_away
from medscribe.evaluation.deidentification.named_dialogues import NamedDialogues
from medscribe.evaluation.deidentification.named_visits import dialogue_files, read_named_visits
from medscribe.evaluation.deidentification.scoring import Tally, by_form, figures
from medscribe.evaluation.deidentification.tagged_texts import (
    TaggedTexts,
    TaggedVisit,
    is_query_file,
    is_span_file,
    read_queries,
    read_spans,
)
from medscribe.privacy.detector import PiiDetector

_BRIEF = ("recall", "precision", "f1", "uncertain_share", "hard_negative_false_alarm_rate")

Show = Callable[[str], None]
"""Takes one line about something missed or wrongly masked."""


class _Sources(NamedTuple):
    """What a folder holds."""

    queries: list[Path]
    spans: list[Path]
    dialogues: list[Path]


@dataclass
class Masking:
    """Masks visits and adds up the seconds that takes."""

    detectors: Sequence[PiiDetector]
    seconds: float = 0.0

    def __call__(self, utterances: Sequence[Utterance]) -> MaskedAway:
        start = time.perf_counter()
        away = masked_away(utterances, self.detectors)
        self.seconds += time.perf_counter() - start
        return away


@dataclass
class _Result:
    """Tallies of all texts and of each file."""

    total: Tally = field(default_factory=Tally)
    by_source: dict[str, Tally] = field(default_factory=dict)

    def add(self, source: str, visit: TaggedVisit, away: MaskedAway) -> None:
        self.total.add(visit, away)
        self.by_source.setdefault(source, Tally()).add(visit, away)


def evaluate_deid(
    data: Path,
    detectors: Sequence[PiiDetector],
    *,
    splits: Sequence[str] = (),
    seed: int = 0,
    show: Show | None = None,
) -> dict[str, Any]:
    """{texts, recall, precision, f1, uncertain_share, hard_negative_false_alarm_rate, by_type, ...}

    `data` is a file or a folder, of which what lies directly in it and one level below is read.
    Tagged texts are masked one by one. A dialogue is masked as one visit, four times: as it is,
    with other names, with identifiers injected in writing, and with identifiers spoken. `show`
    is told what was missed and what was masked wrongly, in the words of the corpus. Raises
    `InputError` where nothing of a known form is found.
    """
    sources = _sources(data, splits)
    masking, result = Masking(detectors), _Result()
    tagged = _tagged_texts(sources)
    for name, texts in tagged:
        for visit in texts.visits:
            result.add(name, visit, masking(visit.utterances))
    dialogues = NamedDialogues(masking, seed)
    for path in sources.dialogues:
        for named in read_named_visits(path):
            for visit, away in dialogues.judge(named):
                result.add(path.name, visit, away)
    if show is not None:
        _show(result.by_source, dialogues.falsely_masked, show)
    return {
        "texts": result.total.visits,
        **figures(result.total),
        **({"by_form": by_form(result.total.gold)} if sources.dialogues else {}),
        **(dialogues.figures() if sources.dialogues else {}),
        **_remarks(tagged),
        "by_source": {name: _brief(tally) for name, tally in result.by_source.items()},
        "seconds": masking.seconds,
    }


def _sources(data: Path, splits: Sequence[str]) -> _Sources:
    if data.is_file():
        found = _Sources(
            queries=[data] if is_query_file(data) else [],
            spans=[data] if is_span_file(data) else [],
            dialogues=[data] if data.suffix.casefold() == ".csv" else [],
        )
    elif data.is_dir():
        folders = [data, *sorted(path for path in data.iterdir() if path.is_dir())]
        files = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
        found = _Sources(
            queries=[path for path in files if is_query_file(path)],
            spans=[path for path in files if is_span_file(path)],
            dialogues=_dialogues(folders, splits),
        )
    else:
        raise InputError("There is no file or folder of data at that path: check the path.")
    if not any(found):
        raise InputError(
            "Nothing to mask was found: name tagged queries (txt), tagged spans (json) or a "
            "folder with csv files of dialogues."
        )
    return found


def _dialogues(folders: Sequence[Path], splits: Sequence[str]) -> list[Path]:
    """Of folders below only those with metadata: others hold excerpts or the same visits again."""
    data, *below = folders
    here = dialogue_files(data, (), with_metadata=False)
    if here:
        return dialogue_files(data, splits, with_metadata=False)
    return [
        path
        for folder in below
        if dialogue_files(folder, (), with_metadata=True)
        for path in dialogue_files(folder, splits, with_metadata=True)
    ]


def _tagged_texts(sources: _Sources) -> list[tuple[str, TaggedTexts]]:
    return [
        *((path.name, read_queries(path)) for path in sources.queries),
        *((path.name, read_spans(path)) for path in sources.spans),
    ]


def _remarks(tagged: Iterable[tuple[str, TaggedTexts]]) -> dict[str, Any]:
    texts = [texts for _, texts in tagged]
    return {
        "unlocated_tags": sum(one.unlocated for one in texts),
        "unknown_types": sorted({name for one in texts for name in one.unknown_types}),
    }


def _brief(tally: Tally) -> dict[str, Any]:
    all_figures = figures(tally)
    return {"texts": tally.visits, **{name: all_figures[name] for name in _BRIEF}}


def _show(by_source: dict[str, Tally], falsely_masked: Iterable[str], show: Show) -> None:
    for name, tally in by_source.items():
        for line in _lines(tally):
            show(f"{name}: {line}")
    for line in falsely_masked:
        show(line)


def _lines(tally: Tally) -> Iterator[str]:
    for gold in tally.gold:
        if not gold.hidden:
            form = f" {gold.gold.form}" if gold.gold.form else ""
            yield f"missed {gold.gold.label}{form} {gold.excerpt}"
    for stretch in tally.stretches:
        if not stretch.right:
            tier = "certain" if stretch.stretch.certain else "uncertain"
            yield f"false {stretch.stretch.kind} {tier} {stretch.excerpt}"
