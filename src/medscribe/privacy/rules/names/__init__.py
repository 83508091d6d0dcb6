"""Where people are named."""
