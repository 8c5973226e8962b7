"""Sessions of members, asked at identity."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from contexts.identity import api as identity


def open_sessions(session_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return those sessions that have not ended, in one query."""
    return identity.open_sessions(session_ids=session_ids, now=now)
