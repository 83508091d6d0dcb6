"""Census name lists + an English dictionary + open corpora -> the word list of the name detector.

`names`: the folder `names` of the PyPI package `names` (files `dist.*`, US Census 1990);
`dictionary`: a folder with `en_US.dic` and `en_US.aff` (SCOWL, as in the PyPI package `spylls`);
`data`: the open corpora; `world`: the person providers of Faker (see `training.world_names`). The
format of the result stands in `medscribe.privacy.rules.word_list`.
"""

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from medscribe.training.world_names import world_names

POPULAR_GIVEN, POPULAR_SURNAMES, ALL_SURNAMES = 400, 1_000, 30_000
FREQUENT_COUNT = 8
"""Lower-case uses in the corpora (470,000 words) from which a word is part of every visit."""

_WORD = re.compile(r"(?<![\w'])[A-Za-z]{2,}(?!\w)")
_QUOTED = re.compile(r'text = "(.*)"')


def compile_name_list(
    names: Path, dictionary: Path, data: Path, out: Path, world: Path | None = None
) -> dict[str, int]:
    """Writes the gzipped word list to `out`; returns how many words carry each flag."""
    flags: dict[str, set[str]] = defaultdict(set)
    for sex in ("female", "male"):
        _flag_names(flags, _census(names / f"dist.{sex}.first"), "g", POPULAR_GIVEN)
    surnames = _census(names / "dist.all.last")[:ALL_SURNAMES]
    _flag_names(flags, surnames, "s", POPULAR_SURNAMES)
    for word in dictionary_words(dictionary):
        # Proper nouns of the dictionary: places, peoples, brands; names of people among them.
        flags[word.lower()].add("d" if word.islower() else "k")
    uses = Counter(word for text in corpus_texts(data) for word in _WORD.findall(text))
    for word in (word for word in uses if word.islower()):
        # Names are now and then written small: such a word counts if it mostly is.
        if uses[word] >= uses[word.capitalize()] / 2:
            flags[word].add("o")
        if uses[word] >= FREQUENT_COUNT:
            flags[word].add("f")
    for word in clinical_words(data):
        flags[word].add("c")
    if world:
        _flag_world_names(flags, world)
    lines = sorted(f"{word} {''.join(sorted(marks))}\n" for word, marks in flags.items())
    with out.open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        packed.write("".join(lines).encode("ascii"))
    return dict(Counter(mark for marks in flags.values() for mark in marks))


def _census(path: Path) -> list[str]:
    """Names in lower case, the most frequent first."""
    lines = path.read_text(encoding="ascii").splitlines()
    return [line.split()[0].lower() for line in lines if line.split()]


def _flag_world_names(flags: dict[str, set[str]], providers: Path) -> None:
    """Names of other countries, but for those that are English or clinical words."""
    for mark, names in zip("gs", world_names(providers), strict=True):
        for name in names:
            if not flags.get(name, set()) & set("doc"):
                flags[name].add(mark)


def _flag_names(flags: dict[str, set[str]], names: list[str], mark: str, popular: int) -> None:
    for rank, name in enumerate(names):
        flags[name].add(mark)
        if rank < popular:
            flags[name].add("p")


def dictionary_words(folder: Path) -> Iterator[str]:
    """Words of a Hunspell dictionary with their suffixed forms; proper nouns with a capital."""
    rules = _suffix_rules((folder / "en_US.aff").read_text(encoding="utf-8"))
    for line in (folder / "en_US.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, marks = line.partition("/")
        if not re.fullmatch("[A-Za-z][a-z]+", stem):
            continue
        yield stem
        for ending, strip, suffix in (rule for mark in marks for rule in rules.get(mark, ())):
            if suffix.isalpha() and ending.search(stem):
                yield stem[: len(stem) - len(strip)] + suffix


def _suffix_rules(text: str) -> dict[str, list[tuple[re.Pattern[str], str, str]]]:
    rules = defaultdict(list)
    for parts in (line.split() for line in text.splitlines()):
        if len(parts) == 5 and parts[0] == "SFX":
            strip = "" if parts[2] == "0" else parts[2]
            rules[parts[1]].append((re.compile(f"{parts[4]}$"), strip, parts[3]))
    return rules


def corpus_texts(data: Path) -> Iterator[str]:
    """Texts of the open corpora that are written with capitals, so that names can be told."""
    for path in sorted((data / "visits" / "transcripts").glob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((data / "primock57" / "transcripts").glob("*.TextGrid")):
        for said in _QUOTED.findall(path.read_text(encoding="utf-8")):
            yield re.sub("<[^>]*>", " ", said)
    for path in sorted((data / "mts-dialog").glob("*.csv")):
        yield from _columns(path, ("dialogue", "section_text"))
    for split in ("train", "valid"):
        yield from _columns(data / "aci-bench" / f"{split}.csv", ("note",))


def clinical_words(data: Path) -> Iterator[str]:
    """Words of drug names, brands and diagnoses, in lower case."""
    sources: Iterable[tuple[str, str]] = (
        ("rxnorm_prescribable_20251006_concepts_B-Z.tsv", "name"),
        ("rxnorm_ingredient_rxcui_from_ndfrt_all.tsv", "name"),
        ("drugcentral_drug_to_class.tsv", "drugbank_name"),
        ("icd10cm_2026_04_codes.tsv", "description"),
    )
    for name, column in sources:
        for text in _columns(data / "drugs" / name, (column,), delimiter="\t"):
            yield from (word.lower() for word in re.findall("[A-Za-z]{3,}", text))


def _columns(path: Path, columns: tuple[str, ...], delimiter: str = ",") -> Iterator[str]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            yield from (row[column] or "" for column in columns)
