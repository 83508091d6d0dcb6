"""Identifying numbers, written or dictated."""
