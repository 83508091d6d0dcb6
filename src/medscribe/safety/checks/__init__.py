"""One file per check; see `medscribe.plugin` for what a module offers."""
