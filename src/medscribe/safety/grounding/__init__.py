"""What a statement says against what the talk says, by rules and without a model."""
