"""Accounts, sessions, profiles, follows, blocks and erasure."""
