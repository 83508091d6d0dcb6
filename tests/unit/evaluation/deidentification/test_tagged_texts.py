import json
from pathlib import Path

import pytest

from medscribe.domain.privacy import PiiKind
from medscribe.domain.spans import TextSpan
from medscribe.errors import InputError
from medscribe.evaluation.deidentification.tagged_texts import (
    TaggedVisit,
    is_query_file,
    is_span_file,
    located,
    read_queries,
    read_spans,
    without_title,
)

QUERIES = """
===QUERY===
Is 20 mg safe for Odile T., seen by Dr. Brandt in Lund on March 3?
===PHI_TAGS===
{"identifier_type": "NAME", "value": "Odile T."}
{"identifier_type": "NAME", "value": "Dr. Brandt"}
{"identifier_type": "GEOGRAPHIC_LOCATION", "value": "Lund"}
{"identifier_type": "DATE", "value": "March 3"}

===QUERY===
Is 20 mg safe in renal failure?
===PHI_TAGS===
"""


def texts_of(visit: TaggedVisit) -> list[tuple[str, PiiKind | None]]:
    text = visit.utterances[0].text
    return [(text[gold.span.start : gold.span.end], gold.kind) for gold in visit.gold]


def test_queries_are_read_with_the_places_of_their_tags(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text(QUERIES, "utf-8")
    assert is_query_file(path)
    tagged, harmless = read_queries(path).visits
    assert texts_of(tagged) == [
        ("Odile T.", PiiKind.NAME),
        ("Brandt", PiiKind.NAME),
        ("Lund", PiiKind.LOCATION),
        ("March 3", PiiKind.DATE),
    ]
    assert (tagged.negatives, harmless.negatives) == (frozenset(), frozenset({0}))


def test_a_name_tagged_once_and_said_twice_is_an_identifier_twice(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text(
        "===QUERY===\nOdile is here; call Odile.\n===PHI_TAGS===\n"
        '{"identifier_type": "NAME", "value": "Odile"}\n',
        "utf-8",
    )
    assert [gold.span.start for gold in read_queries(path).visits[0].gold] == [0, 20]


def test_a_tag_whose_value_is_not_in_the_text_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text(
        '===QUERY===\nHello.\n===PHI_TAGS===\n{"identifier_type": "NAME", "value": "Odile"}\n',
        "utf-8",
    )
    texts = read_queries(path)
    assert (texts.unlocated, texts.visits[0].negatives) == (1, frozenset())


def test_a_tag_that_is_no_json_is_refused_without_quoting_it(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("===QUERY===\nHello.\n===PHI_TAGS===\nNAME Odile\n", "utf-8")
    with pytest.raises(InputError, match="no JSON") as refused:
        read_queries(path)
    assert "Odile" not in str(refused.value)


def test_equal_values_take_one_place_after_the_other_and_long_values_come_first() -> None:
    text = "Ann saw Ann in Ann Arbor"
    assert located(text, ["Ann", "Ann", "Ann Arbor", "Bo"]) == [
        TextSpan(start=0, end=3),
        TextSpan(start=8, end=11),
        TextSpan(start=15, end=24),
        None,
    ]


def test_a_value_is_looked_for_as_a_whole_word_first() -> None:
    assert located("Annual visit of Ann", ["Ann"]) == [TextSpan(start=16, end=19)]


@pytest.mark.parametrize(
    ("said", "name"),
    [("Dr. Brandt", "Brandt"), ("Mrs Ek", "Ek"), ("Drake", "Drake"), ("Dr.", "Dr.")],
)
def test_a_title_is_no_part_of_a_name(said: str, name: str) -> None:
    span = without_title(said, TextSpan(start=0, end=len(said)))
    assert said[span.start : span.end] == name


ROWS = [
    {
        "full_text": "Ms. Ek, 71, of Lund",
        "spans": [
            {"entity_type": "PERSON", "start_position": 4, "end_position": 6},
            {"entity_type": "AGE", "start_position": 8, "end_position": 10},
            {"entity_type": "STARSIGN", "start_position": 15, "end_position": 19},
        ],
    },
    {"full_text": "Good morning.", "spans": []},
]


@pytest.mark.parametrize("lines", [False, True])
def test_tagged_spans_are_read_from_a_list_and_from_lines(tmp_path: Path, lines: bool) -> None:
    path = tmp_path / ("spans.jsonl" if lines else "spans.json")
    path.write_text("\n".join(map(json.dumps, ROWS)) if lines else json.dumps(ROWS), "utf-8")
    assert is_span_file(path)
    texts = read_spans(path)
    assert texts_of(texts.visits[0]) == [
        ("Ek", PiiKind.NAME),
        ("71", None),
        ("Lund", PiiKind.OTHER_ID),
    ]
    assert texts.visits[1].negatives == frozenset({0})
    assert texts.unknown_types == {"STARSIGN"}


def test_other_names_of_the_fields_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "spans.json"
    path.write_text(
        json.dumps([{"text": "Ek called", "spans": [{"label": "NAME", "start": 0, "end": 2}]}]),
        "utf-8",
    )
    assert texts_of(read_spans(path).visits[0]) == [("Ek", PiiKind.NAME)]


@pytest.mark.parametrize("content", ["{}", "[]", '[{"a": 1}]', "no json", '[{"spans": []}]'])
def test_other_json_is_no_file_of_spans(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    assert not is_span_file(path)


def test_a_span_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spans.json"
    path.write_text(
        json.dumps([{"text": "Ek called", "spans": [{"label": "NAME", "start": 2, "end": 0}]}]),
        "utf-8",
    )
    with pytest.raises(InputError, match="no stretch of text"):
        read_spans(path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_queries(path)
