"""Language models, one file each; see `medscribe.llm.model`."""
