"""`/v1/audio`: a recording in, words in OpenAI's forms out."""
