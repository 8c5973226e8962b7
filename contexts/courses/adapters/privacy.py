"""Courses' part in personal-data export and erasure."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from contexts.courses.events import PersonErased
from contexts.courses.models import (
    Attempt,
    Block,
    Card,
    Enrollment,
    Learner,
    LessonCompletion,
    Memory,
)
from contexts.shared.messaging.publishing import publish


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Every enrollment with all its answers, completed lessons and what memory holds."""
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


def erase_person(*, person_id: UUID, now: datetime) -> None:
    """A learner's history is theirs alone: all of it goes."""
    Enrollment.objects.filter(learner_id=person_id).delete()
    Learner.objects.filter(pk=person_id).delete()
    Block.objects.filter(Q(blocker_id=person_id) | Q(blocked_id=person_id)).delete()
    publish([PersonErased(occurred_at=now, person_id=person_id)])
