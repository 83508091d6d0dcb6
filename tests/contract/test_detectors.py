"""What every detector of identifiers promises, for each that can be created here."""

from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medscribe.domain.privacy import PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.plugin import create_engine, describe_engine, engine_names
from medscribe.privacy.detector import PiiDetector

PACKAGE = "medscribe.privacy.detectors"
NAMES = [name for name in engine_names(PACKAGE) if describe_engine(PACKAGE, name).installed]
DETECTORS = {name: cast(PiiDetector, create_engine(PACKAGE, name)) for name in NAMES}

every_detector = pytest.mark.parametrize("detector", DETECTORS.values(), ids=DETECTORS.keys())

SAID = st.lists(
    st.text(max_size=60)
    | st.from_regex(r"(?:[A-Za-z]{1,9}[ ,.'’-]{1,2}|[0-9]{1,4}[ ./-]?){0,14}", fullmatch=True),
    max_size=4,
)
ODD = [
    "",
    " ",
    "\x00\ufffd\u200b",
    "Zażółć gęślą jaźń, Łukasz!",
    "我叫王小明",
    "اسمي محمد",
    "👩‍⚕️ Dr. 👨‍👩‍👧",
    "İstanbul ẞ ﬁ ŉ ǆ",
    "a" * 5_000,
    "1 " * 2_000,
    "one two " * 500,
    "at gmail dot com " * 50,
    "Dr. Dr. Mr. Mr.",
    "'’'’s 's",
    "٠١٢٣٤٥٦٧٨٩ ５５５-１２３４",
]


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{index}", speaker="S1", role=Role.UNKNOWN, text=text)
        for index, text in enumerate(texts)
    ]


def assert_sound(utterances: list[Utterance], found: list[list[PiiSpan]], name: str) -> None:
    assert len(found) == len(utterances)
    for utterance, spans in zip(utterances, found, strict=True):
        for pii in spans:
            assert 0 <= pii.span.start < pii.span.end <= len(utterance.text)
            assert 0 <= pii.score <= 1
            assert pii.detector == name


def test_there_is_a_detector_that_needs_nothing_installed() -> None:
    assert "clinical" in NAMES


@every_detector
@given(texts=SAID)
@settings(max_examples=60, deadline=None)
def test_spans_lie_inside_the_text_one_list_per_utterance(
    detector: PiiDetector, texts: list[str]
) -> None:
    utterances = visit(*texts)
    assert_sound(utterances, detector.detect(utterances), detector.name)


@every_detector
def test_odd_text_is_no_error(detector: PiiDetector) -> None:
    utterances = visit(*ODD)
    assert_sound(utterances, detector.detect(utterances), detector.name)


@every_detector
def test_the_same_visit_gives_the_same_spans(detector: PiiDetector) -> None:
    utterances = visit("Hi, I'm Mary Walsh.", "born march third", "call 555-123-4567", *ODD)
    assert detector.detect(utterances) == detector.detect(utterances)


@every_detector
def test_a_visit_of_nothing_has_nothing(detector: PiiDetector) -> None:
    assert detector.detect([]) == []


@every_detector
def test_an_introduced_name_and_a_telephone_number_are_found(detector: PiiDetector) -> None:
    text = "My name is Mary Walsh and my phone number is 555-123-4567."
    (spans,) = detector.detect(visit(text))
    for identifier in ("Mary Walsh", "555-123-4567"):
        start = text.index(identifier)
        assert any(
            pii.span.start <= start and pii.span.end >= start + len(identifier) for pii in spans
        )
