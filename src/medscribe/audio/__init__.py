"""Files -> samples; samples -> stretches of speech; the durable audio log."""
