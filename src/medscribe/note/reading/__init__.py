"""Masked utterances -> units: what may become a statement, who it is about, where it belongs."""
