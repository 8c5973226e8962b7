"""Synthetic learners, with graded answers and memory.

The domain grades the first lessons of a course once. Learners with equally many answers share
grades and memory, moved in time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain import exercises
from contexts.courses.domain.enrollments import CourseNotFound
from contexts.courses.domain.grading.verdicts import Accents, GradingPolicy
from contexts.courses.domain.reviews import Answered, Moment, Trace
from contexts.courses.models import (
    Attempt,
    Course,
    CourseVersion,
    Enrollment,
    Exercise,
    Learner,
    Lesson,
    LessonCompletion,
    Memory,
    Showing,
)
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import Json, Row, fill, json_of
from contexts.shared.people.made_up import MadeUpPerson, made_up_id, unknown

AnswerOf = Callable[[Mapping[str, Any]], dict[str, Any]]

_ENROLLMENT, _ATTEMPT = 11, 12
_LESSONS = 3
_A_MINUTE, _A_DAY = timedelta(minutes=1), timedelta(days=1)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_SCHEDULER = FsrsScheduler()
_WORDS = SystemKnownWords()

_ENROLLED = ("id", "learner_id", "course_id", "version_id", "enrolled_at")
_ANSWERED = (
    "enrollment_id",
    "attempt_id",
    "lesson_key",
    "exercise_key",
    "answer",
    "grade",
    "verdict",
    "rating",
    "items",
    "ratings",
    "ask",
    "answered_at",
    "time_zone",
    "local_date",
)
_REMEMBERED = (
    "enrollment_id",
    "learner_id",
    "word_key",
    "due_at",
    "last_review_at",
    "stability",
    "difficulty",
    "state",
    "step",
    "model_version",
    "last_day",
)
_SHOWN = ("enrollment_id", "word_key", "shown_at")
_COMPLETED = ("enrollment_id", "lesson_key", "completed_at", "exercises", "correct")


class _Done(NamedTuple):
    """An answer, `after` the learner began."""

    lesson: str
    exercise: str
    answer: Json
    grade: Json
    verdict: str
    rating: int
    items: Json
    ratings: Json
    ask: str
    after: timedelta


class _Completed(NamedTuple):
    """A lesson that is completed with its last answer, `after` the learner began."""

    lesson: str
    exercises: int
    answers: int
    after: timedelta


@dataclass(frozen=True, slots=True)
class _Syllabus:
    """The first lessons of a version. `traces[n]` is the memory after n answers."""

    course: str
    version_id: UUID
    done: list[_Done]
    traces: list[dict[str, Trace]]
    lessons: list[_Completed]

    def answered(self, one: MadeUpPerson) -> int:
        if completed := self.lessons[: one.lessons_completed]:
            return completed[-1].answers
        return min(one.answered, len(self.done))


class _Learned(NamedTuple):
    person: MadeUpPerson
    enrollment_id: UUID
    syllabus: _Syllabus


def fabricate(people: Sequence[MadeUpPerson], *, answer: AnswerOf) -> int:
    """Write learners with an enrollment each, answers, memory and completed lessons.

    `answer` makes a right answer to an exercise's body. Returns the number of rows. Raises
    CourseNotFound if nothing is published in a learner's languages.
    """
    using = alias_of("courses")
    new, write = unknown(people, Learner, using=using), partial(fill, using=using)
    syllabus = {pair: _syllabus(*pair, answer) for pair in {(p.studied, p.native) for p in new}}
    learned = [
        _Learned(
            one, made_up_id(one.seed, _ENROLLMENT, one.number), syllabus[one.studied, one.native]
        )
        for one in new
    ]
    return (
        write(
            Learner,
            ("id", "display_name", "time_zone", "premium_until", "premium_revision"),
            (
                (p.id, p.name, p.time_zone, p.premium_until, int(p.premium_until is not None))
                for p in new
            ),
        )
        + write(Enrollment, _ENROLLED, map(_enrollment, learned))
        + write(Attempt, _ANSWERED, _attempts(learned), duration_ms=4_000, zone_assumed=False)
        + write(Memory, _REMEMBERED, _memories(learned), card_id=None)
        + write(Showing, _SHOWN, _showings(learned))
        + write(LessonCompletion, _COMPLETED, _completions(learned))
    )


def _enrollment(learned: _Learned) -> Row:
    one, enrollment_id, syllabus = learned
    return enrollment_id, one.id, syllabus.course, syllabus.version_id, _began(one)


def _began(one: MadeUpPerson) -> datetime:
    """Return midnight in UTC, so that everybody's days fall as those of the syllabus."""
    return one.began_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _attempts(everybody: Sequence[_Learned]) -> Iterator[Row]:
    for one, enrollment_id, syllabus in everybody:
        for position, done in enumerate(syllabus.done[: syllabus.answered(one)]):
            attempt_id = made_up_id(one.seed, _ATTEMPT, one.number, position)
            at = _began(one) + done.after
            yield enrollment_id, attempt_id, *done[:-1], at, "UTC", at.date()


