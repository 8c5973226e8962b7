"""Permissions of staff in billing."""

from typing import Any

_BOOKKEEPERS = ("finance", "admin")


def may_keep_books(user: Any) -> bool:
    """Return whether a user of the admin belongs to finance or admins."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_BOOKKEEPERS).exists())
