"""What every detector of identifiers promises, for each that can be created here."""

import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medscribe.domain.privacy import PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.plugin import create_engine, describe_engine, engine_names
from medscribe.privacy.detector import PiiDetector
from medscribe.privacy.overlaps import CERTAIN_SCORE

PACKAGE = "medscribe.privacy.detectors"
NAMES = [name for name in engine_names(PACKAGE) if describe_engine(PACKAGE, name).installed]
FIND_NO_NAMES = {"presidio"}  # without a model of the user's

every_detector = pytest.mark.parametrize("detector", NAMES, indirect=True)


@cache
def created(name: str) -> PiiDetector:
    return cast(PiiDetector, create_engine(PACKAGE, name))


@pytest.fixture
def detector(request: pytest.FixtureRequest) -> PiiDetector:
    return created(request.param)


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


CLINICAL = [
    "blood pressure 120/80, then 118/76, pulse 72 and temperature 98.6",
    "sodium 140, potassium 4.2, creatinine 1.1 and an A1c of 7.2",
    "take 500 mg twice daily, then 1000 mg, and 2400000 units of penicillin",
    "platelets 250000 and a viral load of 1250000 copies",
    "sensation at L4-L5 and S1, strength 5/5, pain 8/10",
    "metformin, lisinopril and a Foley catheter for three days",
    "let me see...okay.so that is it.no more",
    "a lesion of 1.5 by 2.5 cm, a dilution of 1/1000",
]


def covers(pii: PiiSpan, text: str, identifier: str) -> bool:
    start = text.index(identifier)
    return pii.span.start <= start and pii.span.end >= start + len(identifier)


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
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
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
@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Well, my phone number is 555-123-4567.", "555-123-4567"),
        ("You can write to jane.roe@example.com for that.", "jane.roe@example.com"),
        ("My social security number is 219-45-6781.", "219-45-6781"),
        ("She was seen on 03/14/2021 for it.", "03/14/2021"),
        ("Our printer has the address 192.168.14.201.", "192.168.14.201"),
        ("It says so at https://www.example.org/visits/1402 I think.", "example.org"),
    ],
)
def test_a_written_identifier_is_found_with_certainty(
    detector: PiiDetector, text: str, identifier: str
) -> None:
    (spans,) = detector.detect(visit(text))
    assert any(covers(pii, text, identifier) and pii.score >= CERTAIN_SCORE for pii in spans)


@every_detector
def test_an_introduced_name_is_found(detector: PiiDetector) -> None:
    if detector.name in FIND_NO_NAMES:
        pytest.skip("finds names only with a model, which is not installed here")
    text = "My name is Mary Walsh and I am here for my knee."
    (spans,) = detector.detect(visit(text))
    assert any(covers(pii, text, "Mary Walsh") for pii in spans)


@every_detector
@pytest.mark.parametrize("text", CLINICAL)
def test_doses_values_and_drugs_are_left(detector: PiiDetector, text: str) -> None:
    (spans,) = detector.detect(visit(text))
    assert [text[pii.span.start : pii.span.end] for pii in spans if pii.score >= 0.35] == []


@every_detector
def test_threads_share_a_detector(detector: PiiDetector) -> None:
    visits = [
        visit(*[f"call 555-123-4{number:03d}, or 312-555-{number:04d}"] * 3) for number in range(8)
    ]
    alone = [detector.detect(one) for one in visits]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(detector.detect, visits)) == alone


@every_detector
def test_nothing_of_a_visit_is_logged_printed_or_sent(
    detector: PiiDetector,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("no connection is made")

    for way in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    with caplog.at_level(logging.DEBUG):
        detector.detect(visit("Zyxwell at zyxwell.example.co.uk or jo@zyxwell.museum", *ODD))
    printed = capfd.readouterr()
    assert "zyxwell" not in (caplog.text + printed.out + printed.err).lower()
