"""Booking: what it takes, and what it refuses."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.kernel import DomainError, ErrorKind, new_id, now
from contexts.tutoring import api
from contexts.tutoring.models import Lesson, LessonCell
from tests.factories.billing import credits_of, held_for
from tests.factories.tutoring import (
    BlockFactory,
    PersonFactory,
    approved_tutor,
    book,
    booked,
    learner_with,
    on_the_hour,
)
from tests.integration.tutoring.lessons import all_published

pytestmark = pytest.mark.django_db


class TestBooking:
    def test_takes_the_time_and_holds_a_credit(self) -> None:
        learner_id, tutor_id, at = learner_with(2), approved_tutor(), on_the_hour()

        lesson_id = book(learner_id, tutor_id, at)

        lesson = Lesson.objects.get()
        assert (lesson.pk, lesson.state, lesson.policy) == (lesson_id, "booked", "standard-24h.v1")
        assert (lesson.starts_at, lesson.ends_at) == (at, at + timedelta(hours=1))
        assert LessonCell.objects.count() == 8
        assert credits_of(learner_id) == (100, 100)
        assert held_for() == {lesson_id}
        assert all_published() == ["lesson_booked"]

    @pytest.mark.parametrize(
        ("hours", "free"), [(-1, True), (-0.5, False), (0, False), (0.5, False), (1, True)]
    )
    def test_leaves_no_two_lessons_of_a_tutor_at_once(self, hours: float, free: bool) -> None:
        lesson = booked()
        learner_id = learner_with(1)
        at = lesson.starts_at + timedelta(hours=hours)

        if free:
            book(learner_id, lesson.tutor_id, at)
        else:
            with pytest.raises(api.SlotTaken):
                book(learner_id, lesson.tutor_id, at)

        assert Lesson.objects.filter(state="booked").count() == 1 + free
        assert credits_of(learner_id) == ((0, 100) if free else (100, 0))

    def test_refuses_a_tutor_whose_id_an_engine_cannot_store(self) -> None:
        # MariaDB's uuid takes no version over 7 with the variant of an older standard.
        unstorable = UUID("f5034f5a-c3bf-a960-599f-7a4d66d79360")

        with pytest.raises(DomainError) as refusal:
            book(learner_with(1), unstorable, on_the_hour())

        assert refusal.value.kind is ErrorKind.NOT_FOUND
        assert not Lesson.objects.exists()

    def test_leaves_a_tutor_their_pause(self) -> None:
        tutor_id = approved_tutor(buffer_minutes=15)
        lesson = booked(tutor_id=tutor_id)

        with pytest.raises(api.SlotTaken):
            book(learner_with(1), tutor_id, lesson.ends_at)

        assert Lesson.objects.count() == 1

    def test_leaves_no_two_lessons_of_a_learner_at_once(self) -> None:
        learner_id = learner_with(2)
        lesson = booked(learner_id=learner_id)

        with pytest.raises(api.LearnerBusy):
            book(learner_id, approved_tutor(), lesson.starts_at + timedelta(minutes=30))

        assert Lesson.objects.count() == 1
        assert credits_of(learner_id) == (100, 100)

    def test_of_a_tutor_who_learns_knows_both_sides(self) -> None:
        tutor_id = approved_tutor()
        lesson = booked(learner_id=learner_with(1, tutor_id))

        with pytest.raises(api.SlotTaken):
            book(learner_with(1), tutor_id, lesson.starts_at)

        assert Lesson.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"starts_at": on_the_hour(days=3) + timedelta(minutes=15)}, api.SlotNotOffered),
            ({"starts_at": on_the_hour(days=-1)}, api.TooLateToBook),
            ({"starts_at": on_the_hour(days=61)}, api.TooFarAhead),
            ({"starts_at": datetime(1, 1, 1, tzinfo=UTC)}, api.TooLateToBook),
            ({"starts_at": datetime(9999, 12, 31, tzinfo=UTC)}, api.TooFarAhead),
            ({"language": "fr"}, api.LanguageNotTaught),
            ({"language": "EN-gb"}, api.LanguageNotTaught),
            ({"tutor_id": new_id()}, api.TutorNotFound),
        ],
    )
    def test_refuses_what_is_not_offered(
        self, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()

        asked = {"tutor_id": tutor_id, "starts_at": on_the_hour(), **changes}

        with pytest.raises(refusal):
            book(learner_id, asked.pop("tutor_id"), asked.pop("starts_at"), **asked)

        assert not Lesson.objects.exists()
        assert credits_of(learner_id) == (100, 0)
        assert all_published() == []

    def test_refuses_a_lesson_with_oneself(self) -> None:
        tutor_id = approved_tutor()

        with pytest.raises(api.OwnLesson):
            book(tutor_id, tutor_id, on_the_hour())

        assert not Lesson.objects.exists()

    @pytest.mark.parametrize("blocks", ["learner", "tutor"])
    def test_does_not_know_who_is_kept_apart(self, blocks: str) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()
        pair = (learner_id, tutor_id) if blocks == "learner" else (tutor_id, learner_id)
        BlockFactory(blocker_id=pair[0], blocked_id=pair[1])

        with pytest.raises(api.TutorNotFound):
            book(learner_id, tutor_id, on_the_hour())

        assert not Lesson.objects.exists()

    @pytest.mark.parametrize("state", ["applied", "paused", "left"])
    def test_does_not_know_who_takes_no_bookings(self, state: str) -> None:
        tutor_id = approved_tutor()
        if state == "paused":
            api.pause_tutor(tutor_id=tutor_id, now=now())
        else:
            api.leave_tutoring(tutor_id=tutor_id)
        if state == "applied":
            api.apply_as_tutor(
                person_id=tutor_id,
                languages=["en-GB"],
                introduction="Back.",
                time_zone="UTC",
                now=now(),
            )

        with pytest.raises(api.TutorNotFound):
            book(learner_with(1), tutor_id, on_the_hour())

        assert not Lesson.objects.exists()

    def test_of_a_learner_whom_no_event_has_named_yet_works(self) -> None:
        learner_id = learner_with(1, new_id())

        book(learner_id, approved_tutor(), on_the_hour())

        assert Lesson.objects.get().learner_id == learner_id

    def test_without_a_credit_comes_to_nothing_at_once(self) -> None:
        learner_id, tutor_id = learner_with(0), approved_tutor()

        with pytest.raises(api.NotEnoughCredits):
            book(learner_id, tutor_id, on_the_hour())

        lesson = Lesson.objects.get()
        assert (lesson.state, lesson.lapsed_because) == ("lapsed", "not_enough_credits")
        assert not LessonCell.objects.exists()
        assert all_published() == ["lesson_lapsed"]
        book(learner_with(1), tutor_id, on_the_hour())

    def test_never_asks_for_a_credit_inside_a_transaction(self) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()

        with pytest.raises(InsideATransaction):
            for_context("tutoring")(lambda: book(learner_id, tutor_id, on_the_hour()))()

        assert not Lesson.objects.exists()


class TestTheConstraint:
    """Behind the check, for engines and isolation levels that let it see old rows."""

    def test_refuses_the_cell_of_another(self) -> None:
        lesson = booked()
        cell = LessonCell.objects.filter(person_id=lesson.tutor_id).first()
        assert cell is not None
        connection = connections[alias_of("tutoring")]

        with pytest.raises(connection.Database.IntegrityError), connection.cursor() as cursor:
            cursor.cursor.execute(
                "INSERT INTO tutoring_lessoncell (lesson_id, person_id, cell) "
                "SELECT lesson_id, person_id, cell FROM tutoring_lessoncell "
                f"WHERE id = {cell.pk}"
            )


class TestThePeople:
    def test_are_locked_in_one_order(self) -> None:
        people = sorted(PersonFactory().pk for _ in range(2))
        learner_with(1, people[0])
        learner_with(1, people[1])
        approved_tutor(people[0])
        approved_tutor(people[1])

        book(people[0], people[1], on_the_hour(days=3))
        book(people[1], people[0], on_the_hour(days=4))

        assert Lesson.objects.filter(state="booked").count() == 2
