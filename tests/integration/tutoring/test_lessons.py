"""A booked lesson's life, and what each turn of it costs."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import jwt
import pytest
from django.test import Client

from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from contexts.tutoring import api
from contexts.tutoring.models import Lesson, LessonCell
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    BlockFactory,
    LessonFactory,
    approved_tutor,
    booked,
    learner_with,
    on_the_hour,
)
from tests.integration.tutoring.wallets import credits_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def _told(name: str) -> list[dict[str, Any]]:
    found = StoredEvent.objects.filter(name=f"tutoring.{name}.v1").order_by("id")
    return [event.data for event in found]


def _state(lesson: Lesson) -> tuple[str, str, int | None]:
    row = Lesson.objects.get(pk=lesson.pk)
    return row.state, row.ended_by, row.spent_percent


def _side(lesson: Lesson, part: str) -> UUID:
    side = lesson.learner_id if part == "learner" else lesson.tutor_id
    assert side is not None
    return side


class TestCanceling:
    @pytest.mark.parametrize(
        ("policy", "notice", "spent"),
        [
            ("standard-24h.v1", 24 * HOUR, 0),
            ("standard-24h.v1", 24 * HOUR - SECOND, 100),
            ("flexible-12h.v1", 12 * HOUR, 0),
            ("flexible-12h.v1", 12 * HOUR - SECOND, 100),
            ("graded.v1", 24 * HOUR, 0),
            ("graded.v1", 24 * HOUR - SECOND, 50),
            ("graded.v1", 1.5 * HOUR, 50),
            ("graded.v1", 1.5 * HOUR - SECOND, 100),
        ],
    )
    def test_spends_what_was_agreed_at_booking(
        self, policy: str, notice: timedelta, spent: int
    ) -> None:
        lesson = booked(policy=policy)

        api.cancel_lesson(
            lesson_id=lesson.pk, by=_side(lesson, "learner"), now=lesson.starts_at - notice
        )

        assert _state(lesson) == ("canceled", "learner", spent)
        assert not LessonCell.objects.exists()
        (told,) = _told("lesson_canceled")
        assert (told["by"], told["spent_percent"]) == ("learner", spent)

    def test_keeps_to_what_was_agreed_when_the_tutor_changes_their_mind(self) -> None:
        from tests.factories.tutoring import open_all_day

        lesson = booked(policy="graded.v1")
        open_all_day(_side(lesson, "tutor"), policy="standard-24h.v1")

        at = lesson.starts_at - 2 * HOUR
        api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, "learner"), now=at)

        assert _state(lesson) == ("canceled", "learner", 50)

    def test_by_the_tutor_costs_the_learner_nothing(self) -> None:
        lesson = booked()

        api.cancel_lesson(
            lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=lesson.starts_at - SECOND
        )

        assert _state(lesson) == ("canceled", "tutor", 0)

    @pytest.mark.parametrize("part", ["learner", "tutor"])
    def test_is_refused_from_the_start_on(self, part: str) -> None:
        lesson = booked()

        with pytest.raises(api.LessonStarted):
            api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, part), now=lesson.starts_at)

        assert _state(lesson) == ("booked", "", None)
        assert _told("lesson_canceled") == []

    def test_twice_is_refused(self) -> None:
        lesson = booked()
        at = lesson.starts_at - 48 * HOUR
        api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, "learner"), now=at)

        with pytest.raises(api.LessonNotBooked):
            api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=at)

        assert _state(lesson) == ("canceled", "learner", 0)
        assert len(_told("lesson_canceled")) == 1

    def test_of_others_is_not_found(self) -> None:
        lesson = booked()

        for stranger in (new_id(), learner_with(1), approved_tutor()):
            with pytest.raises(api.LessonNotFound):
                api.cancel_lesson(
                    lesson_id=lesson.pk, by=stranger, now=lesson.starts_at - 48 * HOUR
                )

        assert _state(lesson) == ("booked", "", None)


class TestMoving:
    def _move(self, lesson: Lesson, to: datetime, *, now: datetime, part: str = "learner") -> None:
        api.reschedule_lesson(lesson_id=lesson.pk, by=_side(lesson, part), starts_at=to, now=now)

    def test_takes_another_slot_and_gives_the_old_one_free(self) -> None:
        lesson, to = booked(), on_the_hour(days=5)

        self._move(lesson, to, now=lesson.starts_at - 30 * HOUR)

        moved = Lesson.objects.get(pk=lesson.pk)
        assert (moved.starts_at, moved.ends_at) == (to, to + HOUR)
        assert (moved.state, moved.moved, moved.sequence) == ("booked", 1, 1)
        assert [one["what"] for one in moved.history] == ["booked", "rescheduled"]
        booked(tutor_id=lesson.tutor_id, starts_at=lesson.starts_at)
        assert len(_told("lesson_rescheduled")) == 1
        assert credits_of(_side(lesson, "learner")) == (0, 100)

    def test_may_overlap_its_own_old_time(self) -> None:
        lesson = booked()

        self._move(lesson, lesson.starts_at + HOUR / 2, now=lesson.starts_at - 30 * HOUR)

        assert LessonCell.objects.count() == 8

    def test_to_a_taken_slot_is_refused(self) -> None:
        lesson = booked()
        other = booked(tutor_id=lesson.tutor_id, starts_at=on_the_hour(days=5))

        with pytest.raises(api.SlotTaken):
            self._move(lesson, other.starts_at, now=lesson.starts_at - 30 * HOUR)

        assert Lesson.objects.get(pk=lesson.pk).starts_at == lesson.starts_at
        assert LessonCell.objects.count() == 16
        assert _told("lesson_rescheduled") == []

    def test_too_late_is_refused(self) -> None:
        lesson = booked()

        with pytest.raises(api.TooLateToReschedule):
            self._move(lesson, on_the_hour(days=5), now=lesson.starts_at - 23 * HOUR)

        assert Lesson.objects.get(pk=lesson.pk).moved == 0

    def test_too_often_is_refused(self) -> None:
        lesson = booked()
        now = lesson.starts_at - 30 * HOUR
        for hours in (1, 2, 3):
            self._move(lesson, lesson.starts_at + hours * HOUR, now=now)

        with pytest.raises(api.TooManyReschedules):
            self._move(lesson, lesson.starts_at + 4 * HOUR, now=now)

        assert Lesson.objects.get(pk=lesson.pk).moved == 3

    def test_late_binds_where_that_was_agreed(self) -> None:
        lesson = booked(policy="flexible-12h.v1")
        now = lesson.starts_at - 2 * HOUR
        self._move(lesson, lesson.starts_at + 72 * HOUR, now=now)

        with pytest.raises(api.LessonBinding):
            api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, "learner"), now=now)

        assert Lesson.objects.get(pk=lesson.pk).bound
        assert _state(lesson) == ("booked", "", None)

    def test_is_the_learners_to_ask(self) -> None:
        lesson = booked()

        with pytest.raises(api.OnlyTheLearner):
            self._move(lesson, on_the_hour(days=5), now=lesson.starts_at - 30 * HOUR, part="tutor")

        assert Lesson.objects.get(pk=lesson.pk).moved == 0


class TestCompleting:
    def test_is_the_tutors_to_say_after_the_end(self) -> None:
        lesson = booked()

        api.complete_lesson(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=lesson.ends_at)

        assert _state(lesson) == ("completed", "tutor", 100)
        assert len(_told("lesson_completed")) == 1
        assert not LessonCell.objects.exists()

    def test_before_the_end_is_refused(self) -> None:
        lesson = booked()

        with pytest.raises(api.LessonNotOver):
            api.complete_lesson(
                lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=lesson.ends_at - SECOND
            )

        assert _state(lesson) == ("booked", "", None)

    def test_by_the_learner_is_refused(self) -> None:
        lesson = booked()

        with pytest.raises(api.OnlyTheTutor):
            api.complete_lesson(
                lesson_id=lesson.pk, by=_side(lesson, "learner"), now=lesson.ends_at
            )

        assert _state(lesson) == ("booked", "", None)

    def test_twice_is_once(self) -> None:
        lesson = booked()

        for _ in range(2):
            api.complete_lesson(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=lesson.ends_at)

        assert len(_told("lesson_completed")) == 1

    def test_happens_by_itself_after_three_days(self) -> None:
        lesson = booked()
        last = lesson.ends_at + 72 * HOUR

        early = api.sweep(now=last - SECOND)
        on_time = api.sweep(now=last)

        assert (early, on_time) == (0, 1)
        assert _state(lesson) == ("completed", "system", 100)


class TestNotComing:
    @pytest.mark.parametrize(
        ("by", "absent", "spent"), [("tutor", "learner", 100), ("learner", "tutor", 0)]
    )
    def test_is_said_by_who_was_there(self, by: str, absent: str, spent: int) -> None:
        lesson = booked()
        at = lesson.starts_at + timedelta(minutes=10)

        api.report_absence(lesson_id=lesson.pk, by=_side(lesson, by), now=at)

        assert _state(lesson) == ("missed", by, spent)
        (told,) = _told("lesson_missed")
        assert (told["absent"], told["spent_percent"]) == (absent, spent)

    @pytest.mark.parametrize(("by", "other"), [("tutor", "learner"), ("learner", "tutor")])
    def test_is_not_said_of_who_has_asked_for_the_room(self, by: str, other: str) -> None:
        lesson = booked()
        api.room_of(lesson_id=lesson.pk, person_id=_side(lesson, other), now=lesson.starts_at)
        at = lesson.starts_at + timedelta(minutes=11)

        with pytest.raises(api.OtherWasThere):
            api.report_absence(lesson_id=lesson.pk, by=_side(lesson, by), now=at)

        assert _state(lesson) == ("booked", "", None)
        assert _told("lesson_missed") == []
        assert credits_of(_side(lesson, "learner")) == (0, 100)

    def test_before_the_wait_is_over_is_refused(self) -> None:
        lesson = booked()
        at = lesson.starts_at + timedelta(minutes=10) - SECOND

        with pytest.raises(api.TooEarlyToReport):
            api.report_absence(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=at)

        assert _state(lesson) == ("booked", "", None)

    def test_after_the_other_has_said_so_is_refused(self) -> None:
        lesson = booked()
        at = lesson.ends_at
        api.report_absence(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=at)

        with pytest.raises(api.LessonNotBooked):
            api.report_absence(lesson_id=lesson.pk, by=_side(lesson, "learner"), now=at)

        assert _state(lesson) == ("missed", "tutor", 100)


class TestALostHold:
    def test_cancels_the_lesson_for_nothing(self) -> None:
        lesson = booked()

        api.cancel_unpaid(lesson_id=lesson.pk, now=lesson.starts_at - HOUR)

        assert _state(lesson) == ("canceled", "system", 0)

    def test_changes_nothing_that_has_ended(self) -> None:
        lesson = booked()
        api.complete_lesson(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=lesson.ends_at)

        api.cancel_unpaid(lesson_id=lesson.pk, now=lesson.ends_at)
        api.cancel_unpaid(lesson_id=new_id(), now=lesson.ends_at)

        assert _state(lesson) == ("completed", "tutor", 100)


@pytest.fixture
def rooms(settings: Any) -> None:
    settings.TUTORING = {"ROOM_URL": "https://rooms.example/", "ROOM_KEY": "k" * 32}


@pytest.mark.usefixtures("rooms")
class TestTheRoom:
    def _enter(self, lesson: Lesson, at: datetime, part: str = "learner") -> api.Room:
        return api.room_of(lesson_id=lesson.pk, person_id=_side(lesson, part), now=at)

    def test_opens_ten_minutes_before_and_closes_at_the_end(self) -> None:
        lesson = booked()
        opens_at = lesson.starts_at - timedelta(minutes=10)

        with pytest.raises(api.RoomNotOpen) as early:
            self._enter(lesson, opens_at - SECOND)
        room = self._enter(lesson, opens_at)
        self._enter(lesson, lesson.ends_at - SECOND)
        with pytest.raises(api.RoomClosed):
            self._enter(lesson, lesson.ends_at)

        assert early.value.params == {"opens_at": opens_at.isoformat()}
        assert (room.opens_at, room.closes_at) == (opens_at, lesson.ends_at)

    def test_notes_who_comes_and_when_once(self) -> None:
        lesson = booked()

        for minutes in (3, 4):
            self._enter(lesson, lesson.starts_at + timedelta(minutes=minutes), "tutor")

        found = Lesson.objects.get(pk=lesson.pk)
        assert found.tutor_entered_at == lesson.starts_at + timedelta(minutes=3)
        assert found.learner_entered_at is None
        assert [one["what"] for one in found.history] == ["booked", "entered"]

    def test_is_entered_from_the_tutors_page_and_not_by_looking_at_it(self) -> None:
        tutor: Any = UserFactory()
        lesson = LessonFactory(tutor_id=approved_tutor(tutor.pk), starts_at=now() + 5 * MINUTE)
        client = Client()
        client.force_login(tutor)

        page = client.get("/tutoring/")
        looked = Lesson.objects.get(pk=lesson.pk).tutor_entered_at
        answer = client.get(f"/tutoring/lessons/{lesson.pk}/room")

        assert f"/tutoring/lessons/{lesson.pk}/room" in page.content.decode()
        assert looked is None
        assert answer.status_code == 302
        assert answer["Location"].startswith("https://rooms.example/lesson-")
        assert Lesson.objects.get(pk=lesson.pk).tutor_entered_at is not None

    def test_that_is_shut_leads_back_to_the_tutors_page(self) -> None:
        tutor: Any = UserFactory()
        lesson = LessonFactory(tutor_id=approved_tutor(tutor.pk))
        client = Client()
        client.force_login(tutor)

        answers = [client.get(f"/tutoring/lessons/{one}/room") for one in (lesson.pk, new_id())]

        assert [one.status_code for one in answers] == [302, 404]
        assert answers[0]["Location"] == "/tutoring/"
        assert "enter" not in client.get("/tutoring/").content.decode()

    def test_is_the_same_for_both_by_links_of_their_own(self) -> None:
        lesson = booked()

        urls = [urlsplit(self._enter(lesson, lesson.starts_at, part).url) for part in _BOTH]

        claims = [_claims(url.query) for url in urls]
        assert urls[0].path == urls[1].path == f"/{claims[0]['room']}"
        assert [one["context"]["user"]["moderator"] for one in claims] == [False, True]
        assert claims[0]["context"]["user"]["id"] != claims[1]["context"]["user"]["id"]
        assert [one["exp"] for one in claims] == [int(lesson.ends_at.timestamp())] * 2

    def test_tells_the_server_of_rooms_neither_names_nor_ids(self) -> None:
        lesson = booked()

        url = self._enter(lesson, lesson.starts_at).url

        told = f"{url} {_claims(urlsplit(url).query)}"
        assert str(lesson.pk) not in told
        assert str(lesson.learner_id) not in told

    def test_of_others_is_not_found(self) -> None:
        lesson = booked()

        with pytest.raises(api.LessonNotFound):
            api.room_of(lesson_id=lesson.pk, person_id=new_id(), now=lesson.starts_at)

    def test_of_two_who_are_kept_apart_is_not_found(self) -> None:
        lesson = booked()
        BlockFactory(blocker_id=lesson.tutor_id, blocked_id=lesson.learner_id)

        for part in _BOTH:
            with pytest.raises(api.LessonNotFound):
                self._enter(lesson, lesson.starts_at, part)

    def test_of_a_canceled_lesson_is_shut(self) -> None:
        lesson = booked()
        at = lesson.starts_at - timedelta(minutes=5)
        api.cancel_lesson(lesson_id=lesson.pk, by=_side(lesson, "tutor"), now=at)

        with pytest.raises(api.LessonNotBooked):
            self._enter(lesson, at)


_BOTH = ("learner", "tutor")


def _claims(query: str) -> dict[str, Any]:
    (token,) = parse_qs(query)["jwt"]
    options: Any = {"verify_exp": False, "verify_nbf": False}
    return jwt.decode(token, "k" * 32, algorithms=["HS256"], audience="jitsi", options=options)
