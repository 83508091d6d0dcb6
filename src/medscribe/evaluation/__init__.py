"""One module per benchmark; data is passed in."""
