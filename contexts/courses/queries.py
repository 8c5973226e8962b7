"""The read side: what our own endpoints show, as frozen DTOs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

import django_filters
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from contexts.courses.domain.learning import (
    CourseNotFound,
    EnrollmentNotFound,
    LessonNotFound,
)
from contexts.courses.models import (
    Attempt,
    Course,
    CourseVersion,
    Enrollment,
    Lesson,
    LessonCompletion,
    Memory,
    Unit,
    Word,
)
from contexts.shared.database.prepared import FirstPage, Prepared, given_id, given_text
from contexts.shared.http.filters import InstantFilter

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSummary:
    course: str
    language: str
    source: str
    level: str
    title: Texts
    description: Texts
    license: str
    version: int
    lessons: int
    words: int
    exercises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDetail:
    summary: CourseSummary
    authors: list[str]
    content_hash: str
    published_at: datetime
    units: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotes:
    unit: str
    title: Texts
    goal: dict[str, Any]
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentSummary:
    id: UUID
    course: str
    title: Texts
    language: str
    level: str
    version: int
    newest_version: int
    enrolled_at: datetime
    lessons: int
    lessons_completed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonProgress:
    lesson: str
    title: Texts
    exercises: int
    answered: int
    completed_at: datetime | None
    correct: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonContent:
    lesson: str
    unit: str
    title: Texts
    version: UUID
    exercises: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """A word of the review queue. `stability` in days, `difficulty` from 1 to 10."""

    enrollment: UUID
    item: str
    text: str
    translation: str
    state: str
    stability: float
    difficulty: float
    last_review_at: datetime
    due_at: datetime


class CourseFilter(django_filters.FilterSet):
    class Meta:
        model = Course
        fields = ["language", "source", "level"]


class CourseRow(NamedTuple):
    key: str
    language: str
    source: str
    level: str
    title: Texts
    description: Texts
    license: str
    number: int
    lessons_count: int
    words_count: int
    exercises_count: int


def courses() -> QuerySet[Any]:
    """The published courses."""
    return Course.objects.filter(current__isnull=False).annotate(
        number=F("current__number"),
        lessons_count=F("current__lessons_count"),
        words_count=F("current__words_count"),
        exercises_count=F("current__exercises_count"),
    )


_FIRST_COURSES = Prepared(
    "courses",
    CourseRow,
    lambda limit: courses().order_by("key").values_list(*CourseRow._fields)[:limit],
)


def first_courses() -> FirstPage[CourseRow]:
    """`courses()` in the order of their keys, for whoever wants no other."""
    return FirstPage(_FIRST_COURSES.rows)


def course_summary(row: Any) -> CourseSummary:
    return CourseSummary(
        course=row.key,
        language=row.language,
        source=row.source,
        level=row.level,
        title=row.title,
        description=row.description,
        license=row.license,
        version=row.number,
        lessons=row.lessons_count,
        words=row.words_count,
        exercises=row.exercises_count,
    )


def course_detail(course: str) -> CourseDetail:
    """Raises CourseNotFound."""
    row = courses().filter(pk=course).select_related("current").first()
    if row is None:
        raise CourseNotFound(course=course)
    version = _current(row)
    return CourseDetail(
        summary=course_summary(row),
        authors=version.authors,
        content_hash=version.content_hash,
        published_at=version.published_at,
        units=version.outline,
    )


def _current(row: Course) -> CourseVersion:
    if row.current is None:
        raise CourseNotFound(course=row.key)
    return row.current


def unit_notes(course: str, unit: str) -> UnitNotes:
    """A unit's grammar notes in the course's current version. Raises CourseNotFound."""
    row = Unit.objects.filter(version__course=course, version_id=F("version__course__current"))
    found = row.filter(key=unit).first()
    if found is None:
        raise CourseNotFound(course=f"{course}/{unit}")
    return UnitNotes(unit=found.key, title=found.title, goal=found.goal, notes=found.notes)


def enrollments_of(learner_id: UUID) -> QuerySet[Enrollment]:
    """A learner's courses, newest enrollment first."""
    done = LessonCompletion.objects.filter(enrollment=OuterRef("pk")).order_by()
    counted = done.values("enrollment").annotate(n=Count("pk")).values("n")
    return (
        Enrollment.objects.filter(learner_id=learner_id)
        .select_related("course__current", "version")
        .annotate(lessons_completed=counted)
    )


def enrollment_summary(row: Any) -> EnrollmentSummary:
    return EnrollmentSummary(
        id=row.id,
        course=row.course_id,
        title=row.course.title,
        language=row.course.language,
        level=row.course.level,
        version=row.version.number,
        newest_version=_current(row.course).number,
        enrolled_at=row.enrolled_at,
        lessons=row.version.lessons_count,
        lessons_completed=row.lessons_completed or 0,
    )


