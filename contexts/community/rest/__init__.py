"""Texts, corrections, reputation, notifications and reports."""
