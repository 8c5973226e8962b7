from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562), which sorts by the time of its creation."""
    return uuid_utils.compat.uuid7()


def first_id_at(at: datetime) -> UUID:
    """Return the smallest UUIDv7 of an instant. Ids below it are older."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0x2 << 62))
