"""Rows for tests, one module per context."""
