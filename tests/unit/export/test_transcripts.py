"""Transcript files: what is written, and that it can be read again."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Relation, Role, Utterance, Word
from medscribe.errors import InputError
from medscribe.export.cues import LONGEST_SECONDS, MOST_CHARACTERS
from medscribe.export.transcripts import to_json, to_rttm, to_srt, to_text, to_vtt
from medscribe.speech.transcript_file import read_transcript


def said(
    number: int, role: Role, text: str, start: float | None = None, pace: float = 0.5
) -> Utterance:
    """An utterance whose words take `pace` seconds each."""
    tokens = text.split()
    if start is None:
        return Utterance(id=f"u{number}", speaker=f"S{number}", role=role, text=text)
    words = tuple(
        Word(text=token, span=TimeSpan(start=start + i * pace, end=start + (i + 1) * pace))
        for i, token in enumerate(tokens)
    )
    span = TimeSpan(start=start, end=start + len(tokens) * pace)
    return Utterance(
        id=f"u{number}", speaker=f"S{number}", role=role, text=text, span=span, words=words
    )


VISIT = [
    said(1, Role.CLINICIAN, "What brings you in?", 12.0),
    said(2, Role.PATIENT, "My left knee hurts.", 3723.25),
    said(3, Role.UNKNOWN, "Hers too.", 3730.0),
]


def test_text_names_time_and_role() -> None:
    assert to_text(VISIT) == (
        "[00:12] CLINICIAN: What brings you in?\n"
        "[1:02:03] PATIENT: My left knee hurts.\n"
        "[1:02:10] S3: Hers too.\n"
    )


def test_text_without_times_has_no_times() -> None:
    assert to_text([said(1, Role.PATIENT, "Yes.")]) == "PATIENT: Yes.\n"


def test_srt_counts_cues_from_one() -> None:
    assert to_srt(VISIT[:2]) == (
        "1\n00:00:12,000 --> 00:00:14,000\nCLINICIAN: What brings you in?\n\n"
        "2\n01:02:03,250 --> 01:02:05,250\nPATIENT: My left knee hurts.\n"
    )


def test_vtt_has_voice_tags() -> None:
    assert to_vtt(VISIT[:1]) == (
        "WEBVTT\n\n00:00:12.000 --> 00:00:14.000\n<v CLINICIAN>What brings you in?\n"
    )


def test_vtt_escapes_what_would_be_a_tag() -> None:
    vtt = to_vtt([said(1, Role.PATIENT, "BP <NAME_1> & sugar --> high", 0.0)])
    assert "<v PATIENT>BP &lt;NAME_1&gt; &amp; sugar --&gt; high" in vtt


def test_srt_words_never_look_like_times() -> None:
    assert to_srt([said(1, Role.PATIENT, "sugar --> high", 0.0)]).count("-->") == 1


def test_masked_utterances_are_written_as_well() -> None:
    masked = MaskedUtterance(
        id="u1",
        speaker="S2",
        role=Role.PATIENT,
        text="I'm <NAME_1>.",
        span=TimeSpan(start=1, end=2),
    )
    assert to_text([masked]) == "[00:01] PATIENT: I'm <NAME_1>.\n"
    assert "PATIENT: I'm <NAME_1>." in to_srt([masked])
    assert json.loads(to_json([masked]))["utterances"][0]["text"] == "I'm <NAME_1>."


@pytest.mark.parametrize("write", [to_srt, to_vtt, lambda u: to_rttm(u, file_id="visit")])
def test_what_has_no_times_cannot_be_subtitles(write) -> None:
    with pytest.raises(InputError, match="without times"):
        write([*VISIT, said(4, Role.PATIENT, "Yes.")])


def test_rttm_has_ten_fields_a_line() -> None:
    first, *_ = to_rttm(VISIT, file_id="visit").splitlines()
    assert first == "SPEAKER visit 1 12.000 2.000 <NA> <NA> S1 <NA> <NA>"


@pytest.mark.parametrize("file_id", ["", "my visit", "a\nb"])
def test_rttm_refuses_a_file_id_of_several_words(file_id: str) -> None:
    with pytest.raises(InputError):
        to_rttm(VISIT, file_id=file_id)


@pytest.mark.parametrize("write", [to_srt, to_vtt, to_text, lambda u: to_rttm(u, file_id="v")])
def test_nothing_said_is_no_error(write) -> None:
    assert write([]) in ("", "WEBVTT\n")


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=80)


@given(WORDS, st.floats(0.05, 3.0), st.floats(0, 5000))
def test_cues_are_short_in_order_and_keep_every_word(
    tokens: list[str], pace: float, start: float
) -> None:
    blocks = to_srt([said(1, Role.PATIENT, " ".join(tokens), start, pace)]).strip().split("\n\n")
    times = [[_seconds(clock) for clock in block.split("\n")[1].split(" --> ")] for block in blocks]
    texts = [block.split("\n")[2].removeprefix("PATIENT: ") for block in blocks]
    assert " ".join(texts).split() == tokens
    assert all(begin <= end for begin, end in times)
    assert all(a[1] <= b[0] + 0.002 for a, b in pairwise(times))
    assert all(end - begin <= LONGEST_SECONDS + 0.002 for begin, end in times)
    assert all(len(text) <= MOST_CHARACTERS for text in texts)


def test_masked_text_is_cut_in_proportion_where_word_times_do_not_fit() -> None:
    long = MaskedUtterance(
        id="u1",
        speaker="S1",
        role=Role.PATIENT,
        text="word " * 60,
        span=TimeSpan(start=10, end=40),
    )
    cues = re.findall(r"(\S+) --> (\S+)", to_srt([long]))
    assert len(cues) >= 4
    assert _seconds(cues[0][0]) == 10
    assert _seconds(cues[-1][1]) == 40


@pytest.mark.parametrize(
    "visit", [VISIT, [said(1, Role.PATIENT, "Yes."), said(2, Role.CLINICIAN, "No.")]]
)
def test_json_is_read_back_as_it_was(tmp_path: Path, visit: list[Utterance]) -> None:
    path = tmp_path / "transcript.json"
    path.write_text(to_json(visit), encoding="utf-8")
    assert read_transcript(path) == visit


def test_a_companion_is_called_by_the_relation_where_it_is_known() -> None:
    mother = said(1, Role.COMPANION, "He fell.", 1.0).model_copy(
        update={"relation": Relation.MOTHER}
    )
    assert to_text([mother]) == "[00:01] MOTHER: He fell.\n"
    assert "<v MOTHER>He fell." in to_vtt([mother])
    assert to_text([said(1, Role.COMPANION, "He fell.")]) == "COMPANION: He fell.\n"


@pytest.mark.parametrize("relation", [None, *Relation])
def test_a_companion_is_read_back_as_what_they_are(
    tmp_path: Path, relation: Relation | None
) -> None:
    companion = said(3, Role.COMPANION, "He fell.").model_copy(update={"relation": relation})
    for name, write in (("visit.txt", to_text), ("visit.json", to_json)):
        (tmp_path / name).write_text(write([*VISIT[:2], companion]), encoding="utf-8")
        heard = read_transcript(tmp_path / name)[-1]
        assert (heard.role, heard.relation) == (Role.COMPANION, relation)


def test_text_is_read_back_with_its_roles(tmp_path: Path) -> None:
    path = tmp_path / "transcript.txt"
    path.write_text(to_text(VISIT), encoding="utf-8")
    assert [(u.role, u.text) for u in read_transcript(path)] == [(u.role, u.text) for u in VISIT]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Walsh", "Ann Walsh"),
        ("Ana María de los Ángeles O'Neill-Quark", "Ana María de los Ángeles O'Neill-Quark"),
        ("Walsh,\nAnn: <b>(Mrs.)", "Walsh Ann b Mrs."),
    ],
)
def test_a_named_speaker_is_shown_by_role_and_name_and_read_back(
    tmp_path: Path, name: str, shown: str
) -> None:
    visit = [
        said(1, Role.CLINICIAN, "How is he?"),
        said(2, Role.COMPANION, "He coughs.").model_copy(update={"relation": Relation.MOTHER}),
        said(3, Role.UNKNOWN, "Hello."),
    ]
    path = tmp_path / "visit.txt"
    path.write_text(to_text(visit, {"S2": name, "S3": name}))

    assert f"\nMOTHER ({shown}): He coughs.\nS3 ({shown}): Hello." in path.read_text()
    assert read_transcript(path) == visit


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
