"""Utterances -> masked utterances and a vault of what was masked. Nothing unmasked passes."""
