"""Who may do what in community beyond what belongs to them."""

from typing import Any

_MODERATORS = ("moderator", "admin")


def may_moderate(user: Any) -> bool:
    """Moderators and admins; `user` is who is signed in to the admin."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_MODERATORS).exists())