def enrollment(enrollment_id: UUID, *, learner_id: UUID) -> EnrollmentSummary:
    """Raises EnrollmentNotFound, also for somebody else's."""
    row = enrollments_of(learner_id).filter(pk=enrollment_id).first()
    if row is None:
        raise EnrollmentNotFound
    return enrollment_summary(row)


def progress(enrollment_id: UUID, *, learner_id: UUID) -> list[LessonProgress]:
    """Every lesson of the learner's version with what is done of it. Raises EnrollmentNotFound."""
    found = progress_by_enrollment([enrollment_id], learner_id=learner_id)
    if enrollment_id not in found:
        raise EnrollmentNotFound
    return found[enrollment_id]


def progress_by_enrollment(
    enrollments: Sequence[UUID], *, learner_id: UUID
) -> dict[UUID, list[LessonProgress]]:
    """The same for many, in as many queries as for one; somebody else's are left out."""
    mine = Enrollment.objects.filter(pk__in=enrollments, learner_id=learner_id)
    outlines = dict(mine.values_list("pk", "version__outline"))
    if not outlines:
        return {}
    answered = _answered_by_lesson(outlines)
    completions = {
        (done.enrollment_id, done.lesson_key): done
        for done in LessonCompletion.objects.filter(enrollment__in=outlines)
    }
    return {
        enrollment_id: [
            _lesson_progress(
                lesson,
                answered.get((enrollment_id, lesson["lesson"]), 0),
                completions.get((enrollment_id, lesson["lesson"])),
            )
            for unit in outline
            for lesson in unit["lessons"]
        ]
        for enrollment_id, outline in outlines.items()
    }


