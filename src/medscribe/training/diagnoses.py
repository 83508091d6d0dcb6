"""The ICD-10-CM tables -> the small table of diagnoses by the names people say.

The source, `drugs/icd10cm_2026_04_codes.tsv` below the data folder, is the tabular list of
ICD-10-CM (CDC/NCHS and CMS): code, whether it is billable, title, inclusion terms.
"""

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from medscribe.note.findings.terms import findings_lexicon, problem_lexicon

SOURCE = "icd10cm_2026_04_codes.tsv"
LONGEST_NAME_WORDS = 5
# Chapters whose titles are names of diseases; injuries and external causes are never said so.
_CHAPTERS = frozenset("ABCDEFGHIJKLMNQ")
_UNSPEAKABLE = re.compile(
    r"\b(?:other|others|elsewhere|classified|specified|multiple sites|without|not|nec|due to"
    r"|unspecified"
    r"|site|sites|with|following|status|encounter|in diseases|carrier|screening|stage|and|or)\b"
    r"|[\[\]/;:\d]",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r",? unspecified\Z|\A unspecified |,? NOS\Z|\AUnspecified ", re.IGNORECASE)
_BRACKETS = re.compile(r" ?\([^)]*\)")
# Names that are everyday words in talk, or spelled like them ("her disease").
_EVERYDAY = frozenset(["hers disease", "fat pad"])
# A single word is taken only where its ending marks a disease: "strain" and "sting" are everyday.
_DISEASE_WORD = re.compile(
    r"\w{3,}(?:itis|osis|emia|oma|pathy|algia|uria|plegia|penia|trophy|iasis|edema|rrhea|plasia"
    r"|phobia|rrhage|malacia|ectasis|megaly|stenosis|ptosis|opia|thorax|cele)\Z"
)


def compile_icd_tables(data_dir: Path, out_folder: Path) -> None:
    """Writes `icd10cm_names.csv.gz` and `icd10cm_titles.csv.gz` into a folder.

    Titles are those of the codes that the hand-written tables of `note/findings` and the names
    give. Raises what `compile_diagnoses` and `compile_titles` raise.
    """
    names = out_folder / "icd10cm_names.csv.gz"
    compile_diagnoses(data_dir, names)
    with gzip.open(names, "rt", encoding="utf-8", newline="") as rows:
        codes = {row["code"] for row in csv.DictReader(rows)}
    for concept in {**problem_lexicon(), **findings_lexicon()}.values():
        codes.update(concept.codes.values())
    compile_titles(data_dir, frozenset(codes), out_folder / "icd10cm_titles.csv.gz")


def compile_diagnoses(data_dir: Path, out_file: Path) -> None:
    """Writes a `.csv.gz` of name (lower case) and code; the same input gives the same bytes.

    Only names that lead to one code: the billable one, or that for the disease left unspecified.
    Raises `FileNotFoundError` where `data_dir` holds no `drugs` with the ICD-10-CM table.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    with (data_dir / "drugs" / SOURCE).open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source, delimiter="\t"):
            if row["billable"] != "1" or row["code"][0] not in _CHAPTERS:
                continue
            for name in _names(row["description"], row["inclusion_terms"]):
                codes[name].add(row["code"])
    _write(
        out_file,
        ("name", "code"),
        [(name, *codes[name]) for name in sorted(codes) if len(codes[name]) == 1],
    )


def _names(title: str, inclusion_terms: str) -> Iterator[str]:
    """ "Gout, unspecified" -> "gout"; what nobody would say is left out."""
    for term in [title, *inclusion_terms.split("|")]:
        plain = _BRACKETS.sub("", _LEFT_OPEN.sub("", term.strip())).strip()
        if not plain or "," in plain or _UNSPEAKABLE.search(plain):
            continue
        name = re.sub(r"[^a-z' ]+", " ", plain.lower()).strip()
        count = len(name.split())
        if 1 < count <= LONGEST_NAME_WORDS or (count == 1 and _DISEASE_WORD.match(name)):
            name = re.sub(r"\s+", " ", name)
            if name not in _EVERYDAY:
                yield name


def compile_titles(data_dir: Path, codes: frozenset[str], out_file: Path) -> None:
    """Writes a `.csv.gz` of code and title for `codes`: those the hand-written tables give.

    Raises `ValueError` for a code that the source does not have as a billable one.
    """
    with (data_dir / "drugs" / SOURCE).open(encoding="utf-8", newline="") as source:
        rows = {
            row["code"]: row["description"]
            for row in csv.DictReader(source, delimiter="\t")
            if row["billable"] == "1"
        }
    unknown = sorted(codes - rows.keys())
    if unknown:
        raise ValueError(f"No billable codes of ICD-10-CM: {', '.join(unknown)}.")
    _write(out_file, ("code", "title"), [(code, rows[code]) for code in sorted(codes)])


def _write(out_file: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    out_file.write_bytes(gzip.compress(buffer.getvalue().encode("utf-8"), mtime=0))
