"""Lessons and their completions on their rows."""

from datetime import datetime
from uuid import UUID

from contexts.courses import models as rows
from contexts.courses.adapters.enrollments import Publish
from contexts.courses.domain.enrollments import Enrollment, LessonNotFound
from contexts.courses.domain.grading.verdicts import Verdict
from contexts.shared.messaging.publishing import publish


class OrmLessons:
    """`publish` stores the events beside the rows."""

    def __init__(self, publish: Publish = publish) -> None:
        self._publish = publish

    def exercises(self, version_id: UUID, lesson: str) -> tuple[str, ...]:
        found = rows.Lesson.objects.filter(version_id=version_id, key=lesson)
        row = found.only("key", "exercise_keys").first()
        if row is None or row.key != lesson:
            raise LessonNotFound(lesson=lesson)
        return tuple(row.exercise_keys)

    def last_passes(self, enrollment_id: UUID, lesson: str) -> dict[str, bool]:
        attempts = rows.Attempt.objects.filter(enrollment_id=enrollment_id, lesson_key=lesson)
        verdicts = attempts.order_by("id").values_list("exercise_key", "verdict")
        return {key: Verdict(verdict).accepted for key, verdict in verdicts}

    def is_completed(self, enrollment_id: UUID, lesson: str) -> bool:
        done = rows.LessonCompletion.objects.filter(enrollment_id=enrollment_id, lesson_key=lesson)
        return done.exists()

    def save_completion(
        self, enrollment: Enrollment, *, lesson: str, exercises: int, correct: int, now: datetime
    ) -> None:
        rows.LessonCompletion.objects.create(
            enrollment_id=enrollment.id,
            lesson_key=lesson,
            completed_at=now,
            exercises=exercises,
            correct=correct,
        )
        self._publish(enrollment.collect_events())
