"""Free slots: cut out of tutors' hours by the rules, less what is taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import Slot, cells, open_slots
from contexts.tutoring.models import LessonCell
from contexts.tutoring.queries.tutors import TutorShown, tutor_row, tutor_shown, tutors

_MOST_BUFFER = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotShown:
    """A slot, in UTC and on the asker's clock."""

    starts_at: datetime
    ends_at: datetime
    local_starts_at: datetime
    local_ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsShown:
    """A tutor's free slots in a window; `time_zone` is the asker's."""

    tutor: UUID
    time_zone: str
    slots: list[SlotShown]


def slots_of(
    tutor_id: UUID,
    *,
    asker_id: UUID,
    since: datetime,
    until: datetime,
    now: datetime,
) -> SlotsShown:
    """Raises TutorNotFound."""
    row = tutor_row(tutor_id, asker_id=asker_id)
    found = _free([row], since, until, now=now)
    return SlotsShown(tutor=tutor_id, time_zone=_zone(row), slots=found[tutor_id])


def slots_by_tutor(
    tutor_ids: Sequence[UUID], *, asker_id: UUID, since: datetime, until: datetime, now: datetime
) -> dict[UUID, list[SlotShown]]:
    """The same of many, in as many queries as of one; whom nobody may book is left out."""
    return _free(tutors(asker_id).filter(pk__in=tutor_ids), since, until, now=now)


def tutors_with_slots(
    rows: Sequence[Any], *, since: datetime, until: datetime, now: datetime
) -> list[dict[str, Any]]:
    """Those tutors who have free slots in a window, with these."""
    found = _free(rows, since, until, now=now)
    return [_with(tutor_shown(row), found[row.pk]) for row in rows if found[row.pk]]


def tutors_without_slots(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The same for who asks about no time."""
    return [_with(tutor_shown(row), []) for row in rows]


def _with(tutor: TutorShown, slots: list[SlotShown]) -> dict[str, Any]:
    return {"tutor": tutor, "slots": slots}


def _free(
    rows: Iterable[Any], since: datetime, until: datetime, *, now: datetime
) -> dict[UUID, list[SlotShown]]:
    rows = list(rows)
    busy = _busy([row.pk for row in rows], Slot(since, until))
    return {row.pk: _shown(row, since, until, now, busy[row.pk]) for row in rows}


def _busy(tutor_ids: Sequence[UUID], window: Slot) -> dict[UUID, set[int]]:
    # The last lesson of a window, and the pause after it, may reach beyond its end.
    asked = cells(window, around=2 * _MOST_BUFFER)
    taken = LessonCell.objects.filter(
        person_id__in=tutor_ids, cell__gte=asked.start, cell__lt=asked.stop
    )
    busy: dict[UUID, set[int]] = defaultdict(set)
    for person_id, cell in taken.values_list("person_id", "cell"):
        busy[person_id].add(cell)
    return busy


def _shown(
    row: Any, since: datetime, until: datetime, now: datetime, busy: set[int]
) -> list[SlotShown]:
    availability = documents.read(row.availability)
    place = ZoneInfo(_zone(row))
    found = open_slots(availability, since=since, until=until, now=now, busy=busy)
    return [
        SlotShown(
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            local_starts_at=slot.starts_at.astimezone(place),
            local_ends_at=slot.ends_at.astimezone(place),
        )
        for slot in found
    ]


def _zone(row: Any) -> str:
    return row.asker_zone or "UTC"
