"""Words around a term -> how it is asserted: negated, how surely, when, of whom."""
