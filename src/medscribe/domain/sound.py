"""The one form of sound inside MedScribe: float32 samples, -1..1, at `SAMPLE_RATE`."""

SAMPLE_RATE = 16_000
"""Hz. What speech recognisers and speaker encoders are trained on."""
