"""Statements of a note: their quotes in the talk, changes by id, one note against another."""
