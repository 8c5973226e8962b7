"""Grades of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from contexts.courses import models as rows
from contexts.courses.application import answers
from contexts.courses.application.answers import Graded
from contexts.courses.domain.grading.verdicts import GradeNote, Verdict, grade_of
from contexts.shared.language import Category
from contexts.shared.language import Edit as TextEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that leads from the answer to the expected one."""

    start: Annotated[int, "In code points of `given`."]
    end: int
    old: str
    new: str
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A word that the answer reviewed."""

    item: str
    rating: Annotated[int, "FSRS: 1 again, 3 good."]
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade of an answer."""

    attempt_id: UUID
    exercise: str
    lesson: str
    verdict: Verdict
    score: Annotated[float, "0 to 1."]
    rating: Annotated[int, "FSRS, for the answer as a whole: 1 again, 3 good."]
    notes: list[GradeNote]
    given: str
    expected: Annotated[str, "The accepted answer nearest to `given`."]
    edits: list[Edit]
    why: Annotated[Mapping[str, str] | None, "A teacher's explanation, by language."]
    answered_at: datetime
    reviewed: list[Reviewed]
    submission: Annotated[UUID | None, "Id of a writing in the community."]


def to_grade(graded: Graded) -> Grade:
    grade = graded.grade
    return Grade(
        attempt_id=graded.attempt_id,
        exercise=graded.exercise,
        lesson=graded.lesson,
        verdict=grade.verdict,
        score=grade.score,
        rating=grade.rating,
        notes=[*grade.notes],
        given=grade.given,
        expected=grade.expected,
        edits=[_edit(edit) for edit in grade.edits],
        why=grade.why,
        answered_at=graded.answered_at,
        reviewed=[
            Reviewed(item=item, rating=one.rating, due_at=one.due_at)
            for item, one in graded.reviewed.items()
        ],
        submission=graded.submission,
    )


def _edit(edit: TextEdit) -> Edit:
    return Edit(start=edit.start, end=edit.end, old=edit.old, new=edit.new, category=edit.category)


def find_graded(enrollment_id: UUID, attempt_id: UUID, *, exercise: str) -> Graded | None:
    """Return a stored attempt, None if its id was used for another exercise."""
    row = rows.Attempt.objects.filter(enrollment=enrollment_id, attempt_id=attempt_id).first()
    if row is None or row.exercise_key != exercise:
        return None
    ratings = dict.fromkeys(row.items, row.rating) if row.ratings is None else row.ratings
    due = rows.Memory.objects.filter(enrollment=enrollment_id, word_key__in=[*ratings])
    return Graded(
        attempt_id=row.attempt_id,
        exercise=row.exercise_key,
        lesson=row.lesson_key,
        grade=grade_of(row.grade),
        answered_at=row.answered_at,
        reviewed={
            item: answers.Reviewed(ratings[item], due_at)
            for item, due_at in due.values_list("word_key", "due_at")
        },
        submission=_submission(row),
    )


def _submission(row: rows.Attempt) -> UUID | None:
    named = row.answer.get("submission") if row.verdict == Verdict.SUBMITTED else None
    return UUID(named) if named else None
