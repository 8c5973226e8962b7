"""Tutors, their hours, and lessons with them."""
