"""Made-up names, numbers, places and shifted dates in place of what was masked, for exports."""
