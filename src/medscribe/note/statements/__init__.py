"""Statements of a note: their quotes in the talk, changes to them by id, one note against another."""
