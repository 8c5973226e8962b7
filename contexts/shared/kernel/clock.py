"""The only clock. Entry points and tasks read it; below them, `now` is an argument."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _no_offset() -> timedelta:
    return timedelta(0)


_offset: Callable[[], timedelta] = _no_offset


def now() -> datetime:
    """Return the current instant in UTC, moved by the installed offset."""
    return datetime.now(UTC) + _offset()


def install_offset(source: Callable[[], timedelta]) -> Callable[[], timedelta]:
    """Move the clock by the offset that `source` returns at each reading. For development only.

    Returns the previous source, so that a caller can restore it.
    """
    global _offset
    before, _offset = _offset, source
    return before
