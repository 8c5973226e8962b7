"""Being forgotten: a wish, two weeks to think again, then every context erases and confirms."""

from datetime import datetime, timedelta
from uuid import UUID

from contexts.identity.api.accounts import end_account
from contexts.identity.api.privacy import erase_person
from contexts.identity.api.profiles import UnknownPerson
from contexts.identity.events import (
    ErasureCompleted,
    ErasureDue,
    ErasureRequested,
    ErasureWithdrawn,
)
from contexts.identity.models import Erasure, User
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict, NotFound
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

GRACE = timedelta(days=14)
# Who holds something about a person, and must say that it is gone.
CONTEXTS = frozenset({"identity", "courses", "community", "tutoring", "billing"})
_AT_ONCE = 100


class NoErasure(NotFound):
    code = "no_erasure"
    message = "You have not asked to be forgotten."


class ErasureUnderWay(Conflict):
    code = "erasure_under_way"
    message = "The erasure has begun; it cannot be stopped."


@atomic
def request_erasure(*, user_id: UUID, now: datetime) -> None:
    """Be forgotten two weeks from now; who has asked keeps their day. Raises UnknownPerson."""
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
    """Stay. Raises NoErasure, ErasureUnderWay."""
    wish = Erasure.objects.select_for_update().filter(user_id=user_id).first()
    if wish is None:
        raise NoErasure
    if wish.started_at:
        raise ErasureUnderWay
    wish.delete()
    publish([ErasureWithdrawn(occurred_at=now, user_id=user_id)])


def start_due_erasures(*, now: datetime) -> int:
    """End the accounts whose grace is over and tell every context. Returns how many."""
    due = Erasure.objects.filter(due_at__lte=now, started_at=None).values_list("pk", flat=True)
    return sum(_start(user_id=user_id, now=now) for user_id in list(due[:_AT_ONCE]))


@atomic
def _start(*, user_id: UUID, now: datetime) -> bool:
    wish = Erasure.objects.select_for_update().filter(pk=user_id, started_at=None).first()
    if wish is None or wish.due_at > now:
        return False
    wish.started_at = now
    wish.save(update_fields=["started_at"])
    end_account(user_id=user_id, now=now)
    publish([ErasureDue(occurred_at=now, user_id=user_id)])
    return True


@atomic
def confirm_erasure(*, user_id: UUID, context: str, now: datetime) -> None:
    """A context has erased its part; with the last of them the person is forgotten."""
    wish = Erasure.objects.select_for_update().filter(user_id=user_id).first()
    if wish is None or context in wish.confirmed_by:
        return
    wish.confirmed_by = sorted({*wish.confirmed_by, context})
    if context == "identity":
        erase_person(person_id=user_id, now=now)
    if set(wish.confirmed_by) >= CONTEXTS:
        wish.completed_at = now
        publish([ErasureCompleted(occurred_at=now, user_id=user_id)])
    wish.save(update_fields=["confirmed_by", "completed_at"])
