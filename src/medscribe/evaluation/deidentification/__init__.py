"""How well identifiers are found: `medscribe evaluate deid`."""
