"""Daily limits."""

from contexts.community.domain.texts import DailyLimit


def refuse_beyond(limit: int, *, made: int) -> None:
    """Raises DailyLimit if as many were made in a day as the limit allows."""
    if made >= limit:
        raise DailyLimit(limit=limit)
