"""Masked utterances -> note and prescription, every statement with its evidence."""
