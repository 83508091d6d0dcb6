"""Units -> the statements of a note, worded and ordered as a chart holds them."""