def _answered_by_lesson(enrollments: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    attempts = Attempt.objects.filter(enrollment__in=enrollments).order_by()
    counts = attempts.values("enrollment_id", "lesson_key").annotate(
        n=Count("exercise_key", distinct=True)
    )
    found = counts.values_list("enrollment_id", "lesson_key", "n")
    return {(enrollment_id, lesson): n for enrollment_id, lesson, n in found}


def _lesson_progress(
    lesson: dict[str, Any], answered: int, done: LessonCompletion | None
) -> LessonProgress:
    return LessonProgress(
        lesson=lesson["lesson"],
        title=lesson["title"],
        exercises=lesson["exercises"],
        answered=answered,
        completed_at=done.completed_at if done else None,
        correct=done.correct if done else None,
    )


class LessonRow(NamedTuple):
    key: str
    unit_key: str
    title: Texts
    version_id: UUID
    exercises: list[dict[str, Any]]


def _lessons_of(enrollment: Any, learner: Any) -> QuerySet[Lesson]:
    mine = Enrollment.objects.filter(pk=enrollment, learner_id=learner)
    return Lesson.objects.filter(version__in=mine.values("version"))


def _first_open() -> QuerySet[Any, Any]:
    enrollment = given_id("enrollment")
    done = LessonCompletion.objects.filter(enrollment=enrollment, lesson_key=OuterRef("key"))
    lessons = _lessons_of(enrollment, given_id("learner")).filter(~Exists(done))
    return lessons.order_by("position").values_list(*LessonRow._fields)[:1]


def _named() -> QuerySet[Any, Any]:
    lessons = _lessons_of(given_id("enrollment"), given_id("learner"))
    return lessons.filter(key=given_text("key")).values_list(*LessonRow._fields)


_NEXT_LESSON = Prepared("courses", LessonRow, _first_open)
_NAMED_LESSON = Prepared("courses", LessonRow, _named)


def lesson(enrollment_id: UUID, key: str, *, learner_id: UUID) -> LessonContent:
    """A lesson of the learner's version. Raises EnrollmentNotFound or LessonNotFound."""
    row = _NAMED_LESSON.first(enrollment=enrollment_id, learner=learner_id, key=key)
    if row is None:
        _require(enrollment_id, learner_id)
        raise LessonNotFound(lesson=key)
    return _content(row)


def next_lesson(enrollment_id: UUID, *, learner_id: UUID) -> LessonContent | None:
    """The first lesson that is not completed; None when all are. Raises EnrollmentNotFound."""
    row = _NEXT_LESSON.first(enrollment=enrollment_id, learner=learner_id)
    if row is None:
        _require(enrollment_id, learner_id)
        return None
    return _content(row)


def next_lessons(enrollments: Sequence[UUID], *, learner_id: UUID) -> dict[UUID, LessonContent]:
    """The same for many, in two queries; what is finished or somebody else's is left out."""
    done = LessonCompletion.objects.filter(
        enrollment=OuterRef(OuterRef("pk")), lesson_key=OuterRef("key")
    )
    open_lessons = Lesson.objects.filter(~Exists(done), version=OuterRef("version"))
    return _first_of_each(enrollments, learner_id, open_lessons.order_by("position"))


def lessons_named(
    enrollments: Sequence[UUID], key: str, *, learner_id: UUID
) -> dict[UUID, LessonContent]:
    """The lesson of this key in each of the learner's versions that has it, in two queries."""
    named = Lesson.objects.filter(version=OuterRef("version"), key=key)
    return _first_of_each(enrollments, learner_id, named)


def _first_of_each(
    enrollments: Sequence[UUID], learner_id: UUID, wanted: QuerySet[Lesson]
) -> dict[UUID, LessonContent]:
    mine = Enrollment.objects.filter(pk__in=enrollments, learner_id=learner_id)
    chosen = mine.annotate(chosen=Subquery(wanted.values("pk")[:1]))
    lesson_of = dict(chosen.exclude(chosen=None).values_list("pk", "chosen"))
    found = Lesson.objects.in_bulk(set(lesson_of.values()))
    return {enrollment_id: _content(found[pk]) for enrollment_id, pk in lesson_of.items()}


def _require(enrollment_id: UUID, learner_id: UUID) -> None:
    if not Enrollment.objects.filter(pk=enrollment_id, learner_id=learner_id).exists():
        raise EnrollmentNotFound


def _content(row: Lesson | LessonRow) -> LessonContent:
    return LessonContent(
        lesson=row.key,
        unit=row.unit_key,
        title=row.title,
        version=row.version_id,
        exercises=row.exercises,
    )


class ReviewFilter(django_filters.FilterSet):
    enrollment = django_filters.UUIDFilter(field_name="enrollment_id")
    due_before = InstantFilter(field_name="due_at", lookup_expr="lte")

    class Meta:
        model = Memory
        fields = ["enrollment", "due_before"]


class DueRow(NamedTuple):
    id: int
    enrollment_id: UUID
    version_id: UUID
    word_key: str
    state: str
    stability: float
    difficulty: float
    last_review_at: datetime
    due_at: datetime


def review_queue(learner_id: Any) -> QuerySet[Any]:
    """Everything the learner has met, what is due first coming first."""
    return Memory.objects.filter(learner_id=learner_id).annotate(
        version_id=F("enrollment__version")
    )


def _first_due(limit: int) -> QuerySet[Any, Any]:
    queue = review_queue(given_id("learner")).order_by("due_at", "id")
    return queue.values_list(*DueRow._fields)[:limit]


_FIRST_DUE = Prepared("courses", DueRow, _first_due)


def first_reviews(learner_id: UUID) -> FirstPage[DueRow]:
    """The head of the learner's queue."""
    return FirstPage(partial(_FIRST_DUE.rows, learner=learner_id))


def due_items(page: Iterable[Any], *, texts: bool = True) -> list[DueItem]:
    """The page's rows; with their words' texts in one more query."""
    memories = list(page)
    words = _words({(row.version_id, row.word_key) for row in memories}) if texts else {}
    return [_due_item(row, words.get((row.version_id, row.word_key))) for row in memories]


class WordRow(NamedTuple):
    version_id: UUID
    key: str
    text: str
    translation: str


def _named_words(versions: int, keys: int) -> QuerySet[Any, Any]:
    # A list of foreign keys would be taken for values before they are given.
    taught = reduce(or_, (Q(version=given_id(f"version{n}")) for n in range(versions)))
    named = Word.objects.filter(taught, key__in=[given_text(f"key{n}") for n in range(keys)])
    return named.values_list(*WordRow._fields)


_WORDS = Prepared("courses", WordRow, _named_words)


def _words(wanted: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], tuple[str, str]]:
    if not wanted:
        return {}
    versions, keys = {version for version, _ in wanted}, {key for _, key in wanted}
    values: dict[str, Any] = {f"version{n}": version for n, version in enumerate(versions)}
    values |= {f"key{n}": key for n, key in enumerate(keys)}
    found = _WORDS.rows(len(versions), len(keys), **values)
    return {(row.version_id, row.key): (row.text, row.translation) for row in found}


def _due_item(row: Any, word: tuple[str, str] | None) -> DueItem:
    # A word that the learner's version no longer teaches keeps its memory, without a text.
    text, translation = word or ("", "")
    return DueItem(
        enrollment=row.enrollment_id,
        item=row.word_key,
        text=text,
        translation=translation,
        state=row.state,
        stability=row.stability,
        difficulty=row.difficulty,
        last_review_at=row.last_review_at,
        due_at=row.due_at,
    )
