"""Encounters, cursors and events, sealed at rest."""
