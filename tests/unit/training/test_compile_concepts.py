import gzip
from pathlib import Path

import pytest

from medscribe.errors import InputError
from medscribe.evaluation.concepts import clinical_words, concepts
from medscribe.training.concepts import ICD, INGREDIENTS, RXNORM, compile_concept_vocabulary

pytest.importorskip("nltk", reason="the evaluate extra is not installed")


def made_tables(folder: Path) -> Path:
    drugs = folder / "drugs"
    drugs.mkdir(parents=True)
    (drugs / ICD).write_text(
        "code\tbillable\tdescription\tinclusion_terms\n"
        "A00\t0\tCholera, unspecified\tBlue cholerae disease\n"
        "W09\t1\tFall from trampoline\t\n",
        "utf-8",
    )
    (drugs / RXNORM).write_text(
        "rxcui\ttty\tname\tingredient_rxcuis\n1\tIN\tmesna\t\n2\tSCD\tzonky 5 MG\t1\n", "utf-8"
    )
    (drugs / INGREDIENTS).write_text("rxcui\tname\n3\tAspirin\n", "utf-8")
    return folder


def compiled(folder: Path) -> set[str]:
    compile_concept_vocabulary(made_tables(folder / "data"), folder / "out.gz")
    return set(gzip.decompress((folder / "out.gz").read_bytes()).decode("utf-8").split())


def test_words_of_titles_inclusion_terms_and_names_are_stemmed(tmp_path: Path) -> None:
    assert {"cholera", "diseas", "mesna", "aspirin", "wheez"} <= compiled(tmp_path)


def test_general_words_circumstances_and_clinical_drugs_are_left_out(tmp_path: Path) -> None:
    assert compiled(tmp_path).isdisjoint({"unspecifi", "blue", "trampolin", "fall", "zonki"})


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="icd10cm"):
        compile_concept_vocabulary(tmp_path, tmp_path / "out.gz")


@pytest.mark.corpus
def test_the_shipped_vocabulary_is_what_the_tables_give(corpora: Path, tmp_path: Path) -> None:
    compile_concept_vocabulary(corpora, tmp_path / "out.gz")
    stems = gzip.decompress((tmp_path / "out.gz").read_bytes()).decode("utf-8").split()
    assert len(stems) == 15_118
    text = "cholecystitis metoprolol lightheadedness"
    assert {stem for stem in concepts(text) if " " not in stem} <= set(stems)
    assert len(clinical_words(text)) == 3
