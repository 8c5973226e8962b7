"""Published courses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import django_filters
from django.db.models import F, QuerySet

from contexts.courses import models as rows
from contexts.courses.domain.enrollments import CourseNotFound, UnitNotFound
from contexts.shared.database.statements.prepared import FirstPage, Prepared
from contexts.shared.kernel import Level
from contexts.shared.kernel.shapes import Format

Texts = Annotated[Mapping[str, str], "By language."]
CourseKey = Annotated[str, Format("slug")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course in the catalogue."""

    course: CourseKey
    language: Annotated[str, "Taught language (BCP 47)."]
    source: Annotated[str, "Language of explanations (BCP 47)."]
    level: Level
    title: Texts
    description: Texts
    license: Annotated[str, "SPDX."]
    version: int
    lessons: int
    words: int
    exercises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedLesson:
    """A lesson of a unit, without its exercises."""

    lesson: str
    title: Texts
    exercises: int
    premium: Annotated[bool, "Only Premium opens it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedUnit:
    """A unit of a course's current version."""

    unit: str
    title: Texts
    level: Level
    can_do: Texts
    words: int
    lessons: list[OutlinedLesson]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(OutlinedUnit):
    """A unit of a course's current version."""

    notes: Annotated[str, "Grammar notes in Markdown without HTML."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDetail:
    """A course with its units and lessons."""

    summary: Course
    authors: list[str]
    content_hash: Annotated[str, "SHA-256 of the content."]
    published_at: datetime
    units: list[OutlinedUnit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a learner can do after a unit."""

    cefr: Level
    can_do: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotes:
    """A unit's goal and grammar notes."""

    unit: str
    title: Texts
    goal: Goal
    notes: Annotated[str, "Markdown without HTML."]


class CourseFilter(django_filters.FilterSet):
    class Meta:
        model = rows.Course
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
    """Return the published courses."""
    return rows.Course.objects.filter(current__isnull=False).annotate(
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
    """Return the published courses in the order of their keys."""
    return FirstPage(_FIRST_COURSES.rows)


def to_course(row: Any) -> Course:
    return Course(
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
    if row is None or row.current is None:
        raise CourseNotFound(course=course)
    return CourseDetail(
        summary=to_course(row),
        authors=row.current.authors,
        content_hash=row.current.content_hash,
        published_at=row.current.published_at,
        units=row.current.outline,
    )


def units_of(keys: list[str], *, notes: bool) -> dict[str, list[Unit]]:
    """Return the units of courses' current versions, in order. Without `notes`, those are empty.

    One statement, or two with notes.
    """
    found = rows.Course.objects.filter(pk__in=keys, current__isnull=False)
    versions = list(found.values_list("pk", "current_id", "current__outline"))
    texts = _notes_of([version for _, version, _ in versions]) if notes else {}
    return {
        key: [_unit(unit, texts.get((version, unit["unit"]), "")) for unit in outline]
        for key, version, outline in versions
    }


def _notes_of(versions: list[UUID]) -> dict[tuple[UUID, str], str]:
    units = rows.Unit.objects.filter(version_id__in=versions)
    found = units.values_list("version_id", "key", "notes")
    return {(version, key): notes for version, key, notes in found}


def _unit(outlined: dict[str, Any], notes: str) -> Unit:
    lessons = [OutlinedLesson(**lesson) for lesson in outlined["lessons"]]
    return Unit(**{**outlined, "lessons": lessons}, notes=notes)


def unit_notes(course: str, unit: str) -> UnitNotes:
    """Return a unit's notes in the course's current version. Raises UnitNotFound."""
    current = {"version__course": course, "version_id": F("version__course__current")}
    found = rows.Unit.objects.filter(**current, key=unit).first()
    if found is None:
        raise UnitNotFound
    goal = Goal(cefr=found.goal["cefr"], can_do=found.goal["can_do"])
    return UnitNotes(unit=found.key, title=found.title, goal=goal, notes=found.notes)
