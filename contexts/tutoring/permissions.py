"""Permissions of staff in tutoring."""

from typing import Any

_STAFF = ("support", "admin")


def may_decide_on_tutors(user: Any) -> bool:
    """Whether the admin's `user` is support or an admin."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_STAFF).exists())
