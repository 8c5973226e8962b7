"""Publishing packs."""

from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db.models import Max

from contexts.courses import models as rows
from contexts.courses.adapters.packs import read_pack
from contexts.courses.domain.exercises import AnyExercise, parse
from contexts.courses.domain.packs import Course, Lesson, Unit
from contexts.courses.domain.words import Word
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel.shapes import dump

_FIELDS = ("language", "source", "level", "title", "description", "license")


class Publish(Protocol):
    def __call__(self, pack: Course, *, now: datetime) -> bool: ...


def publish_pack(publish: Publish, folder: Path, *, now: datetime) -> bool:
    """Publish the pack in a folder as its course's newest version. False if it is that already.

    Raises PackRefused with every error of the pack.
    """
    return publish(read_pack(folder), now=now)


def publish(pack: Course, *, now: datetime) -> bool:
    """Publish a pack, whole. The transaction holds the course's row."""
    course = _course_row(pack)
    if course.current is not None and course.current.content_hash == pack.content_hash:
        return False
    version = _version_row(pack, course, now=now)
    _write_units(pack, version)
    _write_exercises(pack, version)
    for field in _FIELDS:
        setattr(course, field, getattr(pack, field))
    course.current = version
    course.save()
    return True


def _course_row(pack: Course) -> rows.Course:
    fresh = rows.Course(key=pack.id, **{field: getattr(pack, field) for field in _FIELDS})
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
        exercises_count=sum(
            len(_feasible(lesson)) for unit in pack.units for lesson in unit.lessons
        ),
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
                "exercises": len(_feasible(lesson)),
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
    return rows.Word(
        version=version,
        key=word.id,
        text=word.text,
        translation=word.translation,
        pos=word.pos,
        gender=word.gender or "",
        example=dump(word.example) if word.example else None,
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
    shown = _feasible(lesson)
    return rows.Lesson(
        version=version,
        key=lesson.id,
        unit_key=unit.id,
        position=position,
        title=dict(lesson.title),
        premium=lesson.premium,
        # Shuffled by the exercise's key: equal for everyone, so that it can be stored.
        exercises=[exercise.present(exercise.key) for exercise in shown],
        exercise_keys=[exercise.key for exercise in shown],
    )


def _feasible(lesson: Lesson) -> list[AnyExercise]:
    """Return the exercises that a learner can do."""
    found = (parse(content.body) for content in lesson.exercises)
    return [exercise for exercise in found if exercise.feasible]
