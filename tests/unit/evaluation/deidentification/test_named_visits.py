from pathlib import Path

import pytest

from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import ConfigurationError
from medscribe.evaluation.deidentification.named_visits import (
    NamedVisit,
    dialogue_files,
    introduced,
    mentions,
    read_named_visits,
)


def visit(*texts: str) -> NamedVisit:
    return NamedVisit(
        name="D1",
        utterances=tuple(
            Utterance(id=f"u{number}", speaker="doctor", role=Role.CLINICIAN, text=text)
            for number, text in enumerate(texts)
        ),
        first=("odile",),
        family=("good",),
        clinician=("ines", "murphy"),
    )


def said(*texts: str) -> list[str]:
    return [mention.word for mention in mentions(visit(*texts))]


def test_names_are_found_as_whole_words_in_any_case() -> None:
    assert said("Odile , odile's knee", "odiles , Dr. Murphy") == ["odile", "odile", "murphy"]


def test_an_ordinary_word_is_a_name_after_a_title_or_its_first_name_only() -> None:
    assert said("good to see you", "mrs. good", "odile good", "ines , good to see you") == [
        "good",
        "odile",
        "good",
        "ines",
    ]


def test_an_eponym_is_nobody_in_the_room() -> None:
    assert said("a positive murphy's sign , says murphy") == ["murphy"]


def test_who_is_introduced_is_known_in_the_whole_visit() -> None:
    named = visit("i'm karin", "doctor bo ek", "karin said", "the ast is high")
    texts = [utterance.text for utterance in named.utterances]
    places = [(0, "karin"), (1, "bo ek"), (2, "karin"), (3, "ast")]
    spans = [(number, at(texts[number], word)) for number, word in places]
    assert introduced(named.utterances, spans) == {0, 1, 2}


def at(text: str, part: str) -> TextSpan:
    return TextSpan(start=text.index(part), end=text.index(part) + len(part))


def write_corpus(folder: Path, split: str, *, metadata: bool = True) -> None:
    (folder / f"{split}.csv").write_text(
        'encounter_id,dialogue,note\nD1,"[doctor] hi , odile .\n[patient] hi .",n\n', "utf-8"
    )
    if metadata:
        (folder / f"{split}_metadata.csv").write_text(
            "encounter_id,doctor_name,patient_firstname,patient_familyname\n"
            "D1,Dr. J. Murphy,Odile ,Good\n",
            "utf-8",
        )


def test_metadata_give_the_names_without_titles_and_initials(tmp_path: Path) -> None:
    write_corpus(tmp_path, "valid")
    (read,) = read_named_visits(tmp_path / "valid.csv")
    assert (read.first, read.family, read.clinician) == (("odile",), ("good",), ("murphy",))


def test_dialogues_without_metadata_have_no_names(tmp_path: Path) -> None:
    write_corpus(tmp_path, "valid", metadata=False)
    (read,) = read_named_visits(tmp_path / "valid.csv")
    assert read.names == frozenset()
    assert dialogue_files(tmp_path, (), with_metadata=True) == []


def test_all_splits_are_read_unless_some_are_chosen(tmp_path: Path) -> None:
    write_corpus(tmp_path, "train")
    write_corpus(tmp_path, "valid")
    assert [path.stem for path in dialogue_files(tmp_path, (), with_metadata=True)] == [
        "train",
        "valid",
    ]
    chosen = dialogue_files(tmp_path, ("valid",), with_metadata=True)
    assert [path.stem for path in chosen] == ["valid"]
    with pytest.raises(ConfigurationError):
        dialogue_files(tmp_path, ("test9",), with_metadata=True)
