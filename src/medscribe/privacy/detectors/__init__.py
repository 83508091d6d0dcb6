"""One file per detector of identifiers; see `medscribe.plugin` for what a module offers."""
