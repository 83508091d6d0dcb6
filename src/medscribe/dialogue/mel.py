"""Samples -> power mel spectrogram, equal to librosa's as the speaker encoder was trained on.

25 ms Hann windows every 10 ms, centred and zero-padded, 40 bands of the Slaney scale with Slaney's
area norm, no logarithm (librosa.feature.melspectrogram with n_fft 400, hop 160, n_mels 40).
"""

import functools

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

FRAME_HOP = 160
BANDS = 40
_WINDOW = 400
_BLOCK_FRAMES = 4096


def mel_power(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (n,) at 16 kHz -> float32 (1 + n // 160, 40); frame i is centred on sample 160 i."""
    frames = 1 + len(samples) // FRAME_HOP
    padded = np.pad(samples, _WINDOW // 2)
    view = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::FRAME_HOP][:frames]
    power = np.empty((frames, BANDS), np.float32)
    for start in range(0, frames, _BLOCK_FRAMES):
        block = view[start : start + _BLOCK_FRAMES] * _hann()
        spectrum = np.fft.rfft(block, axis=1)
        energy = spectrum.real**2 + spectrum.imag**2
        power[start : start + len(block)] = energy.astype(np.float32) @ _filters().T
    return power


@functools.cache
def _hann() -> NDArray[np.float32]:
    """Periodic Hann window, (400,)."""
    phase = 2 * np.pi * np.arange(_WINDOW) / _WINDOW
    return np.asarray(0.5 - 0.5 * np.cos(phase), np.float32)


@functools.cache
def _filters() -> NDArray[np.float32]:
    """Triangles between neighbouring band edges, (40, 201), each of unit area in Hz."""
    edges = _hertz(np.linspace(0.0, _mel(SAMPLE_RATE / 2), BANDS + 2))
    bins = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    widths = np.diff(edges)
    rising = (bins[None] - edges[:-2, None]) / widths[:-1, None]
    falling = (edges[2:, None] - bins[None]) / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None], np.float32)


# Slaney's scale (Auditory Toolbox, 1998): linear to 1 kHz, 15 mel there; logarithmic above.
_LINEAR_STEP = 200.0 / 3
_BREAK_HERTZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0


def _mel(hertz: float) -> float:
    if hertz < _BREAK_HERTZ:
        return hertz / _LINEAR_STEP
    return float(_BREAK_HERTZ / _LINEAR_STEP + np.log(hertz / _BREAK_HERTZ) / _LOG_STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    above = np.maximum(mels - _BREAK_HERTZ / _LINEAR_STEP, 0.0)
    curved = _BREAK_HERTZ * np.exp(_LOG_STEP * above)
    return np.where(above > 0, curved, mels * _LINEAR_STEP)
