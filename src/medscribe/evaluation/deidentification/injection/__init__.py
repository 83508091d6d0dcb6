"""Made-up identifiers, as written and as spoken, put into dialogues at known places."""
