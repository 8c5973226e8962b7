from collections.abc import Iterable
from datetime import datetime

import structlog
from django.db import transaction

from contexts.shared import tracing
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.placement.commands import in_command
from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import Event, new_id, now
from contexts.shared.messaging import codec, wake
from contexts.shared.messaging.models import Delivery, StoredEvent, StreamDelivery
from contexts.shared.messaging.registry import subscribers_of
from contexts.shared.messaging.stream.configured import is_streamed


class PublishedOutsideATransaction(RuntimeError):
    """An event was published outside the transaction of its use case."""


def publish(events: Iterable[Event]) -> None:
    """Write the events, and a delivery for each of their subscribers, in the open transaction.

    All events belong to one context. Takes two statements for any number of events (on SQLite, per
    hundred), three if the context is streamed. Raises PublishedOutsideATransaction if no use case
    of the context is running.
    """
    batch = [(new_id(), event) for event in events]
    if not batch:
        return
    context = _context_of(batch[0][1])
    using = alias_of(context)
    if not in_command(using):
        raise PublishedOutsideATransaction(batch[0][1].name)
    recorded_at = now()
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    trace = tracing.traceparent() or request_id
    stored = [
        StoredEvent(
            id=event_id,
            name=event.name,
            subject=event.subject_id,
            occurred_at=event.occurred_at,
            data=codec.encode(event),
            trace=trace,
        )
        for event_id, event in batch
    ]
    insert(stored, using=using)
    if is_streamed(context):
        insert(_for_the_stream(stored, context, recorded_at), using=using)
    deliveries = [
        Delivery(
            event_id=event_id,
            subscriber=subscriber.name,
            due_at=recorded_at,
            created_at=recorded_at,
        )
        for event_id, event in batch
        for subscriber in subscribers_of(type(event))
    ]
    if deliveries:
        insert(deliveries, using=using)
        # The work is committed. If waking the relay fails, the sweep sends the deliveries.
        transaction.on_commit(wake.relay, using=using, robust=True)


def _for_the_stream(
    stored: list[StoredEvent], context: str, recorded_at: datetime
) -> list[StreamDelivery]:
    return [
        StreamDelivery(
            event_id=event.id, context=context, subject=event.subject, created_at=recorded_at
        )
        for event in stored
    ]


def _context_of(event: Event) -> str:
    return event.name.split(".", 1)[0]
