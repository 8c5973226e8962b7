"""Kept attempts, read back."""

from uuid import UUID

from contexts.courses.application.enrollments import Graded
from contexts.courses.domain.grading.verdicts import Grade, Verdict
from contexts.courses.models import Attempt, Memory
from contexts.shared.language import Edit


def graded(enrollment_id: UUID, attempt_id: UUID, *, exercise: str) -> Graded | None:
    """The grade that an attempt got; None when the id was used for another exercise."""
    row = Attempt.objects.filter(enrollment=enrollment_id, attempt_id=attempt_id).first()
    if row is None or row.exercise_key != exercise:
        return None
    due = Memory.objects.filter(enrollment=enrollment_id, word_key__in=row.items)
    return Graded(
        attempt_id=row.attempt_id,
        exercise=row.exercise_key,
        lesson=row.lesson_key,
        grade=_grade(row),
        answered_at=row.answered_at,
        due_at=dict(due.values_list("word_key", "due_at")),
        submission=_submission(row),
    )


def _submission(row: Attempt) -> UUID | None:
    named = row.answer.get("submission") if row.verdict == Verdict.SUBMITTED else None
    return UUID(named) if named else None


def _grade(row: Attempt) -> Grade:
    stored = row.grade
    return Grade(
        verdict=Verdict(stored["verdict"]),
        expected=stored["expected"],
        given=stored["given"],
        notes=tuple(stored["notes"]),
        edits=tuple(Edit(**edit) for edit in stored["edits"]),
        why=stored["why"],
        score=stored["score"],
    )
