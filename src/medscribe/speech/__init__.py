"""Samples -> words with times."""
