"""One file per diarization engine; see `medscribe.plugin` for what a module offers."""
