"""The people of a context: a local read table of names and blocks, fed by identity's events."""
