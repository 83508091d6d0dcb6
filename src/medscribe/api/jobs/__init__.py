"""`/transcribe`: recordings worked on in the background, as encounters."""
