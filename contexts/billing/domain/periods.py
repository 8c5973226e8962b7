"""Months from a day on."""

import calendar
from datetime import datetime


def add_months(at: datetime, months: int) -> datetime:
    """The same day and time so many months later; the last of the month where there is no such."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)
