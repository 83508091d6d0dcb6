"""Results -> files a person or a program reads."""
