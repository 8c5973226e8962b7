"""The stream's deliveries: which may go now, and what becomes of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from contexts.shared.messaging.models import StoredEvent, StreamDelivery

BATCH = 1_000
_ERROR_CHARACTERS = 8_000
_State = StreamDelivery.State


def take(*, using: str, at: datetime, without: Collection[str] = ()) -> list[StreamDelivery]:
    """Up to BATCH open deliveries in order, none of a subject that waits for another of its own.

    `without` names contexts that are left out. The held subjects are read first: one that is let go
    between the two statements stays behind as a whole, and goes next time in its order.
    """
    held = _held(using=using, at=at)
    rows = _rows(using).filter(state=_State.OPEN).exclude(context__in=without).order_by("pk")
    chosen: list[StreamDelivery] = []
    page = list(rows[:BATCH])
    while page and len(chosen) < BATCH:
        chosen += [row for row in page if (row.context, row.subject) not in held]
        page = list(rows.filter(pk__gt=page[-1].pk)[:BATCH]) if len(page) == BATCH else []
    return chosen[:BATCH]


def _held(*, using: str, at: datetime) -> set[tuple[str, str]]:
    stuck = Q(state=_State.DEAD) | Q(state=_State.OPEN, held_until__gt=at)
    return set(_rows(using).filter(stuck).values_list("context", "subject"))


def events_of(batch: list[StreamDelivery], *, using: str) -> dict[UUID, StoredEvent]:
    return StoredEvent.objects.using(using).in_bulk({row.event_id for row in batch})


def close(numbers: Collection[int], *, using: str) -> None:
    _rows(using).filter(pk__in=numbers).delete()


def bury(number: int, error: str, *, using: str) -> None:
    """Sending it again would fail again: its subject waits until somebody redrives it."""
    _rows(using).filter(pk=number).update(
        state=_State.DEAD, failures=F("failures") + 1, error=error[-_ERROR_CHARACTERS:]
    )


def hold(number: int, error: str, *, using: str, until: datetime) -> None:
    """Its subject waits until then."""
    _rows(using).filter(pk=number).update(held_until=until, error=error[-_ERROR_CHARACTERS:])


def _rows(using: str) -> QuerySet[StreamDelivery]:
    return StreamDelivery.objects.using(using)
