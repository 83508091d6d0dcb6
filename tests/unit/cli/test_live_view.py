"""The screen of a live visit: the newest is in the window, and the figures are of this moment."""

from datetime import UTC, datetime

import pytest
from rich.console import Console

from medscribe.cli import console
from medscribe.cli.live_view import ScreenView
from medscribe.domain.live import LiveStatus, Partial
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Speaker, Utterance, Word
from medscribe.note.prescription import extract_prescription

HEIGHT = 24
MEDICINES = ("metformin", "lisinopril", "atorvastatin", "amlodipine", "omeprazole", "sertraline")


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Console:
    made = Console(width=80, height=HEIGHT, force_terminal=True, highlight=False)
    monkeypatch.setattr(console, "output", made)
    return made


def utterance(number: int) -> Utterance:
    text = f"turn {number} " + "and then it hurt again in the evening " * 4
    words = tuple(
        Word(text=word, span=TimeSpan(start=number, end=number + 1)) for word in text.split()
    )
    return Utterance(
        id=f"u{number}", speaker="S1", role=Role.PATIENT, text=text.strip(), words=words
    )


def shown(view: ScreenView, window: Console) -> list[str]:
    lines = window.render_lines(view._render())
    return ["".join(piece.text for piece in line) for line in lines]


def test_a_long_talk_shows_its_newest_words_in_a_small_window(window: Console) -> None:
    status = LiveStatus(heard_seconds=0, lag_seconds=0)
    view = ScreenView(True, lambda: "listening", lambda: status)
    try:
        view.said([utterance(number) for number in range(30)])
        view.saying(Partial(stretch=31, committed="still being", tentative="said"))
        orders = [
            Utterance(
                id=f"o{name}",
                speaker="S1",
                role=Role.CLINICIAN,
                text=f"Let's start {name} ten milligrams once a day.",
            )
            for name in MEDICINES
        ]
        prescription = extract_prescription(orders, created_at=datetime.now(UTC))
        assert len(prescription.orders) == len(MEDICINES)
        view.drafted(EncounterResults(prescription=prescription))
        lines = shown(view, window)
    finally:
        view.close()
    assert len(lines) < HEIGHT
    assert "LISTENING" in lines[0]
    assert any("still being said" in line for line in lines)
    assert MEDICINES[-1] in lines[-1]


def test_the_figures_move_while_a_pass_lasts(window: Console) -> None:
    heard = iter(range(10, 1000, 60))
    view = ScreenView(
        False, lambda: "listening", lambda: LiveStatus(heard_seconds=next(heard), lag_seconds=5)
    )
    try:
        assert shown(view, window)[0] != shown(view, window)[0]
    finally:
        view.close()


def test_lines_said_before_follow_a_change_of_roles(window: Console) -> None:
    status = LiveStatus(heard_seconds=0, lag_seconds=0)
    view = ScreenView(True, lambda: "listening", lambda: status)
    unknown = utterance(1).model_copy(update={"role": Role.UNKNOWN})
    try:
        view.said([unknown])
        assert "S1: turn 1" in "".join(shown(view, window))
        first = Speaker(label="S1", role=Role.PATIENT)
        view.drafted(EncounterResults(speakers=(first,)))
        assert "S1 patient: turn 1" in "".join(shown(view, window))
        view.cast([first.model_copy(update={"role": Role.CLINICIAN})])
        assert "S1 clinician: turn 1" in "".join(shown(view, window))
    finally:
        view.close()
