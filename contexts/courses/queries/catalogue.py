"""What is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import django_filters
from django.db.models import F, QuerySet

from contexts.courses.domain.enrollments import (
    CourseNotFound,
    UnitNotFound,
)
from contexts.courses.domain.packs import Texts
from contexts.courses.models import (
    Course,
    CourseVersion,
    Unit,
)
from contexts.shared.database.statements.prepared import FirstPage, Prepared


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
class OutlinedLesson:
    lesson: str
    title: Texts
    exercises: int
    premium: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedUnit:
    """A unit as it stands in a course; `notes` are None where nobody asked for them."""

    unit: str
    title: Texts
    level: str
    can_do: Texts
    words: int
    lessons: list[OutlinedLesson]
    notes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotes:
    unit: str
    title: Texts
    goal: dict[str, Any]
    notes: str


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
    version = current_version(row)
    return CourseDetail(
        summary=course_summary(row),
        authors=version.authors,
        content_hash=version.content_hash,
        published_at=version.published_at,
        units=version.outline,
    )


def units_of(keys: list[str], *, notes: bool) -> dict[str, list[OutlinedUnit]]:
    """The units of courses' current versions, in order, in one statement or, with notes, two."""
    found = Course.objects.filter(pk__in=keys, current__isnull=False)
    versions = list(found.values_list("pk", "current_id", "current__outline"))
    told = _notes_of([version for _, version, _ in versions]) if notes else {}
    return {
        key: [_outlined(unit, told.get((version, unit["unit"]))) for unit in outline]
        for key, version, outline in versions
    }


def _notes_of(versions: list[UUID]) -> dict[tuple[UUID, str], str]:
    rows = Unit.objects.filter(version_id__in=versions)
    return {(row[0], row[1]): row[2] for row in rows.values_list("version_id", "key", "notes")}


def _outlined(unit: dict[str, Any], notes: str | None) -> OutlinedUnit:
    lessons = [OutlinedLesson(**lesson) for lesson in unit["lessons"]]
    return OutlinedUnit(**{**unit, "lessons": lessons, "notes": notes})


def current_version(row: Course) -> CourseVersion:
    """What newcomers get. Raises CourseNotFound for a course that nobody has published."""
    if row.current is None:
        raise CourseNotFound(course=row.key)
    return row.current


def unit_notes(course: str, unit: str) -> UnitNotes:
    """A unit's grammar notes in the course's current version. Raises UnitNotFound."""
    row = Unit.objects.filter(version__course=course, version_id=F("version__course__current"))
    found = row.filter(key=unit).first()
    if found is None:
        raise UnitNotFound
    return UnitNotes(unit=found.key, title=found.title, goal=found.goal, notes=found.notes)
