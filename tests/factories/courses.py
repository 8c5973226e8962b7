"""Courses, and the progress of learners in them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import factory
from factory.django import DjangoModelFactory

from contexts.courses import api
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
    Word,
)
from contexts.shared.kernel import new_id, now

TINY = Path(__file__).resolve().parents[1] / "data/packs/tiny"


def published_course(folder: Path = TINY) -> Course:
    """Publish a pack through the door and return its course."""
    api.publish_pack(folder, now=now())
    return Course.objects.select_related("current").get(pk=folder.name)


def exercise_body(enrollment: Enrollment, key: str) -> dict[str, Any]:
    """Return an exercise of the enrollment's version, with its answers."""
    body: dict[str, Any] = Exercise.objects.get(version=enrollment.version_id, key=key).body
    return body


def premium_until(learner_id: UUID) -> datetime | None:
    """Return the end of Premium as courses has stored it."""
    return Learner.objects.get(pk=learner_id).premium_until


def exercises_of(version_id: UUID) -> list[Exercise]:
    """Return the exercises of a version, with their answers."""
    return list(Exercise.objects.filter(version=version_id))


def words_of(version_id: UUID) -> list[str]:
    """Return the keys of a version's words."""
    return list(Word.objects.filter(version=version_id).values_list("key", flat=True))


def first_lesson(version_id: UUID) -> Lesson:
    """Return the first lesson of a version."""
    return Lesson.objects.filter(version=version_id).order_by("position")[0]


class CourseFactory(DjangoModelFactory):
    """A course without lessons, for long lists."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"course-{n:04}")
    language = "es"
    source = "en"
    level = "A1"
    title = factory.Dict({"en": "A course"})
    description = factory.Dict({"en": "About something."})
    license = "CC-BY-4.0"

    @factory.post_generation
    def current(self, create: bool, extracted: Any, **_: Any) -> None:
        self.current = CourseVersionFactory(course=self)
        self.save(update_fields=["current"])


class CourseVersionFactory(DjangoModelFactory):
    class Meta:
        model = CourseVersion

    id = factory.LazyFunction(new_id)
    number = 1
    content_hash = "0" * 64
    published_at = factory.LazyFunction(now)
    accents = "lenient"
    authors = factory.List(["The test team"])
    outline = factory.List([])
    lessons_count = 0
    words_count = 0
    exercises_count = 0


class EnrollmentFactory(DjangoModelFactory):
    """A learner in a course, on its current version."""

    class Meta:
        model = Enrollment

    id = factory.LazyFunction(new_id)
    learner_id = factory.LazyFunction(new_id)
    course = factory.SubFactory(CourseFactory)
    version = factory.LazyAttribute(lambda enrollment: enrollment.course.current)
    enrolled_at = factory.LazyFunction(now)


class MemoryFactory(DjangoModelFactory):
    """A word that was reviewed yesterday and is due today."""

    class Meta:
        model = Memory

    enrollment = factory.SubFactory(EnrollmentFactory)
    learner_id = factory.SelfAttribute("enrollment.learner_id")
    word_key = factory.Sequence(lambda n: f"hello.w.word-{n:04}")
    last_review_at = factory.LazyFunction(lambda: now() - timedelta(days=1))
    due_at = factory.LazyAttribute(lambda memory: memory.last_review_at + timedelta(days=1))
    stability = 1.0
    difficulty = 5.0
    state = "review"
    step = None
    model_version = "fsrs-6.default.2"


def reviewed(enrollment: Enrollment, words: Iterable[str], *, first: datetime) -> None:
    """Store a memory of each word, reviewed one a minute from `first`, due 20 days later."""
    Memory.objects.bulk_create(
        MemoryFactory.build(
            enrollment=enrollment,
            word_key=word,
            last_review_at=at,
            due_at=at + timedelta(days=20),
            stability=21.5,
            difficulty=5.25,
        )
        for word, at in ((word, first + timedelta(minutes=n)) for n, word in enumerate(words))
    )


def answered(enrollment: Enrollment, lesson: str, exercise: str, *, times: int) -> None:
    """Store right answers to an exercise."""
    Attempt.objects.bulk_create(
        Attempt(
            enrollment=enrollment,
            attempt_id=new_id(),
            lesson_key=lesson,
            exercise_key=exercise,
            answer={},
            grade={},
            verdict="correct",
            rating=3,
            items=[],
            answered_at=now(),
        )
        for _ in range(times)
    )


def completed(enrollment: Enrollment, lessons: Iterable[str]) -> None:
    """Store the completion of each lesson."""
    LessonCompletion.objects.bulk_create(
        LessonCompletion(
            enrollment=enrollment, lesson_key=lesson, completed_at=now(), exercises=3, correct=3
        )
        for lesson in lessons
    )


def forget_completions() -> None:
    """Delete the completions of all lessons."""
    LessonCompletion.objects.all().delete()
