"""Synthetic people, tutors and lessons, for development and benchmarks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache, partial

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import Json, Row, fill, fill_with, json_of
from contexts.shared.people.made_up import MadeUpLesson, MadeUpPerson, unknown
from contexts.tutoring import models as rows
from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import Availability, Hours, Offer, WeeklyRule, cells
from contexts.tutoring.domain.lessons import HOLD_LASTS, Lesson, LessonState
from contexts.tutoring.domain.policies import LEARNER, POLICIES

_POLICY = next(iter(POLICIES))
_BOOKED_BEFORE = timedelta(days=5)
_FROM, _TO = 8 * 60, 20 * 60


def fabricate(people: Sequence[MadeUpPerson], *, now: datetime) -> int:
    """Write people, tutors with their hours, and lessons. Return the number of rows."""
    using = alias_of("tutoring")
    new, write = unknown(people, rows.Person, using=using), partial(fill, using=using)
    tutors = [one for one in new if one.teaches]
    lessons = [_lesson(one, each, now) for one in new for each in one.lessons]
    return (
        write(
            rows.Person,
            ("id", "display_name", "time_zone", "interface_language"),
            ((one.id, one.name, one.time_zone, one.native) for one in new),
        )
        + write(
            rows.Block,
            ("blocker_id", "blocked_id"),
            ((one.id, one.blocks) for one in new if one.blocks),
        )
        + fill_with([_tutor(one) for one in tutors], using=using)
        + write(
            rows.TutorLanguage, ("language", "tutor_id"), ((one.native, one.id) for one in tutors)
        )
        + fill_with([_row(lesson) for lesson in lessons], using=using)
        + write(rows.LessonCell, ("lesson_id", "person_id", "cell"), _taken(lessons))
    )


def _tutor(one: MadeUpPerson) -> rows.Tutor:
    return rows.Tutor(
        id=one.id,
        state="active",
        languages=[one.native],
        introduction=f"Learn with {one.name}, a little every day.",
        policy=_POLICY,
        availability=_hours(one.time_zone),
        applied_at=one.joined_at,
        approved_at=one.joined_at,
    )


@cache
def _hours(time_zone: str) -> Json:
    """Return hours for every day, as a document."""
    rules = tuple(WeeklyRule(day, Hours(_FROM, _TO)) for day in range(1, 8))
    return json_of(documents.written(Availability(zone=time_zone, rules=rules, offer=Offer())))


def _lesson(one: MadeUpPerson, planned: MadeUpLesson, now: datetime) -> Lesson:
    """Return a booked lesson, completed if its time is over."""
    booked_at = min(now, planned.starts_at) - _BOOKED_BEFORE
    lesson = Lesson(
        id=planned.id,
        learner_id=one.id,
        tutor_id=planned.tutor_id,
        language=planned.language,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        policy=_POLICY,
        cost=Offer().cost,
        hold_until=booked_at + HOLD_LASTS,
        created_at=booked_at,
        changed_at=booked_at,
    )
    lesson.confirm(now=booked_at)
    if planned.took_place:
        lesson.learner_entered_at = lesson.tutor_entered_at = planned.starts_at
        lesson.complete(by=LEARNER, now=planned.ends_at)
    return lesson


def _row(lesson: Lesson) -> rows.Lesson:
    return rows.Lesson(
        id=lesson.id,
        learner_id=lesson.learner_id,
        tutor_id=lesson.tutor_id,
        language=lesson.language,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        policy=lesson.policy,
        cost=lesson.cost,
        state=lesson.state.value,
        ended_by=lesson.ended_by,
        spent_percent=lesson.spent_percent,
        learner_entered_at=lesson.learner_entered_at,
        tutor_entered_at=lesson.tutor_entered_at,
        hold_until=lesson.hold_until,
        created_at=lesson.created_at,
        changed_at=lesson.changed_at,
        history=lesson.history,
    )


def _taken(lessons: Sequence[Lesson]) -> Iterator[Row]:
    for lesson in lessons:
        if lesson.state is LessonState.BOOKED:
            for person_id in (lesson.learner_id, lesson.tutor_id):
                for cell in cells(lesson.slot):
                    yield lesson.id, person_id, cell
