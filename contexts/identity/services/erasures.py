"""Erasure: a request, two weeks to withdraw it, then every context erases and confirms."""

from datetime import datetime, timedelta
from uuid import UUID

from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.events import (
    ErasureCompleted,
    ErasureDue,
    ErasureRequested,
    ErasureWithdrawn,
)
from contexts.identity.models import Erasure, User
from contexts.identity.services.accounts import end_account
from contexts.identity.services.privacy import erase_person
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict, NotFound
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

GRACE = timedelta(days=14)
# The contexts that hold data about people and confirm its erasure.
CONTEXTS = frozenset({"identity", "courses", "community", "tutoring", "billing"})
_AT_ONCE = 100


class NoErasure(NotFound):
    code = "no_erasure"
    message = "You have not asked to be erased."


class ErasureUnderWay(Conflict):
    code = "erasure_under_way"
    message = "The erasure has begun; it cannot be stopped."


@atomic
def request_erasure(*, user_id: UUID, now: datetime) -> None:
    """Request erasure in two weeks. Does nothing if requested. Raises UnknownPerson."""
    if User.objects.select_for_update().filter(pk=user_id, is_active=True).first() is None:
        raise UnknownPerson
    due_at = now + GRACE
    _, made = Erasure.objects.get_or_create(
        user_id=user_id, defaults={"requested_at": now, "due_at": due_at}
    )
    if made:
        publish([ErasureRequested(occurred_at=now, user_id=user_id, due_at=due_at)])


@atomic
def withdraw_erasure(*, user_id: UUID, now: datetime) -> None:
    """Withdraw the request. Raises NoErasure, ErasureUnderWay."""
    row = Erasure.objects.select_for_update().filter(user_id=user_id).first()
    if row is None:
        raise NoErasure
    if row.started_at:
        raise ErasureUnderWay
    row.delete()
    publish([ErasureWithdrawn(occurred_at=now, user_id=user_id)])


def start_due_erasures(*, now: datetime) -> int:
    """End the accounts whose two weeks are over and tell every context. Return their number."""
    due = Erasure.objects.filter(due_at__lte=now, started_at=None).values_list("pk", flat=True)
    return sum(_start(user_id=user_id, now=now) for user_id in list(due[:_AT_ONCE]))


@atomic
def _start(*, user_id: UUID, now: datetime) -> bool:
    row = Erasure.objects.select_for_update().filter(pk=user_id, started_at=None).first()
    if row is None or row.due_at > now:
        return False
    row.started_at = now
    row.save(update_fields=["started_at"])
    end_account(user_id=user_id, now=now)
    publish([ErasureDue(occurred_at=now, user_id=user_id)])
    return True


@atomic
def confirm_erasure(*, user_id: UUID, context: str, now: datetime) -> None:
    """Record that a context has erased its part. The last one completes the erasure."""
    row = Erasure.objects.select_for_update().filter(user_id=user_id).first()
    if row is None or context in row.confirmed_by:
        return
    row.confirmed_by = sorted({*row.confirmed_by, context})
    if context == "identity":
        erase_person(person_id=user_id, now=now)
    if set(row.confirmed_by) >= CONTEXTS:
        row.completed_at = now
        publish([ErasureCompleted(occurred_at=now, user_id=user_id)])
    row.save(update_fields=["confirmed_by", "completed_at"])
