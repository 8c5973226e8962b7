"""Dates and instants in requests: RFC 3339 and nothing else of ISO 8601."""

import re

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = re.compile(_DAY)
_INSTANT = re.compile(
    _DAY + r"[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE,
)


def is_date(text: str) -> bool:
    """Whether a text is a date like 2030-01-31. Weeks and days of a year are not."""
    return _DATE.fullmatch(text) is not None


def is_instant(text: str) -> bool:
    """Whether a text is an instant with its offset, like 2030-01-31T12:00:00Z."""
    return _INSTANT.fullmatch(text) is not None
