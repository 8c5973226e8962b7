"""Enrollments: the aggregate, and its use cases on fakes."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contexts.courses.application.enrollments import AlreadyEnrolled, enroll_once
from contexts.courses.domain.enrollments import (
    CLOCKS_DIFFER,
    LONGEST_OFFLINE,
    AnsweredAtOdds,
    CourseNotFound,
    Enrollment,
    EnrollmentNotFound,
    LessonUnfinished,
)
from contexts.courses.domain.reviews import Answered, Ask, Moment, Trace, replay
from contexts.courses.events import ItemReviewed, LearnerEnrolled, LessonCompleted
from contexts.shared.kernel import new_id
from tests.fakes.courses import (
    ENROLLMENT,
    LEARNER,
    NOON,
    VERSION,
    Courses,
    FakeEnrollments,
    NextDay,
)


def enrollment() -> Enrollment:
    return Enrollment(
        id=ENROLLMENT, learner_id=LEARNER, course="tiny", version_id=VERSION, enrolled_at=NOON
    )


class TestBeginning:
    def test_tells_what_is_taught(self) -> None:
        begun = enrollment()

        begun.begin(language="es", level="A1", now=NOON)

        assert begun.collect_events() == [
            LearnerEnrolled(
                occurred_at=NOON,
                learner_id=LEARNER,
                enrollment_id=ENROLLMENT,
                course="tiny",
                language="es",
                level="A1",
            )
        ]


def answered(at: datetime = NOON, **ratings: int) -> Answered:
    return Answered(
        attempt_id=new_id(), moment=Moment(at, "UTC"), ask=Ask.PRODUCTION, ratings=ratings
    )


class TestReviewing:
    def test_schedules_and_records_each_item(self) -> None:
        mine = enrollment()

        traces = mine.review(answered(a=3, b=1), traces={}, log=(), scheduler=NextDay(), now=NOON)

        events = mine.collect_events()
        tomorrow = NOON.replace(hour=0) + timedelta(days=1)
        assert {item: trace.state and trace.state.due for item, trace in traces.items()} == {
            "a": tomorrow,
            "b": tomorrow,
        }
        assert [
            (event.item, event.rating, event.is_new, event.was_due, event.recall_percent)
            for event in events
            if isinstance(event, ItemReviewed)
        ] == [("a", 3, True, False, None), ("b", 1, True, False, None)]

    def test_goes_on_from_what_memory_held(self) -> None:
        mine, next_day = enrollment(), NOON + timedelta(days=1)
        before = Trace().after(answered(a=3), "a", scheduler=NextDay())

        traces = mine.review(
            answered(next_day, a=1), traces={"a": before}, log=(), scheduler=NextDay(), now=next_day
        )

        [event] = mine.collect_events()
        assert isinstance(event, ItemReviewed)
        assert traces["a"].state is not None
        assert traces["a"].state.stability == 4.0
        assert (event.is_new, event.was_due, event.recall_percent) == (False, True, 100)

    def test_replays_the_log_for_an_answer_that_comes_late(self) -> None:
        early, later = answered(a=3), answered(NOON + timedelta(days=1), a=1)
        before = replay([later], "a", scheduler=NextDay())

        traces = enrollment().review(
            early, traces={"a": before}, log=[later], scheduler=NextDay(), now=NOON
        )

        assert traces["a"] == replay([early, later], "a", scheduler=NextDay())


class TestTheTimeOfAnAnswer:
    @pytest.mark.parametrize(
        ("age", "late", "expected"),
        [
            (timedelta(days=9), timedelta(days=8), timedelta(days=8)),
            (timedelta(days=70), LONGEST_OFFLINE, LONGEST_OFFLINE),
            (timedelta(0), timedelta(0), timedelta(0)),
            (timedelta(0), CLOCKS_DIFFER, CLOCKS_DIFFER),
            (timedelta(0), -CLOCKS_DIFFER, timedelta(0)),
        ],
        ids=["in time", "after long", "at once", "a slow clock", "a fast clock"],
    )
    def test_is_the_devices_within_bounds(
        self, age: timedelta, late: timedelta, expected: timedelta
    ) -> None:
        now = NOON + age

        assert enrollment().time_of_answer(now - late, now=now) == now - expected

    def test_is_now_if_none_is_named(self) -> None:
        assert enrollment().time_of_answer(None, now=NOON) == NOON

    @pytest.mark.parametrize(
        ("age", "late"),
        [
            (timedelta(days=1), timedelta(days=1, minutes=6)),
            (timedelta(days=70), timedelta(days=60, seconds=1)),
            (timedelta(days=1), timedelta(minutes=-6)),
        ],
        ids=["before the enrollment", "too old", "in the future"],
    )
    def test_is_refused_out_of_bounds(self, age: timedelta, late: timedelta) -> None:
        now = NOON + age

        with pytest.raises(AnsweredAtOdds):
            enrollment().time_of_answer(now - late, now=now)


class TestCompleting:
    def test_counts_what_was_right_in_the_end(self) -> None:
        mine = enrollment()

        correct = mine.complete(
            lesson="l", exercises=("x", "y"), passed={"x": True, "y": False}, now=NOON
        )

        assert correct == 1
        assert mine.collect_events() == [
            LessonCompleted(
                occurred_at=NOON,
                learner_id=LEARNER,
                enrollment_id=ENROLLMENT,
                course="tiny",
                lesson="l",
                exercises=2,
                correct=1,
            )
        ]

    def test_is_refused_while_an_exercise_has_no_answer(self) -> None:
        mine = enrollment()

        with pytest.raises(LessonUnfinished) as refusal:
            mine.complete(lesson="l", exercises=("x", "y"), passed={"x": True}, now=NOON)

        assert refusal.value.params["missing"] == ["y"]
        assert mine.collect_events() == []

    def test_ignores_answers_to_what_the_version_no_longer_has(self) -> None:
        correct = enrollment().complete(
            lesson="l", exercises=("x",), passed={"x": True, "gone": True}, now=NOON
        )

        assert correct == 1


class HiddenTwin(FakeEnrollments):
    """A parallel call enrolls the learner between the first look and the insertion."""

    looks = 0

    def find(self, *, learner_id: UUID, course: str) -> UUID | None:
        self.looks += 1
        return None if self.looks == 1 else super().find(learner_id=learner_id, course=course)


class TestEnrolling:
    def test_begins_on_the_current_version(self) -> None:
        courses = Courses()

        made = courses.enrollments.enroll(
            enrollment_id=ENROLLMENT, learner_id=LEARNER, course="tiny", now=NOON
        )

        assert made == ENROLLMENT
        assert courses.rows.enrollments[ENROLLMENT].version_id == VERSION
        (event,) = courses.rows.events
        assert isinstance(event, LearnerEnrolled)
        assert (event.language, event.level) == ("es-ES", "A1")

    def test_returns_the_present_enrollment(self) -> None:
        courses = Courses().enroll()

        again = courses.enrollments.enroll(
            enrollment_id=new_id(), learner_id=LEARNER, course="tiny", now=NOON
        )

        assert again == ENROLLMENT
        assert (list(courses.rows.enrollments), courses.rows.events) == ([ENROLLMENT], [])

    def test_needs_a_published_course(self) -> None:
        courses = Courses()

        with pytest.raises(CourseNotFound):
            courses.enrollments.enroll(
                enrollment_id=ENROLLMENT, learner_id=LEARNER, course="none", now=NOON
            )

        assert courses.rows.enrollments == {}

    def test_returns_the_enrollment_of_a_faster_twin(self) -> None:
        courses = Courses().enroll()
        late = replace(courses.enrollments, enrollments=HiddenTwin(courses.rows))

        made = enroll_once(
            late.enroll, enrollment_id=new_id(), learner_id=LEARNER, course="tiny", now=NOON
        )

        assert made == ENROLLMENT
        assert (list(courses.rows.enrollments), courses.rows.events) == ([ENROLLMENT], [])

    def test_is_refused_if_a_twin_stays_hidden(self) -> None:
        def enroll(**_: object) -> UUID:
            raise AlreadyEnrolled

        with pytest.raises(AlreadyEnrolled):
            enroll_once(enroll, enrollment_id=new_id(), learner_id=LEARNER, course="tiny", now=NOON)


class TestMovingOn:
    def test_takes_the_newest_version(self) -> None:
        courses = Courses().enroll()
        courses.rows.version = new_id()

        courses.enrollments.move_on(enrollment_id=ENROLLMENT, learner_id=LEARNER)

        assert courses.rows.enrollments[ENROLLMENT].version_id == courses.rows.version

    def test_is_refused_to_other_people(self) -> None:
        courses = Courses().enroll()
        courses.rows.version = new_id()

        with pytest.raises(EnrollmentNotFound):
            courses.enrollments.move_on(enrollment_id=ENROLLMENT, learner_id=new_id())

        assert courses.rows.enrollments[ENROLLMENT].version_id == VERSION
