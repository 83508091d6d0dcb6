"""One file per note writer; see `medscribe.plugin` for what a module offers."""
