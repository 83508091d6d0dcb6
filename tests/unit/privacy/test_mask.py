"""The border: what is found never passes, and comes back whole for the chart."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.domain.privacy import PLACEHOLDER, PiiDecision, PiiKind, PiiSpan
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Role, Utterance, Word
from medscribe.errors import PrivacyError
from medscribe.privacy.mask import MaskedVisit, mask, reveal


class Listed:
    """Finds listed phrases: `{phrase: (kind, score)}`, in exactly this spelling, anywhere."""

    name = "listed"

    def __init__(self, phrases: dict[str, tuple[PiiKind, float]], first_only: bool = False) -> None:
        self.phrases, self.first_only = phrases, first_only

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        found: list[list[PiiSpan]] = [[] for _ in utterances]
        for phrase, (kind, score) in self.phrases.items():
            for spans, utterance in zip(found, utterances, strict=True):
                for match in re.finditer(re.escape(phrase), utterance.text):
                    span = TextSpan(start=match.start(), end=match.end())
                    spans.append(PiiSpan(span=span, kind=kind, score=score, detector="listed"))
                    if self.first_only:
                        break
                if self.first_only and any(found):
                    break
        return found


class At:
    """Answers with fixed spans for the first utterance."""

    name = "at"

    def __init__(self, *spans: tuple[int, int, PiiKind, float]) -> None:
        self.spans = spans

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        first = [
            PiiSpan(span=TextSpan(start=a, end=b), kind=kind, score=score, detector="at")
            for a, b, kind, score in self.spans
        ]
        return [first if index == 0 else [] for index in range(len(utterances))]


def visit(*texts: str) -> list[Utterance]:
    return [
        Utterance(id=f"u{index}", speaker="S1", role=Role.PATIENT, text=text)
        for index, text in enumerate(texts)
    ]


def texts_of(masked: MaskedVisit) -> list[str]:
    return [utterance.text for utterance in masked.utterances]


def test_a_name_becomes_a_placeholder_and_the_vault_keeps_it() -> None:
    masked = mask(
        visit("I'm Mary Walsh, I take metformin"), [Listed({"Mary Walsh": (PiiKind.NAME, 0.9)})]
    )
    assert texts_of(masked) == ["I'm <NAME_1>, I take metformin"]
    (entry,) = masked.vault
    assert (entry.placeholder, entry.kind, entry.original) == (
        "<NAME_1>",
        PiiKind.NAME,
        "Mary Walsh",
    )
    (replacement,) = masked.utterances[0].replacements
    text = masked.utterances[0].text
    assert text[replacement.span.start : replacement.span.end] == "<NAME_1>"
    assert replacement.certain


def test_without_a_detector_nothing_passes() -> None:
    with pytest.raises(PrivacyError):
        mask(visit("hello"), [])


def test_a_detector_that_fails_stops_the_visit_and_its_message_is_not_passed_on() -> None:
    class Failing:
        name = "failing"

        def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
            raise ValueError(f"cannot read: {utterances[0].text}")

    with pytest.raises(PrivacyError) as caught:
        mask(visit("I'm Mary Walsh"), [Failing()])
    assert "Walsh" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_detector_that_answers_for_too_few_utterances_stops_the_visit() -> None:
    class Short:
        name = "short"

        def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
            return [[]]

    with pytest.raises(PrivacyError):
        mask(visit("one", "two"), [Short()])


def test_a_span_beyond_the_text_stops_the_visit() -> None:
    with pytest.raises(PrivacyError):
        mask(visit("short"), [At((0, 99, PiiKind.NAME, 0.9))])


def test_a_sure_find_is_masked_wherever_it_is_said() -> None:
    detector = Listed({"Walsh": (PiiKind.NAME, 0.9)}, first_only=True)
    masked = mask(visit("Ms. Walsh?", "yes, walsh is fine", "Walsh's knee", "Walshy"), [detector])
    assert texts_of(masked) == [
        "Ms. <NAME_1>?",
        "yes, <NAME_1_2> is fine",
        "<NAME_1>'s knee",
        "Walshy",
    ]


def test_a_doubtful_find_is_masked_as_doubtful_and_only_where_it_was_found() -> None:
    detector = Listed({"Reading": (PiiKind.LOCATION, 0.5)}, first_only=True)
    masked = mask(visit("from Reading", "Reading is fine"), [detector])
    assert texts_of(masked) == ["from <UNCERTAIN:LOCATION_1>", "Reading is fine"]
    assert not masked.utterances[0].replacements[0].certain


def test_what_is_more_likely_wrong_than_right_is_left() -> None:
    masked = mask(visit("a mark on the skin"), [Listed({"mark": (PiiKind.NAME, 0.2)})])
    assert texts_of(masked) == ["a mark on the skin"]
    assert masked.vault == ()


def test_once_certain_is_always_certain() -> None:
    detectors = [At((0, 5, PiiKind.NAME, 0.5)), Listed({"Jones is": (PiiKind.NAME, 0.9)})]
    masked = mask(visit("Jones is here", "hello Jones is"), detectors)
    assert texts_of(masked) == ["<NAME_1> here", "hello <NAME_1>"]


def test_of_overlapping_finds_the_widest_is_masked_with_the_highest_score() -> None:
    text = "12 Mary Street"
    detector = At((3, 7, PiiKind.NAME, 0.9), (0, 14, PiiKind.LOCATION, 0.6))
    masked = mask(visit(text), [detector])
    assert texts_of(masked) == ["<LOCATION_1>"]
    assert masked.vault[0].original == text


def test_no_part_of_a_word_is_left_over() -> None:
    masked = mask(visit("call Brianna now"), [At((5, 10, PiiKind.NAME, 0.9))])
    assert texts_of(masked) == ["call <NAME_1> now"]


def test_each_kind_is_counted_from_one_in_the_order_of_the_visit() -> None:
    detector = Listed(
        {
            "Ann": (PiiKind.NAME, 0.9),
            "Bob": (PiiKind.NAME, 0.9),
            "May 3": (PiiKind.DATE, 0.9),
            "Cy": (PiiKind.NAME, 0.5),
        }
    )
    masked = mask(visit("Bob saw Ann on May 3", "Ann met Cy"), [detector])
    assert texts_of(masked) == [
        "<NAME_1> saw <NAME_2> on <DATE_1>",
        "<NAME_2> met <UNCERTAIN:NAME_3>",
    ]


def test_what_already_looks_like_a_placeholder_is_not_revealed_as_somebody_else() -> None:
    said = visit("the form said <NAME_1>", "I'm Ann")
    masked = mask(said, [Listed({"Ann": (PiiKind.NAME, 0.9)})])
    assert texts_of(masked) == ["the form said <OTHER_ID_1>", "I'm <NAME_1>"]
    assert [reveal(text, masked.vault) for text in texts_of(masked)] == [u.text for u in said]


def test_a_placeholder_of_another_visit_stays() -> None:
    assert reveal("seen by <NAME_7>", ()) == "seen by <NAME_7>"


def test_word_times_are_not_carried_over_but_all_else_is() -> None:
    span = TimeSpan(start=1.0, end=2.0)
    said = Utterance(
        id="u9",
        speaker="S2",
        role=Role.CLINICIAN,
        text="Ann",
        span=span,
        words=(Word(text="Ann", span=span),),
    )
    masked = mask([said], [Listed({"Ann": (PiiKind.NAME, 0.9)})]).utterances[0]
    assert (masked.id, masked.speaker, masked.role, masked.span) == ("u9", "S2", said.role, span)
    assert "Ann" not in masked.model_dump_json()


def test_a_visit_of_nothing_is_a_masked_visit_of_nothing() -> None:
    assert mask([], [Listed({})]) == MaskedVisit(utterances=(), vault=())


LETTERS = st.text(alphabet="abAB ß'<>_1,-:é\n", max_size=30) | st.text(max_size=12)
SCORES = st.sampled_from([0.2, 0.5, 0.9])
PHRASES = st.dictionaries(
    st.text(alphabet="abAB '<1é", min_size=1, max_size=4),
    st.tuples(st.sampled_from(list(PiiKind)), SCORES),
    max_size=4,
)


@given(st.lists(LETTERS, max_size=4), PHRASES, st.booleans())
def test_every_text_is_revealed_as_it_was(
    texts: list[str], phrases: dict[str, tuple[PiiKind, float]], first_only: bool
) -> None:
    masked = mask(visit(*texts), [Listed(phrases, first_only)])
    assert [reveal(text, masked.vault) for text in texts_of(masked)] == texts


@given(st.lists(LETTERS, max_size=4), PHRASES)
def test_what_was_found_with_certainty_is_nowhere_in_the_masked_text(
    texts: list[str], phrases: dict[str, tuple[PiiKind, float]]
) -> None:
    masked = mask(visit(*texts), [Listed(phrases, first_only=True)])
    certain = [
        entry.original
        for entry in masked.vault
        if entry.placeholder.startswith(("<NAME", "<EMAIL"))
        and re.search(r"[^\W\d_]{2}", entry.original)
    ]
    for text in texts_of(masked):
        left = PLACEHOLDER.sub("\x00", text)
        for original in certain:
            before = r"(?<!\w)" if re.match(r"\w", original[0]) else ""
            after = r"(?!\w)" if re.match(r"\w", original[-1]) else ""
            assert not re.search(before + re.escape(original) + after, left)


@given(st.lists(LETTERS, max_size=3), PHRASES)
def test_replacements_lie_where_they_say(
    texts: list[str], phrases: dict[str, tuple[PiiKind, float]]
) -> None:
    masked = mask(visit(*texts), [Listed(phrases)])
    for utterance in masked.utterances:
        for item in utterance.replacements:
            assert utterance.text[item.span.start : item.span.end] == item.placeholder
            assert PLACEHOLDER.fullmatch(item.placeholder)


@pytest.mark.parametrize(
    ("identifier", "kind", "other_use"),
    [
        ("ninety", PiiKind.AGE_OVER_89, "my pulse was ninety today"),
        ("march", PiiKind.DATE, "i march for an hour"),
        ("4 2", PiiKind.RECORD_NUMBER, "i take 4 2 at night"),
        ("reading", PiiKind.LOCATION, "i like reading"),
    ],
)
def test_words_that_mean_something_else_elsewhere_are_masked_where_they_were_found_only(
    identifier: str, kind: PiiKind, other_use: str
) -> None:
    detector = Listed({identifier: (kind, 0.9)}, first_only=True)
    first, second = texts_of(mask(visit(f"it is {identifier} .", other_use), [detector]))
    assert identifier not in first
    assert second == other_use


def test_a_long_number_is_masked_wherever_it_is_said_again() -> None:
    detector = Listed({"four four 7 8 1": (PiiKind.RECORD_NUMBER, 0.9)}, first_only=True)
    masked = mask(visit("it is four four 7 8 1", "four four 7 8 1 , thanks"), [detector])
    assert texts_of(masked) == ["it is <RECORD_NUMBER_1>", "<RECORD_NUMBER_1> , thanks"]


def test_the_clinicians_word_outweighs_the_detectors_and_the_later_word_the_earlier() -> None:
    detector = Listed({"foley": (PiiKind.NAME, 0.9)})
    said = visit("the foley is out", "kestrel came")
    shown = PiiDecision(original="Foley", identifies=False)
    hidden = PiiDecision(original="kestrel", identifies=True)
    assert texts_of(mask(said, [detector], decisions=[shown, hidden])) == [
        "the foley is out",
        "<NAME_1> came",
    ]
    again = PiiDecision(original="foley", identifies=True)
    texts = texts_of(mask(said, [detector], decisions=[shown, hidden, again]))
    assert texts == ["the <NAME_1> is out", "<NAME_2> came"]


def test_known_names_are_masked_whole_and_in_their_telling_parts() -> None:
    said = visit("will kestrel is here", "kestrel will sit down")
    masked = mask(said, [Listed({})], known_names=["Will Kestrel"])
    assert texts_of(masked) == ["<NAME_1> is here", "<NAME_2> will sit down"]


def test_a_decision_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="original"):
        PiiDecision(original=" , ", identifies=True)


def test_a_known_name_is_masked_as_recognisers_write_it() -> None:
    said = visit("mrs o neill is here", "oneill , i said", "smith jones came too")
    masked = mask(said, [Listed({})], known_names=["Ann O'Neill", "Bo Smith-Jones"])
    assert not re.search("neill|smith|jones", "".join(texts_of(masked)))
