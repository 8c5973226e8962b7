"""The people of a context: a local table of names and blocks, updated by identity's events."""
