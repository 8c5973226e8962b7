"""Pauses on fakes: who paused decides who ends it."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contexts.tutoring.domain.pauses import NotAPause, PauseDay, PausedByStaff, PauseFrom
from contexts.tutoring.domain.tutors import NotInThisState, Tutor, TutorState
from tests.fakes.tutoring import NOW, TUTOR, FakeTutoring, has_approved_tutor

TODAY = NOW.date()


def _tutoring(state: TutorState = TutorState.ACTIVE) -> FakeTutoring:
    tutoring = FakeTutoring()
    has_approved_tutor(tutoring, state)
    return tutoring


def _set(tutoring: FakeTutoring, state: str, **more: Any) -> None:
    tutoring.teaching.set_state(tutor_id=TUTOR, state=state, now=NOW, **more)


def _tutor(tutoring: FakeTutoring) -> Tutor:
    return tutoring.tutors.rows[TUTOR]


def _facts(tutoring: FakeTutoring) -> list[str]:
    names = [type(event).__name__ for event in tutoring.tutors.events]
    return [name for name in names if name in {"TutorPaused", "TutorResumed"}]


class TestAPauseOfStaff:
    def test_is_ended_by_staff_alone(self) -> None:
        tutoring = _tutoring()
        tutoring.teaching.pause(tutor_id=TUTOR, now=NOW)

        with pytest.raises(PausedByStaff):
            _set(tutoring, "active")
        still = _tutor(tutoring).state
        tutoring.teaching.resume(tutor_id=TUTOR, now=NOW)

        assert (still, _tutor(tutoring).state) == (TutorState.PAUSED, TutorState.ACTIVE)
        assert _facts(tutoring) == ["TutorPaused", "TutorResumed"]

    def test_takes_the_place_of_the_tutors_own(self) -> None:
        tutoring = _tutoring()
        _set(tutoring, "paused", reason="holiday", until=TODAY + timedelta(days=3))

        for _ in range(2):
            tutoring.teaching.pause(tutor_id=TUTOR, now=NOW)

        with pytest.raises(PausedByStaff):
            _set(tutoring, "active")
        assert _facts(tutoring) == ["TutorPaused", "TutorPaused"]

    def test_is_not_replaced_by_the_tutors_own(self) -> None:
        tutoring = _tutoring()
        tutoring.teaching.pause(tutor_id=TUTOR, now=NOW)

        _set(tutoring, "paused", reason="busy", until=TODAY + timedelta(days=1))
        tutoring.teaching.resume_if_due(tutor_id=TUTOR, now=NOW + timedelta(days=2))

        paused = _tutor(tutoring).paused
        assert paused is not None
        assert (paused.by, paused.until) == (PauseFrom.STAFF, None)

    def test_does_not_hold_a_tutor_who_leaves(self) -> None:
        tutoring = _tutoring()
        tutoring.teaching.pause(tutor_id=TUTOR, now=NOW)

        _set(tutoring, "left")

        assert _tutor(tutoring).state is TutorState.LEFT

    def test_is_not_ended_by_leaving_and_applying_again(self) -> None:
        tutoring = _tutoring()
        tutoring.teaching.pause(tutor_id=TUTOR, now=NOW)
        _set(tutoring, "left")

        wish: Any = {"languages": ["en"], "introduction": "Hi.", "time_zone": "UTC", "now": NOW}
        tutoring.teaching.apply(person_id=TUTOR, **wish)

        with pytest.raises(NotInThisState):
            _set(tutoring, "active")


class TestAPauseOfTheTutor:
    def test_has_a_reason_and_a_day_of_their_zone(self) -> None:
        tutoring = _tutoring()

        _set(tutoring, "paused", reason="holiday", until=TODAY + timedelta(days=3))

        paused = _tutor(tutoring).paused
        assert paused is not None
        assert (paused.by, paused.reason) == (PauseFrom.TUTOR, "holiday")
        zone = _tutor(tutoring).availability.zone
        assert paused.until is not None
        back = paused.until.astimezone(ZoneInfo(zone))
        assert (back.date(), back.hour) == (TODAY + timedelta(days=3), 0)

    def test_ends_on_its_day_and_not_before(self) -> None:
        tutoring = _tutoring()
        _set(tutoring, "paused", until=TODAY + timedelta(days=3))
        paused = _tutor(tutoring).paused
        assert paused is not None
        assert paused.until is not None

        states = []
        for at in (paused.until - timedelta(seconds=1), paused.until, paused.until):
            tutoring.teaching.resume_if_due(tutor_id=TUTOR, now=at)
            states.append(_tutor(tutoring).state.value)

        assert states == ["paused", "active", "active"]
        assert _facts(tutoring) == ["TutorPaused", "TutorResumed"]

    def test_given_twice_is_one(self) -> None:
        tutoring = _tutoring()

        for _ in range(2):
            _set(tutoring, "paused", reason="busy")

        assert _facts(tutoring) == ["TutorPaused"]

    def test_can_get_another_day(self) -> None:
        tutoring = _tutoring()
        _set(tutoring, "paused")

        _set(tutoring, "paused", until=TODAY + timedelta(days=9))

        paused = _tutor(tutoring).paused
        assert paused is not None
        assert paused.until is not None

    @pytest.mark.parametrize("days", [-400, -1, 0, 367, 100_000])
    def test_has_no_day_in_the_past_or_far_away(self, days: int) -> None:
        tutoring = _tutoring()

        with pytest.raises(PauseDay):
            _set(tutoring, "paused", until=TODAY + timedelta(days=days))

        assert _tutor(tutoring).state is TutorState.ACTIVE

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_survives_the_ends_of_the_calendar(self, day: date) -> None:
        with pytest.raises(PauseDay):
            _set(_tutoring(), "paused", until=day)

    @pytest.mark.parametrize("state", ["active", "left"])
    def test_is_the_only_state_with_a_reason(self, state: str) -> None:
        tutoring = _tutoring()

        with pytest.raises(NotAPause):
            _set(tutoring, state, reason="busy")

        assert _tutor(tutoring).state is TutorState.ACTIVE
