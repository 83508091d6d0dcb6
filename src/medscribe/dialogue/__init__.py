"""Words + samples -> utterances: who said what, and in which role."""
