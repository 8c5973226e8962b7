"""Billing's ports on rows in memory, and its use cases on these ports."""
