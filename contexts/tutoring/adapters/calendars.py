"""A person's lessons as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext
from icalendar import Calendar, Event

from contexts.tutoring import models as rows
from contexts.tutoring.domain.lessons import LessonState

_BACK = timedelta(days=90)
_MOST = 1_000
_SHOWN = (LessonState.BOOKED, LessonState.COMPLETED, LessonState.CANCELED, LessonState.MISSED)


def calendar_of(person_id: UUID, *, now: datetime) -> bytes:
    """Return the lessons of the last 90 days and all later ones, at most 1000 a side."""
    calendar = Calendar()
    calendar.add("prodid", "-//Busuu Open//Tutoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext("Lessons"))
    for lesson in _lessons(person_id, since=now - _BACK):
        calendar.add_component(_event(lesson, person_id))
    written: bytes = calendar.to_ical()
    return written


def _lessons(person_id: UUID, *, since: datetime) -> Iterable[Any]:
    names = rows.Person.objects.filter(pk=OuterRef("other")).values("display_name")
    learned = _with(person_id, mine="learner_id", other="tutor_id", names=names, since=since)
    taught = _with(person_id, mine="tutor_id", other="learner_id", names=names, since=since)
    return sorted([*learned, *taught], key=lambda lesson: (lesson.starts_at, lesson.pk))


def _with(person_id: UUID, *, mine: str, other: str, names: Any, since: datetime) -> Any:
    apart = rows.kept_apart(person_id, OuterRef(other))
    found = rows.Lesson.objects.filter(
        ~apart, **{mine: person_id}, starts_at__gte=since, state__in=_SHOWN
    )
    named = found.annotate(other=F(other)).annotate(name=Subquery(names[:1]))
    return named.order_by("starts_at")[:_MOST]


def _event(lesson: Any, person_id: UUID) -> Event:
    event = Event()
    event.add("uid", f"{lesson.pk}@busuu-open")
    event.add("sequence", lesson.sequence)
    event.add("dtstamp", lesson.changed_at)
    event.add("last-modified", lesson.changed_at)
    event.add("dtstart", lesson.starts_at)
    event.add("dtend", lesson.ends_at)
    event.add("status", "CANCELLED" if lesson.state == LessonState.CANCELED else "CONFIRMED")
    teaching = person_id == lesson.tutor_id
    text = (
        gettext("Teaching {name} ({language})")
        if teaching
        else gettext("Lesson with {name} ({language})")
    )
    event.add("summary", text.format(name=lesson.name or "–", language=lesson.language))
    return event
