"""Roles are Django groups that only identity changes."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import F

from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.events import RoleChanged
from contexts.identity.models import User
from contexts.shared.audit.recording import record
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Invalid
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

ROLES = ("learner", "tutor", "moderator", "author", "finance", "support", "admin")
# Every verified account gets this role by itself.
_EVERYBODYS = "learner"
STAFF_ROLES = frozenset({"moderator", "author", "finance", "support", "admin"})


class UnknownRole(Invalid):
    code = "unknown_role"
    message = "There is no role “{role}”."


@atomic
def grant_role(*, user_id: UUID, role: str, now: datetime, by: UUID | None = None) -> None:
    """Grant a role. Does nothing if the person has it. Raises UnknownPerson, UnknownRole."""
    user, group = _locked(user_id, role)
    if user.groups.filter(pk=group.pk).exists():
        return
    user.groups.add(group)
    _changed(user, role, granted=True, now=now, by=by)


@atomic
def revoke_role(*, user_id: UUID, role: str, now: datetime, by: UUID | None = None) -> None:
    """Revoke a role. Does nothing if the person lacks it. Raises UnknownPerson, UnknownRole."""
    user, group = _locked(user_id, role)
    if not user.groups.filter(pk=group.pk).exists():
        return
    user.groups.remove(group)
    _changed(user, role, granted=False, now=now, by=by)


def _locked(user_id: UUID, role: str) -> tuple[User, Group]:
    if role not in ROLES:
        raise UnknownRole(role=role[:40])
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if user is None:
        raise UnknownPerson
    return user, Group.objects.get(name=role)


def _changed(user: User, role: str, *, granted: bool, now: datetime, by: UUID | None) -> None:
    held = set(user.groups.values_list("name", flat=True))
    # Tokens carry roles: a new version makes older tokens invalid at once.
    User.objects.filter(pk=user.pk).update(
        access_version=F("access_version") + 1,
        is_staff=not held.isdisjoint(STAFF_ROLES),
        is_superuser="admin" in held,
    )
    if role != _EVERYBODYS or by:
        _audit(user, role, granted=granted, now=now, by=by)
    publish([RoleChanged(occurred_at=now, user_id=user.pk, role=role, granted=granted)])


def _audit(user: User, role: str, *, granted: bool, now: datetime, by: UUID | None) -> None:
    record(
        "role.granted" if granted else "role.revoked",
        source="admin" if by else "console",
        actor_id=by,
        subject=f"identity.user:{user.pk}",
        after={"role": role},
        at=now,
    )
