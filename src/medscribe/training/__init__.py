"""Open corpora -> the small models that ship with MedScribe."""
