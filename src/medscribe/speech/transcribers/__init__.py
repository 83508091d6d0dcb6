"""One file per recognition engine; see `medscribe.plugin` for what a module offers."""
