"""WhisperX in an environment of its own: the process there, and the conversation with it."""
