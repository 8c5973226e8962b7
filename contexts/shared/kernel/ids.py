from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): unique without coordination, sorted by when it was made."""
    return uuid_utils.compat.uuid7()


def first_id_at(at: datetime) -> UUID:
    """The smallest UUIDv7 of an instant: ids below it were made before."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0x2 << 62))
