"""The deliveries of the stream: those that may be sent now, and changes of their state."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Q, QuerySet

from contexts.shared.messaging.models import StoredEvent, StreamDelivery

BATCH = 1_000
# Up to so many held subjects are excluded by their names. An anti-join could exclude any number,
# but until PostgreSQL has fresh statistics it uses nested loops: with 20,000 subjects, each read
# took more than twenty seconds.
NAMED = 500
PAGE = 10_000
_ERROR_CHARACTERS = 8_000
_State = StreamDelivery.State
Lane = tuple[str, str]


def take(*, using: str, at: datetime, without: Collection[str] = ()) -> list[StreamDelivery]:
    """Return up to BATCH open deliveries in order, without held subjects.

    `without` names contexts to skip. The held subjects are read first. A subject released between
    the two statements is skipped as a whole. The next call returns it, in its order.
    """
    held = _held(using=using, at=at)
    rows = _rows(using).filter(state=_State.OPEN).exclude(context__in=without).order_by("pk")
    if len(held) <= NAMED:
        return list(rows.exclude(_one_of(held))[:BATCH])
    return list(rows.filter(pk__in=_free(rows, held)))


def _one_of(lanes: set[Lane]) -> Q:
    subjects: dict[str, list[str]] = defaultdict(list)
    for context, subject in lanes:
        subjects[context].append(subject)
    terms = (Q(context=context, subject__in=some) for context, some in subjects.items())
    return reduce(or_, terms, Q(pk__in=[]))


def _free(rows: QuerySet[StreamDelivery], held: set[Lane]) -> list[int]:
    """Return the keys of rows that are not held. Whole rows would cost ten times as much."""
    keys = rows.values_list("pk", "context", "subject")
    free: list[int] = []
    page = list(keys[:PAGE])
    while page and len(free) < BATCH:
        free += [pk for pk, *lane in page if tuple(lane) not in held]
        page = list(keys.filter(pk__gt=page[-1][0])[:PAGE]) if len(page) == PAGE else []
    return free[:BATCH]


def _held(*, using: str, at: datetime) -> set[Lane]:
    stuck = Q(state=_State.DEAD) | Q(state=_State.OPEN, held_until__gt=at)
    return set(_rows(using).filter(stuck).values_list("context", "subject"))


def events_of(batch: list[StreamDelivery], *, using: str) -> dict[UUID, StoredEvent]:
    return StoredEvent.objects.using(using).in_bulk({row.event_id for row in batch})


def close(numbers: Collection[int], *, using: str) -> None:
    _rows(using).filter(pk__in=numbers).delete()


def bury(number: int, error: str, *, using: str) -> None:
    """Mark a delivery dead. Its subject waits until an operator redrives it."""
    _rows(using).filter(pk=number).update(
        state=_State.DEAD, failures=F("failures") + 1, error=error[-_ERROR_CHARACTERS:]
    )


def hold(number: int, error: str, *, using: str, until: datetime) -> None:
    """Hold a delivery, and with it its subject, until an instant."""
    _rows(using).filter(pk=number).update(held_until=until, error=error[-_ERROR_CHARACTERS:])


def _rows(using: str) -> QuerySet[StreamDelivery]:
    return StreamDelivery.objects.using(using)
