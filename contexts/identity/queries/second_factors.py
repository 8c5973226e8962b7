"""Who has a second factor. Its secrets are read by nobody but the adapter that checks codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from contexts.identity.models import User

_TYPE = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor."""

    enrolled_at: datetime
    recovery_codes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person who may open the admin, with their second factor, None without one."""

    email: str
    roles: list[str]
    factor: Factor | None


def second_factor(user_id: UUID) -> Factor | None:
    """Return a person's second factor, None without one."""
    rows = {row.type: row for row in Authenticator.objects.filter(user_id=user_id)}
    if _TYPE.TOTP not in rows:
        return None
    return Factor(
        enrolled_at=rows[_TYPE.TOTP].created_at,
        recovery_codes_left=_left(rows.get(_TYPE.RECOVERY_CODES)),
    )


def is_enrolled(user_id: UUID) -> bool:
    """Whether a person has a second factor."""
    return Authenticator.objects.filter(user_id=user_id, type=_TYPE.TOTP).exists()


def staff() -> Iterator[StaffMember]:
    """Yield the people who may open the admin, by address."""
    people = User.objects.filter(is_staff=True, is_active=True).order_by("email_key")
    for user in people.prefetch_related("groups"):
        roles = sorted(group.name for group in user.groups.all())
        yield StaffMember(email=user.email, roles=roles, factor=second_factor(user.pk))


def _left(row: Authenticator | None) -> int:
    used = row.data["used_mask"].bit_count() if row else app_settings.RECOVERY_CODE_COUNT
    return int(app_settings.RECOVERY_CODE_COUNT - used)
