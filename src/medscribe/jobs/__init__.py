"""Wake-ups of encounters with bounded retry."""
