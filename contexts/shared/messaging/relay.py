"""The relay, which sends the deliveries that are due."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.messaging import envelope
from contexts.shared.messaging.carrying import deliver
from contexts.shared.messaging.envelope import Claim
from contexts.shared.messaging.expiring import drop_expired
from contexts.shared.messaging.models import Delivery

K = TypeVar("K")

log = structlog.get_logger(__name__)

BATCH = 1_000
_RETRY_BROKER_AFTER = timedelta(seconds=5)
_DOUBLINGS = 4
# A broker that takes a message and never confirms it must not hold up the relay for ever.
_CONFIRMED: dict[str, Any] = {"confirm_timeout": 10.0}
# Otherwise Celery formats a hundred events for its log, which costs more than sending them.
_UNDESCRIBED: dict[str, Any] = {"argsrepr": "", "kwargsrepr": ""}


def relay_all() -> int:
    """Send all due deliveries of every database. Return their number.

    If a database is down, the others are served first, then its error is raised.
    """
    sent, errors = 0, []
    for using in all_aliases():
        try:
            sent += relay(using=using)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return sent


def relay(*, using: str) -> int:
    """Send all due deliveries of one database. Return their number."""
    return sum(in_batches(using=using))


def in_batches(*, using: str) -> Iterator[int]:
    """Send all due deliveries of one database. Yield the number of each batch."""
    since = None
    while batch := _claim(using=using, since=since):
        _send(batch, using=using)
        yield len(batch)
        if len(batch) < BATCH:
            break
        since = batch[-1].due_at


def _claim(*, using: str, since: datetime | None = None) -> list[Claim]:
    """Claim a batch and postpone its deadline, so that no other process sends it meanwhile.

    Deliveries due before `since` are claimed already. Searching for them again would read all
    dead index entries of a long backlog.
    """
    at = now()
    due = Delivery.objects.using(using).filter(state=Delivery.State.OPEN, due_at__lte=at)
    with transaction.atomic(using=using):
        rows = (
            (due.filter(due_at__gte=since) if since else due)
            .order_by("due_at")
            .select_for_update(skip_locked=True)
            .values_list("pk", "subscriber", "event_id", "due_at", "sends")[:BATCH]
        )
        batch = [Claim(*row) for row in rows]
        for patience, claims in _grouped(batch, _patience):
            _postpone(claims, using=using, by=patience, sends=1)
    return batch


def _patience(delivery: Claim) -> timedelta:
    """Return the time after which a delivery is sent again. It doubles with each send.

    If workers need longer than a fixed deadline, each resend would add to their queue, and they
    would never finish.
    """
    again: timedelta = settings.MESSAGING_RESEND_AFTER
    return again * (1 << min(delivery.sends, _DOUBLINGS))


def _postpone(batch: list[Claim], *, using: str, by: timedelta, sends: int) -> None:
    # SQLite takes at most 32,766 variables a statement; a batch stays far below.
    Delivery.objects.using(using).filter(pk__in=[d.pk for d in batch]).update(
        due_at=now() + by, sends=F("sends") + sends
    )


def _send(batch: list[Claim], *, using: str) -> None:
    try:
        _send_by_context(batch, using=using)
    except Exception:
        _postpone(batch, using=using, by=_RETRY_BROKER_AFTER, sends=-1)
        raise


def _send_by_context(batch: list[Claim], *, using: str) -> None:
    events = envelope.read_events({delivery.event_id for delivery in batch}, using=using)
    _bury([delivery for delivery in batch if delivery.event_id not in events], using=using)
    known = [delivery for delivery in batch if delivery.event_id in events]
    for context in {delivery.context for delivery in known if delivery.sends}:
        drop_expired(context)
    for (context, patience), claims in _grouped(known, lambda one: (one.context, _patience(one))):
        # An envelope expires when its deliveries are sent again.
        for sealed in envelope.seal(claims, events, origin=using):
            deliver.apply_async(
                kwargs={"envelope": sealed},
                queue=context,
                expires=patience.total_seconds(),
                **_CONFIRMED,
                **_UNDESCRIBED,
            )


def _grouped(batch: list[Claim], key: Callable[[Claim], K]) -> Iterable[tuple[K, list[Claim]]]:
    groups: dict[K, list[Claim]] = defaultdict(list)
    for delivery in batch:
        groups[key(delivery)].append(delivery)
    return groups.items()


def _bury(orphans: list[Claim], *, using: str) -> None:
    """Mark deliveries dead whose events were deleted by hand, so that the others can go on."""
    if orphans:
        Delivery.objects.using(using).filter(pk__in=[d.pk for d in orphans]).update(
            state=Delivery.State.DEAD, error="the event is gone"
        )
