"""Rows for tests. One module a context."""
