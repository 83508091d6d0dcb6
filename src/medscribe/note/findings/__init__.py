"""Masked utterances -> the structured record of a visit but for its medicines."""
