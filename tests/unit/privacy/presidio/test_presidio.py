"""What the Presidio detector finds in a visit, and what it leaves, without any model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("presidio_analyzer")

from medscribe.domain.privacy import PiiKind, PiiSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.plugin import create_engine
from medscribe.privacy.detectors import presidio
from medscribe.privacy.detectors.presidio import Options, PresidioDetector
from medscribe.privacy.mask import mask
from medscribe.privacy.presidio.analyzer import Analyzer
from medscribe.privacy.presidio.joined import MAX_CHARACTERS, SEPARATOR, apart, joined
from medscribe.privacy.presidio.model import load_model
from medscribe.privacy.rules.finding import Finding

DETECTOR = presidio.create(Options(ner="none"))


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{index}", speaker="S1", role=Role.UNKNOWN, text=text)
        for index, text in enumerate(texts)
    ]


def found(text: str) -> list[tuple[PiiKind, str]]:
    (spans,) = DETECTOR.detect(visit(text))
    return [(pii.kind, text[pii.span.start : pii.span.end]) for pii in spans if pii.score >= 0.35]


def best(text: str) -> PiiSpan:
    (spans,) = DETECTOR.detect(visit(text))
    return max(spans, key=lambda pii: pii.score)


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("call me at (312) 555-0142 please", PiiKind.PHONE, "(312) 555-0142"),
        ("from abroad it's +44 20 7946 0958", PiiKind.PHONE, "+44 20 7946 0958"),
        ("my email is jo.roe@example.com", PiiKind.EMAIL, "jo.roe@example.com"),
        ("it went to jo@ward3.local last week", PiiKind.EMAIL, "jo@ward3.local"),
        ("seen on 2021-03-14 for this", PiiKind.DATE, "2021-03-14"),
        ("my social security number is 219-45-6781", PiiKind.SSN, "219-45-6781"),
        ("the card is 4111 1111 1111 1111", PiiKind.ACCOUNT_NUMBER, "4111 1111 1111 1111"),
        ("its MAC is 00:1B:44:11:3A:B7", PiiKind.DEVICE_ID, "00:1B:44:11:3A:B7"),
        ("the server is 192.168.14.201", PiiKind.IP_ADDRESS, "192.168.14.201"),
        ("driver license number F16282354011", PiiKind.LICENSE_NUMBER, "F16282354011"),
        ("my insurance member number is XQ-448812", PiiKind.OTHER_ID, "XQ-448812"),
        ("medicare beneficiary 1EG4-TE5-MK73", PiiKind.ACCOUNT_NUMBER, "1EG4-TE5-MK73"),
    ],
)
def test_a_written_identifier_has_our_kind(text: str, kind: PiiKind, identifier: str) -> None:
    pii = best(text)
    assert (pii.kind, text[pii.span.start : pii.span.end]) == (kind, identifier)
    assert pii.score >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "BP: 169/74. HR: 88",
        "saturations were 94 95 96 97 98 percent",
        "she rates her pain as 6/10, review in 2/52",
        "levels C5, L4 and T12, oriented x3",
        "in her 50s and the 90s",
        "it comes from 1000-2000 mg to 3000-4000 mg",
        "let me look...so that is fine",
        "ICD E11.9, CYP2C19, Indole-3-carbinol",
        "platelets 4500000/mL and 1250000 copies",
    ],
)
def test_values_scores_and_codes_of_diseases_are_left(text: str) -> None:
    assert found(text) == []


def test_a_word_before_a_number_makes_it_certain() -> None:
    assert best("that was 54321-7890 I think").score < 0.8
    assert best("my social security is 54321-7890 I think").score >= 0.8


def test_a_question_speaks_for_the_number_in_the_answer() -> None:
    asked, alone = visit("What is your account number?", "87654321"), visit("87654321")
    (_, (answer,)), ((unasked,),) = DETECTOR.detect(asked), DETECTOR.detect(alone)
    assert answer.score > unasked.score


def test_a_month_and_year_is_a_date_and_a_score_out_of_ten_is_none() -> None:
    assert found("she had it in 03/2021") == [(PiiKind.DATE, "03/2021")]
    assert found("it was placed in 01/09 and rated 1/10") == [(PiiKind.DATE, "01/09")]


def test_of_several_readings_of_one_number_the_surest_is_given() -> None:
    (spans,) = DETECTOR.detect(visit("my phone number is 312-555-1234"))
    assert [pii.kind for pii in spans] == [PiiKind.PHONE]


def test_kinds_that_are_left_out_are_not_looked_for() -> None:
    detector = presidio.create(Options(ner="none", leave_out=(PiiKind.URL,)))
    assert detector.detect(visit("see www.example.org")) == [[]]


def test_a_visit_is_read_as_one_and_each_find_stays_in_its_utterance() -> None:
    texts = ["it's 555", "1234", "no, 312-555-0142", "march", "2021", "jo@", "example"]
    spans = DETECTOR.detect(visit(*texts))
    assert [len(each) for each in spans[:3]] == [0, 0, 1]
    assert [spans[number] for number in (3, 4, 5)] == [[], [], []]
    masked = mask(visit(*texts), [DETECTOR]).utterances
    assert masked[2].text == "no, <PHONE_1>"


def test_a_visit_longer_than_one_joined_text_is_read_whole() -> None:
    texts = [*["nothing to see here " * 20] * 120, "call 312-555-0142", "x" * (MAX_CHARACTERS + 9)]
    spans = DETECTOR.detect(visit(*texts))
    assert [number for number, each in enumerate(spans) if each] == [120]


@given(st.lists(st.text(max_size=40), max_size=8), st.data())
@settings(max_examples=80, deadline=None)
def test_joined_texts_come_apart_again(texts: list[str], data: st.DataObject) -> None:
    for whole in joined(texts):
        assert whole.text == SEPARATOR.join(texts[whole.first : whole.first + len(whole.starts)])
        start = data.draw(st.integers(0, len(whole.text)))
        end = data.draw(st.integers(start, len(whole.text)))
        stretch = Finding(start, end, PiiKind.NAME, 0.5)
        for place, finding in apart(whole, [stretch]):
            said = texts[place][finding.start : finding.end]
            assert said
            assert said in whole.text[start:end]


def test_the_words_of_a_visit_are_not_kept() -> None:
    model = load_model("none")
    detector = PresidioDetector(Analyzer(model))
    detector.detect(visit("Zyxwellington lives at zyxwellington@example.com"))
    assert "Zyxwellington" not in model.language.vocab.strings
    assert "zyxwellington" not in model.language.vocab.strings


def test_the_engine_is_made_by_name_with_no_model_installed() -> None:
    engine = create_engine("medscribe.privacy.detectors", "presidio")
    assert engine.name == "presidio"
