from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): unique without coordination, sorted by when it was made."""
    return uuid_utils.compat.uuid7()
