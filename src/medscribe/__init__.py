"""MedScribe: a recorded visit in; transcript, note, prescription and alerts out."""

__version__ = "0.1.0"
