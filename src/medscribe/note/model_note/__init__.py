"""A language model's note: how it is asked, what its answers mean, how it grows with the visit."""
