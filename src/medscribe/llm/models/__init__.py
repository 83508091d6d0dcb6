"""One file per kind of language model server."""
