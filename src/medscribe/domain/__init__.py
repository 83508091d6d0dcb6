"""Frozen values that every floor shares; JSON both ways; no I/O.

Audio time is float seconds from the start of the encounter, everywhere.
"""
