"""What clinical words mean: spoken numbers, drug names, marketed strengths."""
