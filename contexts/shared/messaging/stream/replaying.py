"""Sends what the log still holds to the stream once more, or for the first time."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import first_id_at, now
from contexts.shared.messaging.models import StoredEvent, StreamDelivery

_CHUNK = 1_000


def replay(*, context: str, since: datetime) -> int:
    """Queue a context's events in the order in which they were made, behind what waits already.

    They keep their ids, so whoever has seen them can tell. An event that waits is left as it is.
    Returns how many were queued.
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
        # What the streamer has closed meanwhile would be found again: never look back.
        events = events.filter(id__gt=chosen[-1][0])
    return total
