"""Lessons on their rows, and the cells that they take."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Count, OuterRef, Q, QuerySet

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish
from contexts.tutoring import models as rows
from contexts.tutoring.domain.availability import cells
from contexts.tutoring.domain.booking import Record, SlotTaken
from contexts.tutoring.domain.lesson_refusals import LessonNotFound
from contexts.tutoring.domain.lessons import COMPLETES_BY_ITSELF_AFTER, Lesson, LessonState
from contexts.tutoring.domain.policies import LEARNER

_FIXED = ("id", "learner_id", "tutor_id", "language", "policy", "cost", "hold_until", "created_at")
_CHANGING = (
    "starts_at",
    "ends_at",
    "bound",
    "moved",
    "sequence",
    "ended_by",
    "absent",
    "decides_at",
    "lapsed_because",
    "spent_percent",
    "learner_entered_at",
    "tutor_entered_at",
    "changed_at",
    "history",
)
_OPEN = tuple(state for state in LessonState if state.is_open)
_UPCOMING = (LessonState.PENDING, LessonState.BOOKED)
_WAITING = tuple(state for state in LessonState if state.waits)


class OrmLessons:
    """`publish` writes the events beside the rows."""

    def __init__(self, publish: Callable[[Iterable[Event]], None] = publish) -> None:
        self._publish = publish

    def add(self, lesson: Lesson) -> None:
        values = {name: getattr(lesson, name) for name in (*_FIXED, *_CHANGING)}
        row = rows.Lesson(**values, state=lesson.state.value)
        insert([row], using=alias_of("tutoring"))
        _take_cells(lesson)

    def take(self, lesson_id: UUID) -> Lesson:
        return _found(rows.Lesson.objects.select_for_update(), lesson_id)

    def take_of(self, lesson_id: UUID, *, person_id: UUID) -> Lesson:
        return _found(_seen_by(person_id).select_for_update(), lesson_id)

    def record_of(self, learner_id: UUID, *, since: datetime) -> Record:
        open_, canceled = Q(state__in=_UPCOMING), Q(ended_by=LEARNER, changed_at__gte=since)
        found = rows.Lesson.objects.filter(learner_id=learner_id)
        counts = found.aggregate(
            open=Count("pk", filter=open_),
            canceled=Count("pk", filter=canceled & Q(state=LessonState.CANCELED)),
        )
        return Record(**counts)

    def is_apart(self, lesson: Lesson) -> bool:
        pair = rows.kept_apart(lesson.learner_id, lesson.tutor_id)
        return rows.Lesson.objects.filter(pair, pk=lesson.id).exists()

    def save(self, lesson: Lesson) -> None:
        if not lesson.state.is_open:
            rows.LessonCell.objects.filter(lesson_id=lesson.id).delete()
        changes = {name: getattr(lesson, name) for name in _CHANGING}
        found = rows.Lesson.objects.filter(pk=lesson.id)
        found.update(**changes, state=lesson.state.value)
        self._publish(lesson.collect_events())

    def move(self, lesson: Lesson) -> None:
        rows.LessonCell.objects.filter(lesson_id=lesson.id).delete()
        _take_cells(lesson)
        self.save(lesson)


def read_lesson(lesson_id: UUID) -> Lesson:
    """Return a lesson without a lock. Raises LessonNotFound."""
    return _found(rows.Lesson.objects.all(), lesson_id)


def _seen_by(person_id: UUID) -> QuerySet[rows.Lesson]:
    mine = Q(learner_id=person_id) | Q(tutor_id=person_id)
    apart = rows.kept_apart(OuterRef("learner_id"), OuterRef("tutor_id"))
    return rows.Lesson.objects.filter(mine, ~apart)


def _found(lessons: QuerySet[rows.Lesson], lesson_id: UUID) -> Lesson:
    # A lesson without a participant is closed to all commands.
    whole = lessons.filter(learner_id__isnull=False, tutor_id__isnull=False)
    row: Any = whole.filter(pk=lesson_id).first()
    if row is None:
        raise LessonNotFound
    values = {name: getattr(row, name) for name in (*_FIXED, *_CHANGING)}
    return Lesson(**values, state=LessonState(row.state))


def _take_cells(lesson: Lesson) -> None:
    taken = [
        rows.LessonCell(lesson_id=lesson.id, person_id=person_id, cell=cell)
        for person_id in sorted((lesson.learner_id, lesson.tutor_id))
        for cell in cells(lesson.slot)
    ]
    try:
        insert(taken, using=alias_of("tutoring"))
    except IntegrityError as error:
        raise SlotTaken from error


def _ids(found: QuerySet[rows.Lesson], most: int) -> list[UUID]:
    return list(found.values_list("pk", flat=True)[:most])


def pending_since(before: datetime, *, most: int) -> list[UUID]:
    """Return unfinished bookings, the oldest first."""
    found = rows.Lesson.objects.filter(state=LessonState.PENDING, created_at__lt=before)
    return _ids(found.order_by("created_at"), most)


def to_conclude(now: datetime, *, most: int) -> list[UUID]:
    """Return lessons whose time to be concluded is over, the oldest first."""
    ended = now - COMPLETES_BY_ITSELF_AFTER
    over = Q(state=LessonState.BOOKED, ends_at__lte=ended)
    decided = Q(state__in=_WAITING, decides_at__lte=now)
    return _ids(rows.Lesson.objects.filter(over | decided).order_by("ends_at"), most)


def open_of(person_id: UUID) -> list[UUID]:
    """Return a person's open lessons, as learner and as tutor."""
    theirs = Q(learner_id=person_id) | Q(tutor_id=person_id)
    return list(rows.Lesson.objects.filter(theirs, state__in=_OPEN).values_list("pk", flat=True))


def booked_between(one: UUID, other: UUID) -> list[UUID]:
    """Return the upcoming lessons of two people."""
    pair = Q(learner_id=one, tutor_id=other) | Q(learner_id=other, tutor_id=one)
    found = rows.Lesson.objects.filter(pair, state=LessonState.BOOKED)
    return list(found.values_list("pk", flat=True))
