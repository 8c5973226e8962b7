"""Who may do what in billing beyond what belongs to them."""

from typing import Any

_BOOKKEEPERS = ("finance", "admin")


def may_keep_books(user: Any) -> bool:
    """Finance and admins; `user` is who is signed in to the admin."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_BOOKKEEPERS).exists())
