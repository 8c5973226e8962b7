"""Answering on fakes: grades, memory, repeated attempts and writings."""

from typing import Any
from uuid import UUID

import pytest

from contexts.courses.application.answers import (
    AlreadyAnswered,
    AttemptIdReused,
    Graded,
    Reviewed,
    answer_once,
)
from contexts.courses.domain.enrollments import (
    EnrollmentNotFound,
    ExerciseNotFound,
    PremiumRequired,
)
from contexts.courses.domain.exercises import MalformedAnswer
from contexts.courses.domain.grading.verdicts import Verdict
from contexts.courses.events import ItemReviewed, WritingSubmitted
from contexts.shared.kernel import new_id
from tests.fakes.courses import ENROLLMENT, LEARNER, LESSON, NOON, Courses, FakeAnswers
from tests.fakes.crashes import Calls, Crashed

ATTEMPT = UUID("01900000-0000-7000-8000-00000000000a")
RIGHT, WRONG = {"choice": "un"}, {"choice": "la"}


def arguments(**changes: Any) -> Any:
    return {
        "enrollment_id": ENROLLMENT,
        "learner_id": LEARNER,
        "attempt_id": ATTEMPT,
        "exercise": "cafe.e.choice",
        "answer": RIGHT,
        "duration_ms": 900,
        "now": NOON,
    } | changes


def once(courses: Courses, **changes: Any) -> Graded:
    find = FakeAnswers(courses.rows).find_graded
    return answer_once(courses.answers.answer, find, **arguments(**changes))


def is_untouched(courses: Courses) -> bool:
    rows = courses.rows
    return not (rows.attempts or rows.traces or rows.writings or rows.events)


class TestAnswering:
    def test_grades_stores_and_schedules(self) -> None:
        courses = Courses().enroll()

        graded = courses.answers.answer(**arguments())

        state = courses.rows.traces["cafe.w.coffee"].state
        assert state is not None
        assert (graded.grade.verdict, graded.lesson) == (Verdict.CORRECT, LESSON)
        assert graded.reviewed == {"cafe.w.coffee": Reviewed(3, state.due)}
        assert graded.submission is None
        stored = courses.rows.attempts[ATTEMPT]
        assert (stored.answer, stored.items, stored.duration_ms) == (RIGHT, ("cafe.w.coffee",), 900)
        assert [type(event) for event in courses.rows.events] == [ItemReviewed]

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"learner_id": new_id()}, EnrollmentNotFound),
            ({"exercise": "cafe.e.none"}, ExerciseNotFound),
            ({"answer": {"text": "un"}}, MalformedAnswer),
            ({"exercise": "cafe.e.secret", "answer": {"text": "un té"}}, PremiumRequired),
            ({"exercise": "cafe.e.write", "answer": {"text": " "}}, MalformedAnswer),
        ],
    )
    def test_is_refused_and_changes_nothing(
        self, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        courses = Courses().enroll()

        with pytest.raises(refusal):
            courses.answers.answer(**arguments(**changes))

        assert is_untouched(courses)

    def test_opens_premium_lessons_with_premium(self) -> None:
        courses = Courses().enroll()
        courses.rows.premium.add(LEARNER)

        graded = courses.answers.answer(
            **arguments(exercise="cafe.e.secret", answer={"text": "un té"})
        )

        assert graded.grade.verdict is Verdict.CORRECT


class TestARepeatedAttempt:
    def test_is_stored_once(self) -> None:
        courses = Courses().enroll()
        courses.answers.answer(**arguments())

        with pytest.raises(AlreadyAnswered):
            courses.answers.answer(**arguments())

        assert len(courses.rows.events) == 1

    def test_returns_its_first_grade(self) -> None:
        courses = Courses().enroll()
        first = once(courses)

        again = once(courses, answer=WRONG)

        assert again == first
        assert len(courses.rows.events) == 1

    def test_is_refused_for_another_exercise(self) -> None:
        courses = Courses().enroll()
        courses.rows.premium.add(LEARNER)
        once(courses)

        with pytest.raises(AttemptIdReused):
            once(courses, exercise="cafe.e.secret", answer={"text": "un té"})

        assert len(courses.rows.attempts) == len(courses.rows.events) == 1


class TestAWriting:
    WRITING = {"exercise": "cafe.e.write", "answer": {"text": "Soy Ana."}}

    def test_goes_to_the_community_and_is_not_kept_here(self) -> None:
        courses = Courses().enroll()

        graded = courses.answers.answer(**arguments(**self.WRITING))

        assert courses.rows.writings == {graded.submission: "Soy Ana."}
        assert courses.rows.attempts[ATTEMPT].answer == {"submission": str(graded.submission)}
        (event,) = courses.rows.events
        assert isinstance(event, WritingSubmitted)
        assert (event.submission_id, event.language) == (graded.submission, "es")

    def test_is_one_submission_wherever_the_first_try_crashed(self) -> None:
        courses, calls = Courses().enroll(), Calls()
        whole = calls.watch(courses.answers).answer(**arguments(**self.WRITING))
        made = list(calls.made)

        for last in range(1, len(made) + 1):
            courses = Courses().enroll()
            with pytest.raises(Crashed):
                Calls(last=last).watch(courses.answers).answer(**arguments(**self.WRITING))
            # The transaction of this context is rolled back; community may have its part.
            courses.rows.attempts.clear()

            again = courses.answers.answer(**arguments(**self.WRITING))

            assert again.submission == whole.submission
            assert courses.rows.writings == {whole.submission: "Soy Ana."}
        assert made[-1] == "answers.save"
