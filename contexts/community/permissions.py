"""Permissions of staff in community."""

from typing import Any

_MODERATORS = ("moderator", "admin")


def may_moderate(user: Any) -> bool:
    """Whether the admin's `user` is a moderator or an admin."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_MODERATORS).exists())
