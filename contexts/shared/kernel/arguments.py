"""Types of arguments of management commands."""

from argparse import ArgumentTypeError
from contextlib import suppress
from datetime import datetime


def instant(text: str) -> datetime:
    """Return an instant with its offset. Raises ArgumentTypeError."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at
    raise ArgumentTypeError(f"{text!r} is not an instant like 2026-11-24T08:00:00Z")
