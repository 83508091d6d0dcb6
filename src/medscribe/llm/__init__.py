"""The one door to language models. Of a visit only masked text passes it."""
