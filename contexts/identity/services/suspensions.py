"""Suspending an account, and letting the person back in."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from contexts.identity.events import AccountRestored, AccountSuspended
from contexts.identity.models import User
from contexts.identity.services.accounts import end_sessions
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Forbidden
from contexts.shared.mailing.posting import post
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")


class Suspended(Forbidden):
    code = "account_suspended"
    message = "Your account is suspended. Our mail says why, and how to object."


@atomic
def suspend_account(*, user_id: UUID, reason: str, now: datetime) -> None:
    """Suspend an account, refuse its tokens and tell the person why by mail.

    Does nothing if the account is suspended or has ended, or to staff: a moderator must not lock
    out the others. An admin takes their roles first.
    """
    suspended = User.objects.filter(pk=user_id, is_active=True, is_staff=False).update(
        is_active=False,
        suspended_at=now,
        suspended_because=reason,
        access_version=F("access_version") + 1,
    )
    if not suspended:
        return
    end_sessions(user_id, because="suspended", now=now)
    _notify("suspended", user_id, reason=reason, now=now)
    publish([AccountSuspended(occurred_at=now, user_id=user_id, reason=reason)])


@atomic
def restore_account(*, user_id: UUID, now: datetime) -> None:
    """Lift a suspension and tell the person. Does nothing if the account is not suspended."""
    restored = User.objects.filter(pk=user_id, suspended_at__isnull=False).update(
        is_active=True, suspended_at=None, suspended_because=""
    )
    if restored:
        _notify("restored", user_id, reason="", now=now)
        publish([AccountRestored(occurred_at=now, user_id=user_id)])


def _notify(template: str, user_id: UUID, *, reason: str, now: datetime) -> None:
    facts = {"reason": reason}
    post(
        template,
        context="identity",
        person_id=user_id,
        key=now.isoformat(),
        facts=facts,
        now=now,
    )
