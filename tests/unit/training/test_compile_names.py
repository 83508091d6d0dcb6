"""Compiling the word list of the name detector."""

import gzip
from pathlib import Path

from medscribe.training.names import compile_name_list, dictionary_words
from medscribe.training.world_names import world_names


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sources(folder: Path) -> tuple[Path, Path, Path]:
    names, dictionary, data = folder / "names", folder / "dictionary", folder / "data"
    write(names / "dist.female.first", "KAREN 1.0 1.0 1\nGRACE 0.5 1.5 2\n")
    write(names / "dist.male.first", "WILL 1.0 1.0 1\n")
    write(names / "dist.all.last", "WALSH 1.0 1.0 1\n")
    write(dictionary / "en_US.dic", "4\ngrace/DS\nwill\nLondon\nknee/S\n")
    write(dictionary / "en_US.aff", "SFX S Y 1\nSFX S 0 s [^s]\nSFX D Y 1\nSFX D 0 d e\n")
    write(data / "visits" / "transcripts" / "a.txt", "P: I will see Karen. " + "it will help. " * 9)
    for split in ("train", "valid"):
        write(data / "aci-bench" / f"{split}.csv", "note\nMs. Walsh has a sore knee.\n")
    drugs = data / "drugs"
    write(drugs / "rxnorm_prescribable_20251006_concepts_B-Z.tsv", "name\nmetformin\n")
    write(drugs / "rxnorm_ingredient_rxcui_from_ndfrt_all.tsv", "name\naspirin\n")
    write(drugs / "drugcentral_drug_to_class.tsv", "drugbank_name\nGoserelin\n")
    write(drugs / "icd10cm_2026_04_codes.tsv", "description\nPain in knee\n")
    return names, dictionary, data


def test_each_word_carries_what_the_sources_say_of_it(tmp_path: Path) -> None:
    out = tmp_path / "words.txt.gz"
    counts = compile_name_list(*sources(tmp_path), out)
    words = dict(line.split() for line in gzip.decompress(out.read_bytes()).decode().splitlines())
    assert words["karen"] == "gp"
    assert words["grace"] == "dgp"
    assert words["will"] == "dfgop"
    assert words["walsh"] == "ps"
    assert words["london"] == "k"
    assert words["knee"] == "cdo"
    assert words["metformin"] == "c"
    assert counts["g"] == 3


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.gz", tmp_path / "second.gz"
    compile_name_list(*sources(tmp_path), first)
    compile_name_list(*sources(tmp_path), second)
    assert first.read_bytes() == second.read_bytes()


def test_suffixed_forms_are_words_too(tmp_path: Path) -> None:
    _, dictionary, _ = sources(tmp_path)
    assert {"grace", "graces", "graced", "knees"} <= set(dictionary_words(dictionary))


def providers(folder: Path) -> Path:
    write(
        folder / "person" / "xx_XX" / "__init__.py",
        "from collections import OrderedDict\n"
        "class Provider:\n"
        '    first_names_male = ("Čeněk", "Will", "Al")\n'
        '    last_names: tuple = OrderedDict((("O Foo", 1), ("Łukasz", 1), ("Kováč", 0.5)))\n'
        '    formats = ("{{first_name}}",)\n',
    )
    return folder / "person"


def test_names_of_the_world_are_read_without_accents(tmp_path: Path) -> None:
    given, surnames = world_names(providers(tmp_path))
    assert given == {"cenek", "will"}
    assert surnames == {"kovac"}


def test_names_of_the_world_that_are_words_stay_words(tmp_path: Path) -> None:
    out = tmp_path / "words.txt.gz"
    compile_name_list(*sources(tmp_path), out, providers(tmp_path))
    words = dict(line.split() for line in gzip.decompress(out.read_bytes()).decode().splitlines())
    assert words["cenek"] == "g"
    assert words["kovac"] == "s"
    assert words["will"] == "dfgop"
