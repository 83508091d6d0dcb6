"""Geography below a state."""
