"""The catalogue, enrollments, lessons, answers and reviews."""
