"""Open visit transcripts -> the language model and dictionary with which PocketSphinx listens.

The general model of PocketSphinx expects news and letters; a visit is neither. What is trained
here is only which words follow which; the sounds stay those of the wheel.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import cycle
from pathlib import Path

from medscribe.errors import InputError
from medscribe.training.ngrams import END, UNKNOWN, Pruning, estimate
from medscribe.training.pronounce import pronounce
from medscribe.training.spoken_text import spoken_sentences

HELD_OUT = ("CAR0001", "CAR0002", "MSK0001")
"""Interviews whose recordings measure recognition; their words must not be known beforehand."""

GENERAL_WORDS = 12_000
"""Commonest words of general English that the model knows beside those of the corpora."""

MEDICINE_COPIES = 3
"""A sentence with a medicine is also read with three others: each may be prescribed anywhere."""

_LABEL = re.compile(r"^\s*(?:\[\w+\]|\w{1,20}\s*:)")
_TEXTGRID_TEXT = re.compile(r'text = "(.*)"\s*$', re.MULTILINE)


def train_clinic_language(data_dir: Path, out: Path) -> dict[str, int]:
    """Writes `clinic.lm.bin` and `clinic.dict` into `out`; returns how much they hold.

    Needs PocketSphinx (general word frequencies, CMU dictionary) and the program flite. Raises
    `InputError` where a corpus is missing.
    """
    known = _dictionary()
    sentences = _with_other_medicines(list(_sentences(data_dir)), _medicines())
    counts = Counter(word for sentence in sentences for word in sentence)
    # A word seen once and in no dictionary is most often a slip of the transcriber.
    new = sorted(word for word, count in counts.items() if count > 1 and word not in known)
    known |= {word: [phones] for word, phones in pronounce(new).items() if len(word) > 1}
    general = _general_shares(known)
    model = estimate(_known_only(sentences, known), general, Pruning())
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = sorted(key[0] for key in model.shares if len(key) == 1 and key[0] != END)
    _write_dictionary(out / "clinic.dict", {word: known[word] for word in vocabulary})
    arpa = out / "clinic.arpa"
    model.write_arpa(arpa)
    _pack(arpa, out / "clinic.lm.bin")
    arpa.unlink()
    return {
        "words": len(vocabulary),
        "pronounced": len(new),
        "pairs": sum(len(key) == 2 for key in model.shares),
        "triples": sum(len(key) == 3 for key in model.shares),
    }


def _sentences(data_dir: Path) -> Iterator[list[str]]:
    for turn in (*_interviews(data_dir), *_written_visits(data_dir), *_consultations(data_dir)):
        yield from spoken_sentences(_LABEL.sub("", turn))


def _interviews(data_dir: Path) -> Iterator[str]:
    for path in _existing(data_dir / "visits" / "transcripts", "*.txt"):
        if path.stem not in HELD_OUT:
            content = path.read_bytes()
            encoding = "utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig"
            yield from content.decode(encoding).splitlines()


def _written_visits(data_dir: Path) -> Iterator[str]:
    tables = (
        *_existing(data_dir / "aci-bench", "train.csv"),
        *_existing(data_dir / "mts-dialog", "MTS-Dialog-TrainingSet.csv"),
    )
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                # aci-bench sets its punctuation apart from the words: "okay , so i 'm fine ."
                yield from (
                    re.sub(r" ([.,?!'])", r"\1", line) for line in row["dialogue"].split("\n")
                )


def _consultations(data_dir: Path) -> Iterator[str]:
    for path in _existing(data_dir / "primock57" / "transcripts", "*.TextGrid"):
        for text in _TEXTGRID_TEXT.findall(path.read_text(encoding="utf-8")):
            yield re.sub(r"<[^>]*>", " ", text)


def _existing(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.glob(pattern))
    if not found:
        raise InputError(f"The corpus folder {folder.name} holds no {pattern}: check --data.")
    return found


def _medicines() -> list[str]:
    text = files("medscribe.training").joinpath("spoken_medicines.txt").read_text(encoding="utf-8")
    return text.split()


def _with_other_medicines(sentences: list[list[str]], medicines: list[str]) -> list[list[str]]:
    """The sentences, and those with a medicine again with others in its place, taken in turn."""
    names = frozenset(medicines)
    others = cycle(medicines)
    copies = [
        [next(others) if word in names else word for word in sentence]
        for sentence in sentences
        if not names.isdisjoint(sentence)
        for _ in range(MEDICINE_COPIES)
    ]
    return sentences + copies


def _known_only(sentences: Iterable[list[str]], known: dict[str, list[str]]) -> Iterator[list[str]]:
    """Sentences in which words that nobody can pronounce are marked as unknown."""
    return ([word if word in known else UNKNOWN for word in sentence] for sentence in sentences)


def _dictionary() -> dict[str, list[str]]:
    """The CMU dictionary in PocketSphinx's wheel: word -> its pronunciations."""
    import pocketsphinx

    path = Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"
    known: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition(" ")
        known.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(phones.strip())
    return known


def _general_shares(known: dict[str, list[str]]) -> dict[str, float]:
    """The commonest words of the wheel's general model -> their share of its text."""
    import pocketsphinx

    decoder = pocketsphinx.Decoder(loglevel="FATAL")
    model, scale = decoder.get_lm(decoder.current_search()), decoder.get_logmath()
    shares = {
        word: scale.exp(model.prob([word])) for word in known if re.fullmatch(r"[a-z][a-z']*", word)
    }
    common = sorted(shares, key=lambda word: (-shares[word], word))[:GENERAL_WORDS]
    return {word: shares[word] for word in common if shares[word] > 0}


def _write_dictionary(path: Path, known: dict[str, list[str]]) -> None:
    """One line per pronunciation; the second and later ones are marked (2), (3)."""
    lines = [
        f"{word}{f'({number})' if number > 1 else ''} {phones}\n"
        for word, all_phones in known.items()
        for number, phones in enumerate(all_phones, start=1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def _pack(arpa: Path, packed: Path) -> None:
    """ARPA text -> PocketSphinx's binary form, a third of the size."""
    import pocketsphinx

    decoder = pocketsphinx.Decoder(loglevel="ERROR", lm=None)
    model = pocketsphinx.NGramModel(decoder.config, decoder.get_logmath(), str(arpa))
    model.write(str(packed))
