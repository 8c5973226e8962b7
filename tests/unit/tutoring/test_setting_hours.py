"""The hours and dates that tutors set."""

from typing import Any

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.availability import HoursMalformed, TravelsOverlap
from contexts.tutoring.domain.documents import UnknownTimeZone, known_zone
from contexts.tutoring.domain.policies import UnknownPolicy
from contexts.tutoring.domain.tutors import NotATutor
from tests.fakes.tutoring import TUTOR, FakeTutoring, has_approved_tutor

HOURS: dict[str, Any] = {
    "time_zone": "Europe/Madrid",
    "rules": [{"weekday": 1, "start": "09:00", "end": "12:00"}],
    "lesson_minutes": 60,
    "grid_minutes": 30,
    "notice_minutes": 60,
    "horizon_days": 30,
    "buffer_minutes": 0,
    "policy": "graded.v1",
}


class TestSettingHours:
    def test_replaces_rules_offer_and_policy(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        tutoring.teaching.set_hours(tutor_id=TUTOR, **HOURS)

        row = tutoring.tutors.rows[TUTOR]
        assert (row.policy, row.availability.zone) == ("graded.v1", "Europe/Madrid")
        assert [rule.weekday for rule in row.availability.rules] == [1]

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"time_zone": "nowhere"}, UnknownTimeZone),
            ({"policy": "free.v9"}, UnknownPolicy),
            ({"rules": [{"weekday": 1, "start": "12:00", "end": "09:00"}]}, HoursMalformed),
            ({"lesson_minutes": 50}, HoursMalformed),
        ],
    )
    def test_is_refused(self, changes: dict[str, Any], refusal: type[DomainError]) -> None:
        tutoring = FakeTutoring()
        before = has_approved_tutor(tutoring)

        with pytest.raises(refusal):
            tutoring.teaching.set_hours(tutor_id=TUTOR, **{**HOURS, **changes})

        assert tutoring.tutors.rows[TUTOR].availability == before.availability

    def test_of_a_person_who_is_no_tutor_is_refused(self) -> None:
        with pytest.raises(NotATutor):
            FakeTutoring().teaching.set_hours(tutor_id=TUTOR, **HOURS)


class TestSettingDates:
    def test_keeps_overrides_in_order(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)
        days = [{"date": f"2030-01-{day}", "off": True, "hours": []} for day in (31, 30)]

        tutoring.teaching.set_overrides(tutor_id=TUTOR, overrides=days)

        kept = tutoring.tutors.rows[TUTOR].availability.overrides
        assert [one.on.day for one in kept] == [30, 31]

    def test_refuses_travels_that_overlap(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)
        trip = {"first": "2030-01-01", "last": "2030-01-07", "time_zone": "Asia/Tokyo"}

        with pytest.raises(TravelsOverlap):
            tutoring.teaching.set_travels(tutor_id=TUTOR, travels=[trip, trip])

        assert tutoring.tutors.rows[TUTOR].availability.travels == ()


@pytest.mark.parametrize(
    "zone", ["right/Europe/Madrid", "posix/Europe/Madrid", "localtime", "posixrules", "Europe", ""]
)
def test_files_that_are_no_zones_are_refused(zone: str) -> None:
    with pytest.raises(UnknownTimeZone):
        known_zone(zone)
