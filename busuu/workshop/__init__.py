"""Tools for engineers: the journey, demo people, synthetic learners, the clock, schemas."""
