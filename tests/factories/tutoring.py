"""Tutors with hours, learners with credits, and lessons in any state."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import factory
from factory.django import DjangoModelFactory

from contexts.billing import api as billing
from contexts.shared.kernel import Money, new_id, now
from contexts.tutoring import api
from contexts.tutoring.models import Block, Lesson, LessonCell, Person, Tutor, TutorLanguage

_LATE = 20
ALL_DAY = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    id = factory.LazyFunction(new_id)
    display_name = factory.Sequence(lambda n: f"Person {n}")
    time_zone = "Europe/Madrid"


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    blocker_id = factory.LazyFunction(new_id)
    blocked_id = factory.LazyFunction(new_id)


def open_all_day(tutor_id: UUID, **changes: Any) -> None:
    """Set hours around the clock: lessons of an hour every half hour, without notice."""
    offer: dict[str, Any] = {
        "time_zone": "UTC",
        "rules": ALL_DAY,
        "lesson_minutes": 60,
        "grid_minutes": 30,
        "notice_minutes": 0,
        "horizon_days": 60,
        "buffer_minutes": 0,
        "policy": "standard-24h.v1",
    }
    api.set_hours(tutor_id=tutor_id, **{**offer, **changes})


def approved_tutor(
    person_id: UUID | None = None, *, languages: tuple[str, ...] = ("en-GB",), **hours: Any
) -> UUID:
    """Return the id of an approved tutor who is open all day."""
    tutor_id = person_id or new_id()
    if not Person.objects.filter(pk=tutor_id).exists():
        PersonFactory(id=tutor_id)
    api.apply_as_tutor(
        person_id=tutor_id,
        languages=languages,
        introduction="I teach.",
        time_zone="UTC",
        now=now(),
    )
    api.approve_tutor(tutor_id=tutor_id, by=None, now=now())
    open_all_day(tutor_id, **hours)
    return tutor_id


def learner_with(credits: int, person_id: UUID | None = None) -> UUID:  # noqa: A002
    """Return the id of a learner whose wallet holds `credits`."""
    learner_id = person_id or PersonFactory().pk
    if credits:
        billing.grant_credits(
            customer_id=learner_id,
            source=f"test:{new_id()}",
            kind="purchased",
            credits=credits,
            value=Money(1_000 * credits, "EUR"),
            expires_at=None,
            now=now(),
        )
    return learner_id


def on_the_hour(*, days: float = 3, hours: float = 0) -> datetime:
    """Return a full hour at least this far ahead.

    A lesson and half an hour fit before midnight, where a tutor's day ends.
    """
    at = (now() + timedelta(days=days, hours=1)).astimezone(UTC)
    if not at.hour:
        at = at.replace(hour=1)
    elif at.hour >= _LATE:
        at = at.replace(hour=1) + timedelta(days=1)
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)


def book(learner_id: UUID, tutor_id: UUID, starts_at: datetime, **changes: Any) -> UUID:
    """Book a lesson through the door and return its id."""
    booking: dict[str, Any] = {
        "lesson_id": new_id(),
        "learner_id": learner_id,
        "tutor_id": tutor_id,
        "starts_at": starts_at,
        "language": "en-GB",
        "now": now(),
    }
    return api.book_lesson(**{**booking, **changes})


def booked(**changes: Any) -> Lesson:
    """Return a booked lesson, in three days unless `starts_at` says otherwise."""
    policy = changes.pop("policy", "standard-24h.v1")
    tutor_id = changes.pop("tutor_id", None) or approved_tutor(policy=policy)
    learner_id = changes.pop("learner_id", None) or learner_with(1)
    starts_at = changes.pop("starts_at", None) or on_the_hour()
    return Lesson.objects.get(pk=book(learner_id, tutor_id, starts_at, **changes))


def held(lesson: Lesson, *parts: str) -> Lesson:
    """Let participants enter the room at the start: both, or the given parts."""
    for part in parts or ("learner", "tutor"):
        person_id = getattr(lesson, f"{part}_id")
        api.enter_room(lesson_id=lesson.pk, person_id=person_id, now=lesson.starts_at)
    return lesson


def cells_of(lesson: Lesson) -> int:
    """Return the number of cells that a lesson occupies in its people's diaries."""
    return LessonCell.objects.filter(lesson=lesson).count()


class LessonFactory(DjangoModelFactory):
    """A row of a lesson, without its cells and its held credit."""

    class Meta:
        model = Lesson

    id = factory.LazyFunction(new_id)
    learner_id = factory.LazyFunction(new_id)
    tutor_id = factory.LazyFunction(new_id)
    language = "en-GB"
    starts_at = factory.LazyFunction(on_the_hour)
    ends_at = factory.LazyAttribute(lambda lesson: lesson.starts_at + timedelta(hours=1))
    policy = "standard-24h.v1"
    state = "booked"
    hold_until = factory.LazyFunction(lambda: now() + timedelta(hours=1))
    created_at = factory.LazyFunction(now)
    changed_at = factory.SelfAttribute("created_at")


def tutors(count: int, **hours: Any) -> list[UUID]:
    return [approved_tutor(**hours) for _ in range(count)]


def tutors_like(tutor_id: UUID, *, count: int) -> None:
    """Store tutors with the hours and languages of a tutor."""
    values = Tutor.objects.values(
        "state", "languages", "policy", "availability", "applied_at", "introduction"
    ).get(pk=tutor_id)
    people = PersonFactory.create_batch(count)
    Tutor.objects.bulk_create(Tutor(**values, id=person.pk) for person in people)
    TutorLanguage.objects.bulk_create(
        TutorLanguage(tutor_id=person.pk, language="en") for person in people
    )
