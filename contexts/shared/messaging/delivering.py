"""Delivery of envelopes to subscribers. Each effect happens once, even if one arrives twice."""

import random
import traceback
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import F, QuerySet

from contexts.shared import tracing
from contexts.shared.database.failures.outages import is_infrastructure
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging import codec, metrics
from contexts.shared.messaging.envelope import Parcel, unseal
from contexts.shared.messaging.models import Delivery, InboxEntry
from contexts.shared.messaging.registry import Subscriber, find_subscriber, is_retired

log = structlog.get_logger(__name__)

_ERROR_CHARACTERS = 8_000


def deliver_envelope(envelope: dict[str, Any], *, context: str) -> None:
    """Deliver every parcel of an envelope to its subscriber. All belong to one context.

    Tries all in one transaction, which is several times cheaper. If one fails, delivers each in
    a transaction of its own, so that a poison event fails alone.
    """
    origin = envelope["origin"]
    with metrics.ENVELOPES.labels(context).time():
        inside, outside = _sort(unseal(envelope), origin=origin)
        try:
            _together(inside, origin=origin, context=context)
        except Exception as error:
            if is_infrastructure(error):
                _leave_open(error, context=context)
                return
            log.info("envelope_split", context=context, error=repr(error), size=len(inside))
            for parcel, subscriber in inside:
                _alone(parcel, subscriber, origin=origin)
        for parcel, subscriber in outside:
            _alone(parcel, subscriber, origin=origin)


def _leave_open(error: Exception, *, context: str) -> None:
    """Leave deliveries as they are. They are sent again, and the failure is not theirs."""
    log.warning("deliveries_left_open", context=context, error=repr(error))


Addressed = list[tuple[Parcel, Subscriber]]


def _sort(parcels: list[Parcel], *, origin: str) -> tuple[Addressed, Addressed]:
    inside: Addressed = []
    outside: Addressed = []
    unknown: list[Parcel] = []
    for parcel in parcels:
        if is_retired(parcel.subscriber):
            _close_retired(parcel, origin=origin)
            continue
        subscriber = find_subscriber(parcel.subscriber)
        if subscriber is None or not codec.is_known(parcel.event["type"]):
            unknown.append(parcel)
        else:
            (outside if subscriber.outside else inside).append((parcel, subscriber))
    if unknown:
        _keep_for_another_release(unknown, origin=origin)
    return inside, outside


def _close_retired(parcel: Parcel, *, origin: str) -> None:
    metrics.DELIVERIES.labels(parcel.subscriber, "retired").inc()
    _rows([parcel], origin=origin).delete()


def _keep_for_another_release(parcels: list[Parcel], *, origin: str) -> None:
    # In a rolling deploy, the release that knows them may start at any time.
    counts = Counter((parcel.subscriber, parcel.event["type"]) for parcel in parcels)
    for (subscriber, type_), count in counts.items():
        metrics.DELIVERIES.labels(subscriber, "kept").inc(count)
        log.warning("delivery_unknown", subscriber=subscriber, type=type_, count=count)
    _rows(parcels, origin=origin).update(
        error="this release does not know the subscriber or the event"
    )


def _together(parcels: Addressed, *, origin: str, context: str) -> None:
    if not parcels:
        return
    using = alias_of(context)
    carried = [parcel for parcel, _ in parcels]
    results: Counter[tuple[str, str]] = Counter()

    def work() -> None:
        fresh = _fresh(parcels, using=using)
        results.clear()
        results.update((parcel.subscriber, "known") for parcel, _ in parcels)
        results.subtract((parcel.subscriber, "known") for parcel, _ in fresh)
        results.update((parcel.subscriber, "handled") for parcel, _ in fresh)
        _mark_handled((parcel for parcel, _ in fresh), using=using)
        for parcel, subscriber in fresh:
            _react(parcel, subscriber)
        if using == origin:
            _rows(carried, origin=origin).delete()

    for_context(context)(work)()
    if using != origin:
        _rows(carried, origin=origin).delete()
    _count(results)


def _count(results: "Counter[tuple[str, str]]") -> None:
    for labels, count in results.items():
        if count:
            metrics.DELIVERIES.labels(*labels).inc(count)


