"""The rules of the clinical detector: a text, or the texts of a visit -> finds with scores."""
