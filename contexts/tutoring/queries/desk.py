"""A tutor's weeks, days and next lessons, for the tutor's desk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import Availability, hours_on, zone_on
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.tutors import NotATutor
from contexts.tutoring.models import Tutor
from contexts.tutoring.queries.lessons import BookedLesson, lessons_of, to_lesson

_DAY = timedelta(days=1)
_MARGIN = timedelta(days=2)
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date on the tutor's clock, with its hours (`09:00`, `12:00`) and lessons."""

    on: date
    time_zone: str
    hours: list[tuple[str, str]]
    lessons: list[BookedLesson]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A lesson that a learner booked, or moved, at `at`."""

    at: datetime
    lesson: BookedLesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The tutor's present date and zone."""

    time_zone: str
    today: date


def clock_of(tutor_id: UUID, *, now: datetime) -> Clock:
    """Raises NotATutor."""
    availability = _availability(tutor_id)
    home = now.astimezone(ZoneInfo(availability.zone)).date()
    zone = zone_on(availability, home)
    return Clock(time_zone=zone, today=now.astimezone(ZoneInfo(zone)).date())


def week_of(tutor_id: UUID, *, first: date) -> list[Day]:
    """Return seven days from a date on. Raises NotATutor."""
    availability = _availability(tutor_id)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    within = {"starts_at__gte": midnight - _MARGIN, "starts_at__lt": midnight + 7 * _DAY + _MARGIN}
    lessons = _lessons(tutor_id).filter(**within).exclude(state=LessonState.CANCELED)
    shown = [to_lesson(row) for row in lessons.order_by("starts_at")]
    return [_day(availability, first + n * _DAY, shown) for n in range(7)]


def _day(availability: Availability, on: date, lessons: list[BookedLesson]) -> Day:
    zone = zone_on(availability, on)
    place = ZoneInfo(zone)
    hours = hours_on(availability, on)
    return Day(
        on=on,
        time_zone=zone,
        hours=[(documents.clock(one.start), documents.clock(one.end)) for one in hours],
        lessons=[one for one in lessons if one.starts_at.astimezone(place).date() == on],
    )


def to_come(tutor_id: UUID, *, now: datetime) -> list[BookedLesson]:
    """Return booked lessons that are not over, the next first, at most 50."""
    found = _lessons(tutor_id).filter(state=LessonState.BOOKED, ends_at__gt=now)
    return [to_lesson(row) for row in found.order_by("starts_at")[:_MOST]]


def requests(tutor_id: UUID, *, now: datetime) -> list[Request]:
    """Return upcoming lessons in the order of their last change, newest first, at most 50."""
    found = _lessons(tutor_id).filter(state=LessonState.BOOKED, starts_at__gt=now)
    rows = found.order_by("-changed_at", "-id")[:_MOST]
    return [Request(at=row.changed_at, lesson=to_lesson(row)) for row in rows]


def to_conclude(tutor_id: UUID, *, now: datetime) -> list[BookedLesson]:
    """Return lessons that are over and not concluded, oldest first, at most 50."""
    found = _lessons(tutor_id).filter(state=LessonState.BOOKED, ends_at__lte=now)
    return [to_lesson(row) for row in found.order_by("starts_at")[:_MOST]]


def waiting(tutor_id: UUID) -> list[BookedLesson]:
    """Return lessons with a reported absence that is not decided, oldest first, at most 50."""
    undecided = [state for state in LessonState if state.waits]
    found = _lessons(tutor_id).filter(state__in=undecided)
    return [to_lesson(row) for row in found.order_by("starts_at")[:_MOST]]


def _lessons(tutor_id: UUID) -> Any:
    passing = (LessonState.PENDING, LessonState.LAPSED)
    return lessons_of(tutor_id).filter(tutor_id=tutor_id).exclude(state__in=passing)


def _availability(tutor_id: UUID) -> Availability:
    # A tutor who has left still holds or cancels the lessons that were booked before.
    row = Tutor.objects.filter(pk=tutor_id).first()
    if row is None:
        raise NotATutor
    return documents.read(row.availability)