def _alone(parcel: Parcel, subscriber: Subscriber, *, origin: str) -> None:
    try:
        if subscriber.outside:
            _outside(parcel, subscriber, origin=origin)
        else:
            _together([(parcel, subscriber)], origin=origin, context=subscriber.context)
    except Exception as error:
        if is_infrastructure(error):
            _leave_open(error, context=subscriber.context)
            return
        if not _fresh([(parcel, subscriber)], using=alias_of(subscriber.context)):
            # A twin of this delivery was faster and has committed its work.
            _rows([parcel], origin=origin).delete()
            metrics.DELIVERIES.labels(parcel.subscriber, "known").inc()
            return
        log.exception("subscriber_failed", subscriber=subscriber.name, event_id=parcel.event["id"])
        _fail(parcel, subscriber, traceback.format_exc(), origin=origin)


def _outside(parcel: Parcel, subscriber: Subscriber, *, origin: str) -> None:
    using = alias_of(subscriber.context)
    fresh = bool(_fresh([(parcel, subscriber)], using=using))
    if fresh:
        _react(parcel, subscriber)
        InboxEntry.objects.using(using).bulk_create([_entry(parcel)], ignore_conflicts=True)
    metrics.DELIVERIES.labels(parcel.subscriber, "handled" if fresh else "known").inc()
    _rows([parcel], origin=origin).delete()


def _fresh(parcels: Addressed, *, using: str) -> Addressed:
    seen = set(
        InboxEntry.objects.using(using)
        .filter(
            event_id__in={parcel.event_id for parcel, _ in parcels},
            subscriber__in={parcel.subscriber for parcel, _ in parcels},
        )
        .values_list("event_id", "subscriber")
    )
    return [(p, s) for p, s in parcels if (p.event_id, p.subscriber) not in seen]


def _mark_handled(parcels: Iterable[Parcel], *, using: str) -> None:
    # If a faster twin has written the unique entry, this insert fails and we start again.
    insert([_entry(parcel) for parcel in parcels], using=using)


def _entry(parcel: Parcel) -> InboxEntry:
    return InboxEntry(event_id=parcel.event_id, subscriber=parcel.subscriber, handled_at=now())


def _react(parcel: Parcel, subscriber: Subscriber) -> None:
    event = codec.decode(
        parcel.event["type"], parcel.event["data"], occurred_at=parcel.event["time"]
    )
    # The cause of the event: a request's id or, if traces are collected, its span.
    cause = parcel.event.get("trace", "")
    named = {"trace": cause} if tracing.is_traceparent(cause) else {"request_id": cause}
    with (
        structlog.contextvars.bound_contextvars(event_id=parcel.event["id"], **named),
        tracing.span(subscriber.name, kind="CONSUMER", parent=cause, event_id=parcel.event["id"]),
    ):
        subscriber.react(event)


def _rows(parcels: list[Parcel], *, origin: str) -> QuerySet[Delivery]:
    """Return the rows of these parcels.

    The number alone is not enough. After a restore of the database it may belong to another
    delivery. It may also come from a deployment that uses the same broker by mistake.
    """
    return Delivery.objects.using(origin).filter(
        pk__in=[parcel.delivery_id for parcel in parcels],
        event_id__in={parcel.event_id for parcel in parcels},
    )


def _fail(parcel: Parcel, subscriber: Subscriber, error: str, *, origin: str) -> None:
    """Postpone the delivery. After the last attempt, mark it dead until an operator redrives it."""
    rows, at = _rows([parcel], origin=origin), now()
    rows.update(failures=F("failures") + 1, error=error[-_ERROR_CHARACTERS:])
    row = rows.first()
    failures = row.failures if row else 0
    # Servers outside may be away for long, so an effect there is tried for a day at least.
    too_early = subscriber.outside and row and at - row.created_at < settings.MESSAGING_OUTSIDE_FOR
    dead = failures >= settings.MESSAGING_MAX_ATTEMPTS and not too_early
    metrics.DELIVERIES.labels(parcel.subscriber, "dead" if dead else "failed").inc()
    if dead:
        rows.update(state=Delivery.State.DEAD)
    else:
        longest = _LONGEST_OUTSIDE if subscriber.outside else _LONGEST
        rows.update(due_at=at + backoff(failures, longest=longest))


_LONGEST, _LONGEST_OUTSIDE = timedelta(minutes=10), timedelta(hours=1)


def backoff(failures: int, *, longest: timedelta = _LONGEST) -> timedelta:
    """Return the wait after so many failures: up to 2, 4, 8 … seconds, with full jitter."""
    most = min(2.0 ** min(failures, 30), longest.total_seconds())
    return timedelta(seconds=random.uniform(0.5, most))  # noqa: S311
