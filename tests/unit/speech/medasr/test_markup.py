"""MedASR's braces and brackets, as they really come, broken ones included."""

import pytest
from tests.unit.speech.medasr.dictation import read_words

from medscribe.speech.medasr.markup import Command, parsed


def seen(text: str) -> str:
    """Words as they are, commands as <name>."""
    items = parsed(read_words(text))
    return " ".join(f"<{i.name}>" if isinstance(i, Command) else i.text for i in items)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("clear {period} Heart", "clear <period> Heart"),
        ("clear{period}Heart", "clear <period> Heart"),
        ("clear {new paragraph} Heart", "clear <new paragraph> Heart"),
        ("clear {Period} Heart", "clear <period> Heart"),
    ],
)
def test_a_name_in_braces_is_a_command(written: str, meant: str) -> None:
    assert seen(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("her stools. {newline}} lower", "her stools. <newline> lower"),
        ("in a day uhm period} 25 years", "in a day uhm <period> 25 years"),
        ("okay { okay {period} What", "okay okay <period> What"),
        (
            "{scratch it off the bleeding and then some more",
            "scratch it off the bleeding and then some more",
        ),
        ("exertion. {new line}] minimal", "exertion. <new line> minimal"),
        ("a { b", "a b"),
        ("{} a {", "a"),
    ],
)
def test_broken_braces_lose_no_word(written: str, meant: str) -> None:
    assert seen(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[EXAM TYPE] CT chest", "<section start> Exam type <section end> CT chest"),
        ("[FINDINGS] {colon} Clear", "<section start> Findings <section end> <colon> Clear"),
        ("[HPI] 54-year-old", "<section start> HPI <section end> 54-year-old"),
    ],
)
def test_a_heading_keeps_its_words(written: str, meant: str) -> None:
    assert seen(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I am [unintelligible] well", "I am well"),
        ("and [unintelligible]. Uhm no", "and. Uhm no"),
        ("stools. [unintelligible]. Uhm", "stools. Uhm"),
        ("seen by [PatientName] today", "seen by today"),
        ("[unintelligible. makes me tired", "makes me tired"),
        ("okay] so", "okay so"),
        ("[unintelligible]", ""),
    ],
)
def test_what_the_model_could_not_write_is_left_out(written: str, meant: str) -> None:
    assert seen(written) == meant


def test_words_keep_their_times() -> None:
    items = parsed(read_words("[FINDINGS] clear {period} Heart"))
    words = {item.text: item.span.start for item in items if not isinstance(item, Command)}
    assert words == {"Findings": 0.0, "clear": 1.0, "Heart": 3.0}
