"""A person's lessons as iCalendar (RFC 5545), and the secret addresses of their feeds."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext
from icalendar import Calendar, Event

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.tutoring import models as rows
from contexts.tutoring.domain.lessons import State

_BACK = timedelta(days=90)
_MOST = 1_000
_SHOWN = (State.BOOKED, State.COMPLETED, State.CANCELED, State.MISSED)


def new_address(*, person_id: UUID, now: datetime) -> str:
    """A fresh secret for a person's feed; the one before is good for nothing from now on."""
    token = secrets.token_urlsafe(32)
    fresh = rows.CalendarFeed(person_id=person_id, token_hash=_digest(token), rotated_at=now)
    row = lock_row(fresh, using=alias_of("tutoring"), person_id=person_id)
    row.token_hash, row.rotated_at = _digest(token), now
    row.save(update_fields=["token_hash", "rotated_at"])
    return token


def close(*, person_id: UUID) -> None:
    """A person's feed ends."""
    rows.CalendarFeed.objects.filter(person_id=person_id).delete()


def owner_of(token: str) -> UUID | None:
    found = rows.CalendarFeed.objects.filter(token_hash=_digest(token))
    return found.values_list("person_id", flat=True).first()


def _digest(token: str) -> str:
    # A token is 256 random bits: no salt would make its hash any harder to turn back.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def calendar_of(person_id: UUID, *, now: datetime) -> bytes:
    """The lessons of the last three months and of all that is to come."""
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
    event.add("status", "CANCELLED" if lesson.state == State.CANCELED else "CONFIRMED")
    teaching = person_id == lesson.tutor_id
    text = (
        gettext("Teaching {name} ({language})")
        if teaching
        else gettext("Lesson with {name} ({language})")
    )
    event.add("summary", text.format(name=lesson.name or "–", language=lesson.language))
    return event
