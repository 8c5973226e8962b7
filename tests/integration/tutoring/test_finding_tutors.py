"""How tutors are found, when they are free, and the hours they set."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.shared.kernel import new_id, now
from contexts.tutoring import api, queries
from contexts.tutoring.models import Lesson, Tutor
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    BlockFactory,
    PersonFactory,
    approved_tutor,
    booked,
    on_the_hour,
    open_all_day,
)

User = get_user_model()

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
TUTORS = "/api/v1/tutoring/tutors"


class TestFinding:
    def _find(self, client: APIClient, **asked: str) -> list[str]:
        results = client.get(TUTORS, asked).json()["results"]
        return [one["tutor"]["id"] for one in results]

    def test_knows_languages_by_their_primary_subtag(self, client_for: ClientFor) -> None:
        british, french = approved_tutor(), approved_tutor(languages=("fr",))
        client = client_for(UserFactory())

        assert self._find(client, language="en") == [str(british)]
        assert self._find(client, language="en-US") == [str(british)]
        assert self._find(client, language="fr") == [str(french)]
        assert self._find(client, language="de") == []
        assert self._find(client) == sorted([str(british), str(french)])

    def test_within_a_window_shows_who_is_free(self, client_for: ClientFor) -> None:
        at = on_the_hour()
        free, taken, closed = approved_tutor(), approved_tutor(), approved_tutor(rules=[])
        booked(tutor_id=taken, starts_at=at)
        window = {"from": at.isoformat(), "to": (at + timedelta(hours=1)).isoformat()}

        assert self._find(client_for(UserFactory()), **window) == [str(free)]
        assert closed not in {free, taken}

    def test_shows_the_next_twenty_slots_of_each(self, client_for: ClientFor) -> None:
        first, second = approved_tutor(), approved_tutor()
        client, at = client_for(UserFactory()), on_the_hour()
        window = {"from": at.isoformat(), "to": (at + timedelta(days=31)).isoformat()}

        listed = client.get(TUTORS, window).json()["results"]
        alone = client.get(f"{TUTORS}/{first}/slots", window).json()["slots"]

        assert [len(one["slots"]) for one in listed] == [20, 20]
        assert {one["tutor"]["id"] for one in listed} == {str(first), str(second)}
        assert len(alone) > 200
        [of_first] = [one["slots"] for one in listed if one["tutor"]["id"] == str(first)]
        assert of_first == alone[:20]

    @pytest.mark.parametrize("state", ["applied", "paused", "left"])
    def test_hides_who_takes_no_bookings(self, state: str, client_for: ClientFor) -> None:
        Tutor.objects.filter(pk=approved_tutor()).update(state=state)

        assert self._find(client_for(UserFactory())) == []

    def test_walks_through_all_pages_once(self, client_for: ClientFor) -> None:
        made = sorted(str(approved_tutor()) for _ in range(5))
        client, seen, url = client_for(UserFactory()), [], f"{TUTORS}?page_size=2"

        while url:
            page = client.get(url).json()
            seen += [one["tutor"]["id"] for one in page["results"]]
            url = page["next"]

        assert seen == made


class TestSlots:
    def _slots(self, client: APIClient, tutor_id: UUID, **asked: str) -> Any:
        return client.get(f"{TUTORS}/{tutor_id}/slots", asked).json()

    def test_are_shown_on_both_clocks(self, client_for: ClientFor) -> None:
        asker = UserFactory()
        PersonFactory(id=asker.pk, time_zone="Asia/Kathmandu")
        tutor_id, at = approved_tutor(), on_the_hour()

        shown = self._slots(
            client_for(asker),
            tutor_id,
            **{"from": at.isoformat(), "to": (at + timedelta(minutes=1)).isoformat()},
        )

        local = at.astimezone(ZoneInfo("Asia/Kathmandu"))
        assert shown["time_zone"] == "Asia/Kathmandu"
        (slot,) = shown["slots"]
        assert slot["starts_at"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
        assert slot["local_starts_at"] == local.isoformat()
        assert datetime.fromisoformat(slot["local_ends_at"]) == at + timedelta(hours=1)

    def test_are_those_of_a_week_unless_told(self, client_for: ClientFor) -> None:
        tutor_id = approved_tutor(grid_minutes=60)

        shown = self._slots(client_for(UserFactory()), tutor_id)

        assert len(shown["slots"]) in {161, 167, 168}

    @pytest.mark.parametrize(
        "window",
        [
            {"from": "2030-01-01T00:00:00Z", "to": "2030-02-02T00:00:00Z"},
            {"from": "2030-01-02T00:00:00Z", "to": "2030-01-01T00:00:00Z"},
            {"from": "2030-01-01T00:00:00Z", "to": "2030-01-01T00:00:00Z"},
            {"from": "yesterday"},
            {"to": "0001-01-01T00:00:00Z"},
            {"from": "9999-12-31T00:00:00Z"},
        ],
    )
    def test_in_a_window_that_is_none_are_refused(
        self, window: dict[str, str], client_for: ClientFor
    ) -> None:
        response = client_for(UserFactory()).get(f"{TUTORS}/{approved_tutor()}/slots", window)

        assert (response.status_code, response.json()["code"]) == (400, "invalid_request")

    def test_of_a_change_day_stay_on_the_tutors_clock(self) -> None:
        tutor_id = approved_tutor(
            rules=[{"weekday": 7, "start": "13:00", "end": "14:00"}],
            time_zone="Europe/Madrid",
            horizon_days=365,
        )

        starts = [
            slot.starts_at
            for at in (datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 25, tzinfo=UTC))
            for slot in queries.slots_of(
                tutor_id,
                asker_id=new_id(),
                since=at,
                until=at + timedelta(days=10),
                now=datetime(2027, 2, 1, tzinfo=UTC),
            ).slots
        ]

        assert {at.astimezone(ZoneInfo("Europe/Madrid")).hour for at in starts} == {13}
        assert {at.hour for at in starts} == {12, 11}

    def test_leave_out_what_is_taken_and_the_pause_about_it(self) -> None:
        tutor_id = approved_tutor(grid_minutes=60, buffer_minutes=30)
        lesson: Lesson = booked(tutor_id=tutor_id)

        shown = queries.slots_of(
            tutor_id,
            asker_id=new_id(),
            since=lesson.starts_at - timedelta(hours=2),
            until=lesson.starts_at + timedelta(hours=3),
            now=now(),
        ).slots

        hours = [(slot.starts_at - lesson.starts_at) / timedelta(hours=1) for slot in shown]
        assert hours == [-2, 2]

    def test_of_whom_one_does_not_meet_are_not_found(self, client_for: ClientFor) -> None:
        asker, tutor_id = UserFactory(), approved_tutor()
        BlockFactory(blocker_id=tutor_id, blocked_id=asker.pk)

        response = client_for(asker).get(f"{TUTORS}/{tutor_id}/slots")

        assert (response.status_code, response.json()["code"]) == (404, "tutor_not_found")


class TestHours:
    def test_are_replaced_and_leave_the_rest(self) -> None:
        tutor_id = approved_tutor()
        day = {"date": "2030-01-31", "off": True, "hours": [{"start": "10:00", "end": "12:00"}]}
        trip = {"first": "2030-02-01", "last": "2030-02-07", "time_zone": "Asia/Tokyo"}
        api.set_overrides(tutor_id=tutor_id, overrides=[day])
        api.set_travels(tutor_id=tutor_id, travels=[trip])

        open_all_day(tutor_id, time_zone="Europe/Madrid", rules=[])

        kept = queries.availability(tutor_id)
        assert (kept.time_zone, kept.rules) == ("Europe/Madrid", [])
        hours = queries.Hours(start="10:00", end="12:00")
        day = queries.ChangedDay(date=date(2030, 1, 31), off=True, hours=[hours])
        assert kept.overrides == [day]
        assert kept.travels == [
            queries.Travel(first=date(2030, 2, 1), last=date(2030, 2, 7), time_zone="Asia/Tokyo")
        ]

    def test_of_nobody_are_refused(self) -> None:
        with pytest.raises(api.NotATutor):
            open_all_day(new_id())

        assert not Tutor.objects.exists()

    @pytest.mark.parametrize("changes", [{"lesson_minutes": 50}, {"grid_minutes": 7}])
    def test_that_do_not_fit_the_quarters_are_refused(self, changes: dict[str, int]) -> None:
        tutor_id = approved_tutor()

        with pytest.raises(api.HoursMalformed):
            open_all_day(tutor_id, **changes)

        assert queries.availability(tutor_id).lesson_minutes == 60
