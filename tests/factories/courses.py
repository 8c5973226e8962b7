"""Courses, and the progress of learners in them."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import factory
from factory.django import DjangoModelFactory

from contexts.courses import api
from contexts.courses.models import (
    Attempt,
    Course,
    CourseVersion,
    Enrollment,
    Exercise,
    LessonCompletion,
    Memory,
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
    model_version = "fsrs-6.default"


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
