"""Dates of pages in English. Django reads these names."""

# An instant with its day, a day of a week, and an instant in short.
DATETIME_FORMAT = "l j F Y, H:i"
MONTH_DAY_FORMAT = "l j F"
SHORT_DATETIME_FORMAT = "j F, H:i"
