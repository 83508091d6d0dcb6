"""`/v1/realtime`: live sound in, words as they are spoken out."""
