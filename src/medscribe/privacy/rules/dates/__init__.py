"""Dates and ages over 89."""
