"""Retention, dead letters and measures of the pipeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef

from contexts.shared.database.models import IdempotencyKey
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.kernel import first_id_at, now
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent, StreamDelivery


@dataclass(frozen=True, slots=True)
class Backlog:
    """Open and dead deliveries of a database. `lag` is the age of the oldest open one, or zero."""

    alias: str
    open: int
    dead: int
    lag: timedelta


def backlog(*, using: str, at: datetime) -> Backlog:
    """Return the backlog of a database's deliveries."""
    oldest = (
        Delivery.objects.using(using)
        .filter(state=Delivery.State.OPEN)
        .aggregate(oldest=Min("created_at"))["oldest"]
    )
    return _backlog(Delivery, oldest, using=using, at=at)


def stream_backlog(*, using: str, at: datetime) -> Backlog:
    """Return the backlog of the public stream, whose rows are written in the order of keys."""
    rows = StreamDelivery.objects.using(using).filter(state=StreamDelivery.State.OPEN)
    oldest = rows.order_by("pk").values_list("created_at", flat=True).first()
    return _backlog(StreamDelivery, oldest, using=using, at=at)


def _backlog(
    model: type[Delivery] | type[StreamDelivery],
    oldest: datetime | None,
    *,
    using: str,
    at: datetime,
) -> Backlog:
    rows = dict(model._default_manager.using(using).values_list("state").annotate(Count("pk")))
    return Backlog(
        alias=using,
        open=rows.get(Delivery.State.OPEN, 0),
        dead=rows.get(Delivery.State.DEAD, 0),
        lag=max(at - oldest, timedelta(0)) if oldest else timedelta(0),
    )


def redrive(*, using: str, ids: Iterable[int] | None = None) -> int:
    """Reopen dead deliveries, all or those in `ids`. Return their number."""
    rows = Delivery.objects.using(using).filter(state=Delivery.State.DEAD)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.update(state=Delivery.State.OPEN, failures=0, due_at=now())


def redrive_stream(*, using: str, ids: Iterable[int] | None = None) -> int:
    """Reopen dead deliveries of the public stream. Those that wait for them follow.

    Returns the number of reopened ones.
    """
    rows = StreamDelivery.objects.using(using).filter(state=StreamDelivery.State.DEAD)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.update(state=StreamDelivery.State.OPEN, failures=0, held_until=None)


def reopen_claimed(*, using: str) -> int:
    """Make due at once the deliveries that the previous process had claimed.

    Call it only if that process has ended, like the embedded worker at its start.
    """
    return (
        Delivery.objects.using(using)
        .filter(state=Delivery.State.OPEN, due_at__gt=now())
        .update(due_at=now())
    )


def purge_all() -> int:
    return sum(purge(using=using, at=now()) for using in all_aliases())


def purge(*, using: str, at: datetime) -> int:
    """Delete events, inbox entries and idempotency keys past their retention.

    Events with open or dead deliveries stay. Returns the number of deleted rows.
    """
    keep = settings.RETENTION
    undelivered = Delivery.objects.filter(event_id=OuterRef("pk"))
    unstreamed = StreamDelivery.objects.filter(event_id=OuterRef("pk"))
    old_events = StoredEvent.objects.using(using).filter(
        ~Exists(undelivered), ~Exists(unstreamed), id__lt=first_id_at(at - keep["events"])
    )
    old_entries = InboxEntry.objects.using(using).filter(handled_at__lt=at - keep["inbox"])
    old_keys = IdempotencyKey.objects.using(using).filter(
        created_at__lt=at - keep["idempotency_keys"]
    )
    return sum(purge_rows(rows, using=using) for rows in (old_events, old_entries, old_keys))
