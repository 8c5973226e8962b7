"""Replay of stored events to the stream."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import first_id_at, now
from contexts.shared.messaging.models import StoredEvent, StreamDelivery

_CHUNK = 1_000


def replay(*, context: str, since: datetime) -> int:
    """Queue a context's events in their order, after those that wait already. Return their number.

    Events keep their ids, so that consumers can recognize repeated ones. Skips events that wait
    already.
    """
    using, first = alias_of(context), first_id_at(since)
    waiting = StreamDelivery.objects.filter(event_id=OuterRef("pk"))
    events = StoredEvent.objects.using(using).filter(
        ~Exists(waiting), name__startswith=f"{context}.", id__gte=first
    )
    total = 0
    while chosen := list(events.order_by("pk").values_list("pk", "subject")[:_CHUNK]):
        rows = [
            StreamDelivery(event_id=pk, context=context, subject=subject, created_at=now())
            for pk, subject in chosen
        ]
        StreamDelivery.objects.using(using).bulk_create(rows, ignore_conflicts=True)
        total += len(rows)
        # Never look back: rows that the streamer deletes meanwhile would be queued again.
        events = events.filter(id__gt=chosen[-1][0])
    return total
