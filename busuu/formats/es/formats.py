"""Dates of pages in Spanish. Django reads these names."""

# An instant with its day, a day of a week, and an instant in short.
DATETIME_FORMAT = r"l j \d\e F \d\e Y, H:i"
MONTH_DAY_FORMAT = r"l j \d\e F"
SHORT_DATETIME_FORMAT = r"j \d\e F, H:i"
