"""Completing lessons on fakes."""

from uuid import UUID

import pytest

from contexts.courses.domain.enrollments import (
    EnrollmentNotFound,
    LessonNotFound,
    LessonUnfinished,
)
from contexts.courses.events import LessonCompleted
from contexts.shared.kernel import new_id
from tests.fakes.courses import ENROLLMENT, LEARNER, LESSON, NOON, Courses


def answered(courses: Courses, *, choice: str = "un") -> Courses:
    """Answer both exercises of the lesson, and forget the events."""
    answers = {"cafe.e.choice": {"choice": choice}, "cafe.e.write": {"text": "Soy Ana."}}
    for exercise, answer in answers.items():
        courses.answers.answer(
            enrollment_id=ENROLLMENT,
            learner_id=LEARNER,
            attempt_id=new_id(),
            exercise=exercise,
            answer=answer,
            duration_ms=None,
            now=NOON,
        )
    courses.rows.events.clear()
    return courses


def complete(courses: Courses, *, learner_id: UUID = LEARNER, lesson: str = LESSON) -> None:
    courses.lessons.complete(
        enrollment_id=ENROLLMENT, learner_id=learner_id, lesson=lesson, now=NOON
    )


class TestCompleting:
    def test_counts_the_accepted_answers(self) -> None:
        courses = answered(Courses().enroll(), choice="la")

        complete(courses)

        assert courses.rows.completions == {LESSON: (2, 1)}
        assert [type(event) for event in courses.rows.events] == [LessonCompleted]

    def test_happens_once(self) -> None:
        courses = answered(Courses().enroll())
        complete(courses)

        complete(courses)

        assert len(courses.rows.events) == 1

    def test_needs_an_answer_to_each_exercise(self) -> None:
        courses = Courses().enroll()

        with pytest.raises(LessonUnfinished):
            complete(courses)

        assert (courses.rows.completions, courses.rows.events) == ({}, [])

    def test_is_refused_to_other_people(self) -> None:
        courses = answered(Courses().enroll())

        with pytest.raises(EnrollmentNotFound):
            complete(courses, learner_id=new_id())

        assert courses.rows.completions == {}

    def test_needs_a_lesson_of_the_version(self) -> None:
        courses = answered(Courses().enroll())

        with pytest.raises(LessonNotFound):
            complete(courses, lesson="cafe.l.none")

        assert courses.rows.completions == {}
