"""Previews come as often as the engine can bear."""

from medscribe.speech.cadence import LEAST_SECONDS, PASSES, Cadence


def test_a_quick_engine_previews_once_a_second() -> None:
    cadence = Cadence()
    assert cadence.seconds == LEAST_SECONDS
    cadence.took(0.05)
    assert cadence.seconds == LEAST_SECONDS


def test_a_slow_engine_previews_more_rarely() -> None:
    cadence = Cadence()
    for _ in range(20):
        cadence.took(4.0)
    assert abs(cadence.seconds - 4.0 * PASSES) < 0.01


def test_one_slow_pass_does_not_stop_previews() -> None:
    cadence = Cadence()
    for _ in range(20):
        cadence.took(1.0)
    cadence.took(10.0)
    assert cadence.seconds < 6.0
