"""Who speaks when, from windows that look at more than one moment."""

import numpy as np

from medscribe.dialogue.resegment import STEP_SECONDS, Steps, Windows, best_path, resegment

RANDOM = np.random.default_rng(5)
ONE, OTHER = np.eye(256, dtype=np.float32)[:2]


def _windows(speaker_at: np.ndarray, seconds: float = 0.8, hop: float = 0.25) -> Windows:
    """Voiceprints that mix the speakers by their share of each window, with noise."""
    length = len(speaker_at) * STEP_SECONDS
    centres = np.arange(hop / 2, length, hop)
    prints = []
    for centre in centres:
        first = int(max(centre - seconds / 2, 0) / STEP_SECONDS)
        last = int((centre + seconds / 2) / STEP_SECONDS)
        share = float(np.mean(speaker_at[first:last]))
        vector = (1 - share) * ONE + share * OTHER + 0.02 * RANDOM.normal(size=256)
        prints.append(vector / np.linalg.norm(vector))
    return Windows(np.asarray(prints, np.float32), centres)


def _steps(count: int, pauses: list[tuple[int, int]]) -> Steps:
    activity = np.ones(count, np.float32)
    for first, last in pauses:
        activity[first:last] = 0
    return Steps((np.arange(count) + 0.5) * STEP_SECONDS, activity)


def test_a_change_is_placed_in_the_pause_where_it_happened() -> None:
    truth = np.repeat([0, 1, 0, 1], [60, 50, 70, 60])
    steps = _steps(len(truth), [(57, 60), (108, 110), (177, 180)])
    windows = _windows(truth)
    first = (windows.prints @ (OTHER - ONE) > 0).astype(np.intp)
    found = resegment(windows, first, steps)
    spoken = steps.activity > 0
    assert np.mean(found[spoken] != truth[spoken]) < 0.01


def test_wrong_labels_of_some_windows_are_put_right() -> None:
    truth = np.repeat([0, 1, 0], [80, 80, 80])
    windows = _windows(truth)
    labels = (windows.prints @ (OTHER - ONE) > 0).astype(np.intp)
    labels[::9] = 1 - labels[::9]
    found = resegment(windows, labels, _steps(len(truth), []))
    assert np.mean(found != truth) < 0.03


def test_one_voice_stays_one_voice() -> None:
    windows = _windows(np.zeros(100))
    labels = np.zeros(len(windows.centres), np.intp)
    assert set(resegment(windows, labels, _steps(100, [])).tolist()) == {0}


def test_three_voices_are_followed() -> None:
    voices = np.eye(256, dtype=np.float32)[:3]
    truth = np.repeat([0, 1, 2, 1, 0, 2], 40)
    centres = np.arange(0.1, 12, 0.25)
    labels = truth[(centres / STEP_SECONDS).astype(int)]
    prints = voices[labels] + 0.02 * RANDOM.normal(size=(len(centres), 256))
    prints /= np.linalg.norm(prints, axis=1, keepdims=True)
    found = resegment(Windows(prints.astype(np.float32), centres), labels, _steps(len(truth), []))
    assert np.mean(found != truth) < 0.05


def test_weak_evidence_of_a_moment_changes_nothing_and_strong_does() -> None:
    activity = np.ones(40, np.float32)
    voices = np.zeros((40, 2), np.float32)
    voices[:, 0] = 8
    voices[20:22] = (0, 8)
    assert best_path(voices, activity).sum() == 0
    voices[20:30] = (0, 8)
    assert best_path(voices, activity)[20:30].tolist() == [1] * 10
