"""Pure Python: hours, slots, policies, lessons, tutors."""
