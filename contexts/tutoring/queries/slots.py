"""Free slots: what a tutor's rules offer, minus what is booked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import Slot as Span
from contexts.tutoring.domain.availability import cells, open_slots
from contexts.tutoring.models import LessonCell
from contexts.tutoring.queries.tutors import Tutor, to_tutor, tutor_row, tutors

_MOST_BUFFER = 240
_WEEK = timedelta(days=7)
# A list of tutors shows the next free slots of each; all of them are at the tutor's own address.
_MOST_IN_A_LIST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A free slot, in UTC and on the caller's clock."""

    starts_at: datetime
    ends_at: datetime
    local_starts_at: Annotated[datetime, "On the caller's clock."]
    local_ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """A tutor's free slots in a window."""

    tutor: UUID
    time_zone: Annotated[str, "The caller's, IANA name."]
    slots: list[Slot]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTutor:
    """A tutor, with free slots if a window was named."""

    tutor: Tutor
    slots: Annotated[list[Slot], "Free in the window; empty without one."]


def slots_of(
    tutor_id: UUID,
    *,
    asker_id: UUID,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Slots:
    """Raises TutorNotFound."""
    row = tutor_row(tutor_id, asker_id=asker_id)
    found = _free([row], since, until, now=now)
    return Slots(tutor=tutor_id, time_zone=_zone(row), slots=found[tutor_id])


def slots_by_tutor(
    tutor_ids: Sequence[UUID], *, asker_id: UUID, since: datetime, until: datetime, now: datetime
) -> dict[UUID, list[Slot]]:
    """Free slots of several tutors; the number of queries does not depend on their number.

    Tutors whom the caller may not book are omitted. If there are several, each has at most twenty
    slots, the first of the window.
    """
    rows = tutors(asker_id).filter(pk__in=tutor_ids)
    most = _MOST_IN_A_LIST if len(tutor_ids) > 1 else None
    return _free(rows, since, until, now=now, most=most)


def tutors_with_slots(
    rows: Sequence[Any], *, since: datetime, until: datetime, now: datetime
) -> list[FoundTutor]:
    """Tutors that have free slots in a window, each with the first twenty."""
    found = _free(rows, since, until, now=now, most=_MOST_IN_A_LIST)
    return [FoundTutor(tutor=to_tutor(row), slots=found[row.pk]) for row in rows if found[row.pk]]


def tutors_without_slots(rows: Sequence[Any]) -> list[FoundTutor]:
    """Tutors without a look at their slots."""
    return [FoundTutor(tutor=to_tutor(row), slots=[]) for row in rows]


def _free(
    rows: Iterable[Any],
    since: datetime,
    until: datetime,
    *,
    now: datetime,
    most: int | None = None,
) -> dict[UUID, list[Slot]]:
    rows = list(rows)
    busy = _busy([row.pk for row in rows], Span(since, until))
    return {
        row.pk: [
            _on_the_callers_clock(slot, row)
            for slot in islice(_open(row, since, until, now, busy[row.pk]), most)
        ]
        for row in rows
    }


def _busy(tutor_ids: Sequence[UUID], window: Span) -> dict[UUID, set[int]]:
    # The last lesson of a window, and the pause after it, may reach beyond its end.
    asked = cells(window, around=2 * _MOST_BUFFER)
    taken = LessonCell.objects.filter(
        person_id__in=tutor_ids, cell__gte=asked.start, cell__lt=asked.stop
    )
    busy: dict[UUID, set[int]] = defaultdict(set)
    for person_id, cell in taken.values_list("person_id", "cell"):
        busy[person_id].add(cell)
    return busy


def _open(
    row: Any, since: datetime, until: datetime, now: datetime, busy: set[int]
) -> Iterator[Span]:
    """Yield the open slots in order, a week at a time, so that a short list costs little."""
    availability = documents.read(row.availability)
    while since < until:
        end = since + min(_WEEK, until - since)
        yield from open_slots(availability, since=since, until=end, now=now, busy=busy)
        since = end


def _on_the_callers_clock(slot: Span, row: Any) -> Slot:
    place = ZoneInfo(_zone(row))
    return Slot(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        local_starts_at=slot.starts_at.astimezone(place),
        local_ends_at=slot.ends_at.astimezone(place),
    )


def _zone(row: Any) -> str:
    return row.asker_zone or "UTC"
