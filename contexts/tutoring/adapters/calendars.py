"""A person's lessons as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from contexts.tutoring import models as rows
from contexts.tutoring.domain.lessons import LessonState

_BACK = timedelta(days=90)
_MOST = 1_000
_HIDDEN = (LessonState.PENDING, LessonState.LAPSED)
# Calendar programs ask again after this long; the older property is for Outlook.
_REFRESH = timedelta(hours=1)
_ALARMS = (timedelta(days=1), timedelta(minutes=10))


def calendar_of(person_id: UUID, *, now: datetime) -> bytes:
    """Return the lessons of the last 90 days and all later ones, at most 1000 a side.

    The texts are in the owner's language.
    """
    found = rows.Person.objects.filter(pk=person_id)
    language = found.values_list("interface_language", flat=True).first() or "en"
    with translation.override(language):
        return _written(person_id, now=now)


def _written(person_id: UUID, *, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Busuu Open//Tutoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
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
    found = rows.Lesson.objects.filter(~apart, **{mine: person_id}, starts_at__gte=since).exclude(
        state__in=_HIDDEN
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
    _add_room(event, lesson)
    return event


def _add_room(event: Event, lesson: Any) -> None:
    """Add the page of the room, and alarms, to a lesson that is still to be held."""
    if lesson.state != LessonState.BOOKED:
        return
    page = settings.PUBLIC_URL + reverse("lesson-room", kwargs={"lesson": lesson.pk})
    event.add("url", page)
    event.add("location", page)
    for before in _ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", gettext("Your lesson begins soon."))
        alarm.add("trigger", -before)
        event.add_component(alarm)
