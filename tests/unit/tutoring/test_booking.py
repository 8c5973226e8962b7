"""The saga's steps and a lesson's turns, with hand-written fakes: no database, no billing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contexts.shared.kernel import DomainError
from contexts.tutoring.application.booking import BookingSaga
from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.lesson_refusals import (
    BookingLapsed,
    LessonNotFound,
    NotEnoughCredits,
    OtherWasThere,
)
from contexts.tutoring.domain.lessons import Lesson, LessonState
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from contexts.tutoring.events import LessonBooked, LessonCanceled, LessonLapsed

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
START = NOW + timedelta(days=3)
LEARNER, TUTOR, LESSON = UUID(int=1), UUID(int=2), UUID(int=3)


def pending(**changes: Any) -> Lesson:
    facts: dict[str, Any] = {
        "id": LESSON,
        "learner_id": LEARNER,
        "tutor_id": TUTOR,
        "language": "en",
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "policy": "graded.v1",
        "hold_until": NOW + timedelta(hours=1),
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Lesson(**{**facts, **changes})


@dataclass
class FakeCredits:
    available: int
    held: set[UUID] = field(default_factory=set)

    def hold(self, *, lesson_id: UUID, learner_id: UUID, until: datetime, now: datetime) -> None:
        if lesson_id in self.held:
            return
        if not self.available:
            raise NotEnoughCredits
        self.available -= 1
        self.held.add(lesson_id)

    def is_held(self, *, lesson_id: UUID) -> bool:
        return lesson_id in self.held


@dataclass
class World:
    """Lessons in memory; `begun` is what the first step's key has been claimed for."""

    credits: FakeCredits
    lessons: dict[UUID, Lesson] = field(default_factory=dict)
    begun: UUID | None = None

    def saga(self) -> BookingSaga:
        return BookingSaga(
            begin=self._begin,
            credits=self.credits,
            confirm=self._confirm,
            lapse=self._lapse,
            read=self.lessons.__getitem__,
        )

    def _begin(self, *, lesson_id: UUID, **_: Any) -> UUID:
        if self.begun is None:
            self.begun = lesson_id
            self.lessons[lesson_id] = pending(id=lesson_id)
        return self.begun

    def _confirm(self, *, lesson_id: UUID, now: datetime) -> None:
        self._taken(lesson_id).confirm(now=now)

    def _lapse(self, *, lesson_id: UUID, because: str, now: datetime) -> None:
        self._taken(lesson_id).lapse(because=because, now=now)

    def _taken(self, lesson_id: UUID) -> Lesson:
        if lesson_id not in self.lessons:
            raise LessonNotFound
        return self.lessons[lesson_id]

    def book(self, lesson_id: UUID = LESSON) -> UUID:
        return self.saga().book(
            lesson_id=lesson_id,
            learner_id=LEARNER,
            tutor_id=TUTOR,
            starts_at=START,
            language="en",
            now=NOW,
        )


class TestBooking:
    def test_ends_in_a_lesson_and_a_held_credit(self) -> None:
        world = World(FakeCredits(1))

        world.book()

        assert world.lessons[LESSON].state is LessonState.BOOKED
        assert (world.credits.available, world.credits.held) == (0, {LESSON})

    def test_sent_again_is_the_same_lesson(self) -> None:
        world = World(FakeCredits(5))

        first, second = world.book(), world.book(UUID(int=9))

        assert first == second == LESSON
        assert world.credits.available == 4

    def test_sent_again_finishes_what_was_begun(self) -> None:
        world = World(FakeCredits(1), begun=LESSON, lessons={LESSON: pending()})

        assert world.book(UUID(int=9)) == LESSON
        assert world.lessons[LESSON].state is LessonState.BOOKED

    def test_without_a_credit_lapses_and_says_so_each_time(self) -> None:
        world = World(FakeCredits(0))

        for lesson_id in (LESSON, UUID(int=9)):
            with pytest.raises(NotEnoughCredits):
                world.book(lesson_id)
        world.credits.available = 1
        with pytest.raises(NotEnoughCredits):
            world.book(UUID(int=10))

        assert world.lessons[LESSON].state is LessonState.LAPSED
        assert world.credits.available == 1

    def test_that_was_swept_away_meanwhile_says_so(self) -> None:
        world = World(FakeCredits(1), begun=LESSON, lessons={LESSON: pending()})
        world.lessons[LESSON].lapse(because="abandoned", now=NOW)

        with pytest.raises(BookingLapsed):
            world.book(UUID(int=9))

        assert world.credits.held == set()


class TestFinishing:
    @pytest.mark.parametrize(
        ("held", "state"), [(True, LessonState.BOOKED), (False, LessonState.LAPSED)]
    )
    def test_goes_by_the_credit(self, held: bool, state: LessonState) -> None:
        wallet = FakeCredits(0, {LESSON} if held else set())
        world = World(wallet, lessons={LESSON: pending()})

        for _ in range(2):
            world.saga().finish(lesson_id=LESSON, now=NOW)

        assert world.lessons[LESSON].state is state

    def test_of_what_is_gone_does_nothing(self) -> None:
        world = World(FakeCredits(0))

        world.saga().finish(lesson_id=LESSON, now=NOW)

        assert world.lessons == {}


class TestBeingThere:
    @pytest.mark.parametrize(("by", "other"), [("learner", "tutor"), ("tutor", "learner")])
    def test_lets_nobody_say_that_one_was_not(self, by: str, other: str) -> None:
        lesson = pending()
        lesson.confirm(now=NOW)
        lesson.enter(by=other, now=START)

        with pytest.raises(OtherWasThere):
            lesson.miss(by=by, now=START + timedelta(minutes=11))

        assert (lesson.state, lesson.absent, lesson.spent_percent) == (LessonState.BOOKED, "", None)
        lesson.miss(by=other, now=START + timedelta(minutes=11))
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
                    ["confirm", "lapse", "cancel", "complete", "miss", "unpaid", "apart", "leave"]
                ),
                st.sampled_from(["learner", "tutor"]),
                st.integers(0, 200),
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
            "miss": lambda by, now: lesson.miss(by=by, now=now),
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
        told = [event for event in lesson.collect_events() if not isinstance(event, LessonBooked)]
        assert len(ends) == len(told) <= 1
        assert (lesson.state in _ENDS) is bool(ends)


_ENDS = {LessonState.LAPSED, LessonState.CANCELED, LessonState.COMPLETED, LessonState.MISSED}
