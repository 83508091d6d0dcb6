"""ACI-Bench folders -> visits with the names of who took part, and where those are said."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.errors import InputError
from medscribe.evaluation.corpora import read_split, split_file
from medscribe.evaluation.deidentification.tagged_texts import Gold, TaggedVisit

_TITLES = frozenset(
    ["dr", "doctor", "mr", "mrs", "ms", "miss", "mister", "missus", "nurse", "professor", "prof"]
)
_WORD = re.compile(r"[^\W\d_]+")
_EPONYM = re.compile(r"\s?'s?\s+(?:disease|point|sign|syndrome|test)\b", re.IGNORECASE)
_PEOPLE = (
    "dr|doctor|mr|mrs|ms|miss|mister|missus|nurse|professor|pa|assistant|colleague|scheduler|"
    "friend|buddy|boss|neighbor|wife|husband|partner|mother|mom|father|dad|daughter|son|sister|"
    "brother|aunt|uncle|cousin|niece|nephew"
)
_INTRODUCED = re.compile(
    rf"(?:\b(?:{_PEOPLE}|named|referred by)\b\s?\.?"
    r"|\bi\s?(?:'m| am)|\bname(?:\s?'s| is)|\bthis is)[\s,]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedVisit:
    """A dialogue and the names its metadata give, in lower case, word by word."""

    name: str
    utterances: tuple[Utterance, ...]
    first: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    clinician: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset((*self.first, *self.family, *self.clinician))


class Mention(NamedTuple):
    """A name word said in utterance number `utterance`."""

    utterance: int
    span: TextSpan
    word: str


def dialogue_files(folder: Path, splits: Sequence[str], *, with_metadata: bool) -> list[Path]:
    """The csv files of dialogues that the splits choose; without splits all there are.

    `with_metadata` leaves out those without a `..._metadata.csv` beside them.
    """
    if splits:
        return [split_file(folder, split) for split in splits]
    return [
        path
        for path in sorted(folder.glob("*.csv"))
        if "dialogue" in _header(path) and (not with_metadata or _metadata_file(path).is_file())
    ]


def read_named_visits(path: Path) -> list[NamedVisit]:
    """The visits of a csv of dialogues; without names where no metadata lie beside it."""
    rows = _metadata(_metadata_file(path))
    visits = []
    for visit in read_split(path.parent, path.stem):
        row = rows.get(visit.name, {})
        visits.append(
            NamedVisit(
                name=visit.name,
                utterances=visit.utterances,
                first=_name_words(row.get("patient_firstname")),
                family=_name_words(row.get("patient_familyname")),
                clinician=_name_words(row.get("doctor_name")),
            )
        )
    return visits


def mentions(visit: NamedVisit) -> list[Mention]:
    """Where the visit's names are said, word by word.

    A name that is an ordinary word ("good", "king") counts after a title or its own first name
    only; an eponym ("murphy's sign" where the patient is a Murphy) does not.
    """
    found = []
    for number, utterance in enumerate(visit.utterances):
        before = ""
        for match in _WORD.finditer(utterance.text):
            word = match.group().casefold()
            if word in visit.names and not _EPONYM.match(utterance.text, match.end()):
                named = before in _TITLES or before in _own_first_names(visit, word)
                if named or word not in _ordinary_words():
                    span = TextSpan(start=match.start(), end=match.end())
                    found.append(Mention(number, span, word))
            before = word
    return found


def tagged(visit: NamedVisit) -> TaggedVisit:
    """The visit with its mentions as gold; of what else is said there nothing is known."""
    return TaggedVisit(
        utterances=visit.utterances,
        gold=tuple(name_gold(mention.utterance, mention.span) for mention in mentions(visit)),
        judged=frozenset(),
    )


def name_gold(utterance: int, span: TextSpan) -> Gold:
    return Gold(utterance=utterance, span=span, label="VISIT_NAME", kind=PiiKind.NAME)


def introduced(utterances: Sequence[Utterance], spans: Iterable[tuple[int, TextSpan]]) -> set[int]:
    """Which stretches name somebody whom the visit introduces: after "doctor", "i'm", "my friend".

    Answers positions in `spans`; a stretch whose words were all introduced elsewhere is one too.
    """
    places = list(spans)
    words = [
        [word.casefold() for word in _WORD.findall(utterances[n].text[s.start : s.end])]
        for n, s in places
    ]
    said_so = {
        index
        for index, (number, span) in enumerate(places)
        if _INTRODUCED.search(utterances[number].text[: span.start])
        or (words[index] and words[index][0] in _TITLES)
    }
    known = _TITLES.union(*(words[index] for index in said_so))
    return said_so | {index for index, said in enumerate(words) if said and known.issuperset(said)}


def _own_first_names(visit: NamedVisit, word: str) -> tuple[str, ...]:
    """What the person of that name is called before it: martha for "king" in "martha king"."""
    first = visit.first if word in visit.family else ()
    return (*first, *visit.clinician[:1]) if word in visit.clinician[1:] else first


def _name_words(name: str | None) -> tuple[str, ...]:
    words = [word.casefold() for word in _WORD.findall(name or "")]
    return tuple(word for word in words if len(word) > 1 and word not in _TITLES)


def _metadata_file(path: Path) -> Path:
    return path.with_name(f"{path.stem}_metadata.csv")


def _metadata(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return {row.get("encounter_id") or "": row for row in csv.DictReader(lines)}
    except (UnicodeDecodeError, csv.Error):
        raise InputError(f"{path.name} is not a csv file in UTF-8: check the file.") from None


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        return [cell.strip().casefold() for cell in next(csv.reader(lines), [])]


@cache
def _ordinary_words() -> frozenset[str]:
    table = files(__package__) / "ordinary_names.txt"
    lines = table.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
