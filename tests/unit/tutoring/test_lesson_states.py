"""A lesson's states, and the presence of its participants."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.lesson_refusals import (
    OtherWasThere,
)
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from contexts.tutoring.events import (
    AbsenceDisputed,
    AbsenceReported,
    LessonBooked,
    LessonCanceled,
    LessonLapsed,
)
from tests.fakes.tutoring import NOW, START, pending


class TestBeingThere:
    @pytest.mark.parametrize(("by", "other"), [("learner", "tutor"), ("tutor", "learner")])
    def test_lets_nobody_say_that_one_was_not(self, by: str, other: str) -> None:
        lesson = pending()
        lesson.confirm(now=NOW)
        lesson.enter(by=other, now=START)
        lesson.enter(by=by, now=START + timedelta(minutes=11))

        with pytest.raises(OtherWasThere):
            lesson.report(by=by, now=START + timedelta(minutes=21))

        assert (lesson.state, lesson.absent, lesson.spent_percent) == (LessonState.BOOKED, "", None)
        lesson.report(by=other, now=START + timedelta(minutes=11))
        assert lesson.absent == by

    def test_is_noted_the_first_time(self) -> None:
        lesson = pending()
        lesson.confirm(now=NOW)

        first = [lesson.enter(by="tutor", now=START + timedelta(minutes=n)) for n in range(3)]

        assert first == [True, False, False]
        assert (lesson.tutor_entered_at, lesson.learner_entered_at) == (START, None)

    def test_too_early_or_too_late_is_not_being_there(self) -> None:
        lesson = pending()
        lesson.confirm(now=NOW)

        with pytest.raises(RoomNotOpen):
            lesson.enter(by="tutor", now=START - timedelta(minutes=11))
        with pytest.raises(RoomClosed):
            lesson.enter(by="tutor", now=START + timedelta(hours=1))

        assert lesson.tutor_entered_at is None

    def test_counts_for_the_time_that_the_lesson_has(self) -> None:
        lesson = pending(tutor_entered_at=NOW)
        lesson.confirm(now=NOW)
        to = START + timedelta(days=1)

        lesson.reschedule(to=Slot(to, to + timedelta(hours=1)), now=NOW)

        assert lesson.tutor_entered_at is None


class TestALesson:
    def test_tells_of_itself_once(self) -> None:
        lesson = pending()

        lesson.confirm(now=NOW)
        lesson.confirm(now=NOW)
        lesson.cancel(by="learner", now=START - timedelta(hours=2))

        booked, canceled = lesson.collect_events()
        assert isinstance(booked, LessonBooked)
        assert isinstance(canceled, LessonCanceled)
        assert (booked.policy, canceled.spent_percent) == ("graded.v1", 50)
        assert [one["what"] for one in lesson.history] == ["booked", "canceled"]

    def test_lapses_once(self) -> None:
        lesson = pending()

        assert [lesson.lapse(because="abandoned", now=NOW) for _ in range(2)] == [True, False]
        assert [type(event) for event in lesson.collect_events()] == [LessonLapsed]

    @settings(max_examples=200, deadline=None)
    @given(
        turns=st.lists(
            st.tuples(
                st.sampled_from(
                    [
                        "confirm",
                        "lapse",
                        "cancel",
                        "complete",
                        "report",
                        "answer",
                        "dispute",
                        "enter",
                        "conclude",
                        "unpaid",
                        "apart",
                        "leave",
                    ]
                ),
                st.sampled_from(["learner", "tutor"]),
                st.sampled_from([*range(0, 200, 7), 72, 72.2, 72.9, 73]),
            ),
            max_size=8,
        )
    )
    def test_ends_at_most_once_whatever_happens(self, turns: list[tuple[str, str, int]]) -> None:
        lesson = pending()
        acts: dict[str, Callable[[str, datetime], object]] = {
            "confirm": lambda _, now: lesson.confirm(now=now),
            "lapse": lambda _, now: lesson.lapse(because="abandoned", now=now),
            "cancel": lambda by, now: lesson.cancel(by=by, now=now),
            "complete": lambda by, now: lesson.complete(by=by, now=now),
            "report": lambda by, now: lesson.report(by=by, now=now),
            "answer": lambda by, now: lesson.answer(by=by, agree=True, now=now),
            "dispute": lambda by, now: lesson.answer(by=by, agree=False, now=now),
            "enter": lambda by, now: lesson.enter(by=by, now=now),
            "conclude": lambda _, now: lesson.conclude(now=now),
            "unpaid": lambda _, now: lesson.cancel_by_system(now=now),
            "apart": lambda by, now: lesson.part_ways(by=by, now=now),
            "leave": lambda _, now: lesson.wind_up(now=now),
        }

        for act, by, hours in turns:
            try:
                acts[act](by, NOW + timedelta(hours=hours))
            # Refusals are the domain's own; anything else is a failure of this test.
            except DomainError:
                continue

        ends = [one for one in lesson.history if one["what"] in _ENDS]
        passing = (LessonBooked, AbsenceReported, AbsenceDisputed)
        told = [event for event in lesson.collect_events() if not isinstance(event, passing)]
        assert len(ends) == len(told) <= 1
        assert (lesson.state in _ENDS) is bool(ends)


_ENDS = {LessonState.LAPSED, LessonState.CANCELED, LessonState.COMPLETED, LessonState.MISSED}