def _memories(everybody: Sequence[_Learned]) -> Iterator[Row]:
    for one, enrollment_id, syllabus in everybody:
        moved = _began(one) - _EPOCH
        for item, trace in syllabus.traces[syllabus.answered(one)].items():
            if (state := trace.state) is None:
                continue
            yield (
                enrollment_id,
                one.id,
                item,
                state.due + moved,
                state.last_review + moved,
                state.stability,
                state.difficulty,
                state.state,
                state.step,
                state.model_version,
                (state.last_review + moved).date(),
            )


def _showings(everybody: Sequence[_Learned]) -> Iterator[Row]:
    for one, enrollment_id, syllabus in everybody:
        moved = _began(one) - _EPOCH
        for item, trace in syllabus.traces[syllabus.answered(one)].items():
            if trace.shown_at is not None:
                yield enrollment_id, item, trace.shown_at + moved


def _completions(everybody: Sequence[_Learned]) -> Iterator[Row]:
    for one, enrollment_id, syllabus in everybody:
        for done in syllabus.lessons[: one.lessons_completed]:
            at, count = _began(one) + done.after, done.exercises
            yield enrollment_id, done.lesson, at, count, count


def _syllabus(language: str, source: str, answer: AnswerOf) -> _Syllabus:
    published = Course.objects.filter(language=language, source=source, current__isnull=False)
    course = published.order_by("key").first()
    if course is None or course.current_id is None:
        raise CourseNotFound
    return _syllabus_of(course.current_id, answer)


@cache
def _syllabus_of(version_id: UUID, answer: AnswerOf) -> _Syllabus:
    """Return a version's syllabus. Versions never change, so each is read once a process."""
    version = CourseVersion.objects.get(pk=version_id)
    syllabus = _Syllabus(version.course_id, version_id, [], [{}], [])
    for position, lesson in enumerate(_first_lessons(version)):
        after = position * _A_DAY
        for body in _bodies(version, lesson):
            after += _A_MINUTE
            done, answered = _done(body, lesson.key, answer, after, version.accents)
            syllabus.done.append(done)
            syllabus.traces.append(_remembered(syllabus.traces[-1], answered))
        count, answers = len(lesson.exercise_keys), len(syllabus.done)
        syllabus.lessons.append(_Completed(lesson.key, count, answers, after + _A_MINUTE))
    return syllabus


def _first_lessons(version: CourseVersion) -> Iterable[Lesson]:
    return Lesson.objects.filter(version=version, premium=False).order_by("position")[:_LESSONS]


def _bodies(version: CourseVersion, lesson: Lesson) -> Iterator[Mapping[str, Any]]:
    found = Exercise.objects.filter(version=version, lesson_key=lesson.key)
    by_key = dict(found.values_list("key", "body"))
    yield from (by_key[key] for key in lesson.exercise_keys)


def _done(
    body: Mapping[str, Any], lesson: str, answer: AnswerOf, after: timedelta, accents: str
) -> tuple[_Done, Answered]:
    exercise, given = exercises.parse(body), answer(body)
    grade = exercise.grade(given, words=_WORDS, policy=GradingPolicy(accents=Accents(accents)))
    ratings = exercise.ratings(given, grade, words=_WORDS)
    done = _Done(
        lesson,
        exercise.key,
        json_of(given),
        json_of(grade),
        grade.verdict.value,
        grade.rating,
        json_of(exercise.uses),
        json_of(ratings),
        exercise.asks_by.value,
        after,
    )
    return done, Answered(
        attempt_id=UUID(int=0),
        moment=Moment(_EPOCH + after, "UTC"),
        ask=exercise.asks_by,
        ratings=ratings,
    )


def _remembered(before: dict[str, Trace], answered: Answered) -> dict[str, Trace]:
    return before | {
        item: before.get(item, Trace()).after(answered, item, scheduler=_SCHEDULER)
        for item in answered.ratings
    }
