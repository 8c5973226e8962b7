"""Published courses on their rows."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from contexts.courses import models as rows
from contexts.courses.application.ports import CurrentCourse
from contexts.courses.domain.enrollments import CourseNotFound
from contexts.courses.domain.exercises import parse
from contexts.courses.domain.packs import Course, Lesson, Unit, Word
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row


class OrmCatalogue:
    def current(self, course: str) -> CurrentCourse:
        found = rows.Course.objects.filter(pk=course, current__isnull=False)
        facts = found.values_list("pk", "current_id", "language", "level").first()
        # MariaDB takes "tiny " for "tiny"; keys are compared here as they are everywhere else.
        if facts is None or facts[0] != course or facts[1] is None:
            raise CourseNotFound(course=course)
        return CurrentCourse(key=facts[0], version_id=facts[1], language=facts[2], level=facts[3])

    def publish(self, pack: Course, *, now: datetime) -> bool:
        """All of a version or nothing: the caller's transaction holds the course's row."""
        course = _course_row(pack)
        if course.current is not None and course.current.content_hash == pack.content_hash:
            return False
        version = _version_row(pack, course, now=now)
        _write_units(pack, version)
        _write_exercises(pack, version)
        for field in ("language", "source", "level", "title", "description", "license"):
            setattr(course, field, getattr(pack, field))
        course.current = version
        course.save()
        return True


def _course_row(pack: Course) -> rows.Course:
    defaults = {
        "language": pack.language,
        "source": pack.source,
        "level": pack.level,
        "title": pack.title,
        "description": pack.description,
        "license": pack.license,
    }
    fresh = rows.Course(key=pack.id, **defaults)
    return lock_row(fresh, using=alias_of("courses"), pk=pack.id)


def _version_row(pack: Course, course: rows.Course, *, now: datetime) -> rows.CourseVersion:
    last = rows.CourseVersion.objects.filter(course=course).aggregate(last=Max("number"))["last"]
    return rows.CourseVersion.objects.create(
        course=course,
        number=(last or 0) + 1,
        content_hash=pack.content_hash,
        published_at=now,
        accents=pack.accents,
        authors=list(pack.authors),
        outline=[_outlined(unit) for unit in pack.units],
        lessons_count=sum(len(unit.lessons) for unit in pack.units),
        words_count=sum(1 for _ in pack.words()),
        exercises_count=sum(1 for _ in pack.exercises()),
    )


def _outlined(unit: Unit) -> dict[str, Any]:
    return {
        "unit": unit.id,
        "title": dict(unit.title),
        "level": unit.level,
        "can_do": dict(unit.can_do),
        "words": len(unit.words),
        "lessons": [
            {
                "lesson": lesson.id,
                "title": dict(lesson.title),
                "exercises": len(lesson.exercises),
                "premium": lesson.premium,
            }
            for lesson in unit.lessons
        ],
    }


def _write_units(pack: Course, version: rows.CourseVersion) -> None:
    rows.Unit.objects.bulk_create(
        rows.Unit(
            version=version,
            key=unit.id,
            position=position,
            title=dict(unit.title),
            goal={"cefr": unit.level, "can_do": dict(unit.can_do)},
            notes=unit.grammar,
        )
        for position, unit in enumerate(pack.units)
    )
    rows.Word.objects.bulk_create(_word_row(word, version) for word in pack.words())


def _word_row(word: Word, version: rows.CourseVersion) -> rows.Word:
    example = word.example
    return rows.Word(
        version=version,
        key=word.id,
        text=word.text,
        translation=word.translation,
        pos=word.pos,
        gender=word.gender or "",
        example={"text": example.text, "translation": example.translation} if example else None,
    )


def _write_exercises(pack: Course, version: rows.CourseVersion) -> None:
    lessons = [(unit, lesson) for unit in pack.units for lesson in unit.lessons]
    rows.Lesson.objects.bulk_create(
        _lesson_row(lesson, unit, version, position)
        for position, (unit, lesson) in enumerate(lessons)
    )
    rows.Exercise.objects.bulk_create(
        rows.Exercise(
            version=version, key=content.id, lesson_key=lesson.id, body=dict(content.body)
        )
        for _, lesson in lessons
        for content in lesson.exercises
    )


def _lesson_row(
    lesson: Lesson, unit: Unit, version: rows.CourseVersion, position: int
) -> rows.Lesson:
    return rows.Lesson(
        version=version,
        key=lesson.id,
        unit_key=unit.id,
        position=position,
        title=dict(lesson.title),
        premium=lesson.premium,
        # Shuffled by the exercise's own key: the same for everyone, so that it can be cached.
        exercises=[parse(content.body).present(content.id) for content in lesson.exercises],
        exercise_keys=[content.id for content in lesson.exercises],
    )
