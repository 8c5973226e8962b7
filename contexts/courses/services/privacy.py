"""Courses' part in personal-data export and erasure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.courses.models import (
    Attempt,
    Card,
    Enrollment,
    Learner,
    LessonCompletion,
    Memory,
)

COLUMNS = frozenset({"Enrollment.learner_id", "Memory.learner_id", "Learner.id"})


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return each enrollment with its answers, cards, completed lessons and memory."""
    mine = Enrollment.objects.filter(learner_id=person_id).select_related("version")
    learner = Learner.objects.filter(pk=person_id).first()
    until = learner.premium_until if learner else None
    return {
        "premium_until": until.isoformat() if until else None,
        "enrollments": [_enrollment(row) for row in mine.order_by("enrolled_at")],
    }


def _enrollment(row: Enrollment) -> dict[str, Any]:
    attempts = Attempt.objects.filter(enrollment=row).order_by("id")
    completions = LessonCompletion.objects.filter(enrollment=row).order_by("id")
    memories = Memory.objects.filter(enrollment=row).order_by("word_key")
    return {
        "course": row.course_id,
        "version": row.version.number,
        "enrolled_at": row.enrolled_at.isoformat(),
        "answers": [
            {
                "exercise": one.exercise_key,
                "answer": one.answer,
                "verdict": one.verdict,
                "answered_at": one.answered_at.isoformat(),
            }
            for one in attempts
        ],
        "corrections": [
            {"sentence": one.sentence, "corrected": one.corrected}
            for one in Card.objects.filter(enrollment=row).order_by("made_at")
        ],
        "lessons": [
            {"lesson": one.lesson_key, "completed_at": one.completed_at.isoformat()}
            for one in completions
        ],
        "memory": [
            {"word": one.word_key, "stability": one.stability, "due_at": one.due_at.isoformat()}
            for one in memories
        ],
    }


def erase(*, person_id: UUID, now: datetime) -> None:
    """Delete a learner with their whole history."""
    Enrollment.objects.filter(learner_id=person_id).delete()
    Learner.objects.filter(pk=person_id).delete()
