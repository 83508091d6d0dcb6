"""Microsoft Presidio, kept offline and quiet, with scores of our own; see `detectors.presidio`."""
