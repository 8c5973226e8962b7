"""Reads of the event log, for staff."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from contexts.shared.messaging.models import InboxEntry, StoredEvent

STORY_LENGTH = 500


def story_of(subject: str, *, using: str) -> list[StoredEvent]:
    """Return the latest events about a subject on one database, oldest first."""
    rows = StoredEvent.objects.using(using).filter(subject=subject).order_by("-id")
    return list(reversed(rows[:STORY_LENGTH]))


def newest_event(*, using: str) -> datetime | None:
    """Return the instant of the newest event of one database, None without events."""
    return StoredEvent.objects.using(using).aggregate(newest=Max("occurred_at"))["newest"]


def handled_by(event_ids: list[UUID], *, aliases: Iterable[str]) -> dict[UUID, list[str]]:
    """Return the names of the subscribers that have handled each event, on all databases."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for using in aliases:
        rows = InboxEntry.objects.using(using).filter(event_id__in=event_ids)
        for event_id, subscriber in rows.order_by("id").values_list("event_id", "subscriber"):
            names[event_id].append(subscriber)
    return names
