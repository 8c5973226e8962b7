"""Who may do what in tutoring beyond what belongs to them."""

from typing import Any

_STAFF = ("support", "admin")


def may_decide_on_tutors(user: Any) -> bool:
    """Support and admins; `user` is who is signed in to the admin."""
    if not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser or user.groups.filter(name__in=_STAFF).exists())
