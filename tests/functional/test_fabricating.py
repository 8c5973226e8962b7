"""Learners who never were: their rows are such as real learners leave, and requests find them."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from busuu.fabricating import Crowd
from busuu.journey.answers import right
from contexts.billing import api as billing
from contexts.billing.models import Customer, Entitlement, Wallet
from contexts.community import api as community
from contexts.community.models import Mailbox, Member, MemberLanguage, Notification, Submission
from contexts.courses.adapters.enrollments import memory_state
from contexts.courses.adapters.scheduling import FsrsScheduler
from contexts.courses.models import Attempt, Course, Enrollment, Exercise, Learner, Memory
from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.database.aliases import all_aliases
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from contexts.shared.people.made_up import MadeUpPerson
from contexts.tutoring.models import Lesson, LessonCell, Person, Tutor
from tests.integration.roles.stage import undone

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
PEOPLE = (User, Learner, Member, Person, Customer)


LEARNERS = 250


@pytest.fixture(scope="module")
def _town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), undone():
        call_command("course", "load", stdout=io.StringIO())
        yield fabricated(LEARNERS)


@pytest.fixture(autouse=True)
def told(_town: str, db: None) -> str:
    """What the command said of the people that each test finds, all of seed 1."""
    return _town


def fabricated(learners: int, **more: Any) -> str:
    out = io.StringIO()
    call_command("fabricate", learners=learners, stdout=out, **more)
    return out.getvalue()


def crowd(learners: int = LEARNERS, *, seed: int = 1) -> list[MadeUpPerson]:
    return Crowd(seed=seed, now=now()).people(0, learners)


def active() -> MadeUpPerson:
    return next(one for one in crowd() if one.is_active)


def learner_with_lessons() -> MadeUpPerson:
    return next(one for one in crowd() if one.lessons)


class TestMadeUpLearners:
    def test_are_known_to_every_context(self, told: str) -> None:
        assert told.startswith("250 learners, ")
        assert [model.objects.count() for model in PEOPLE] == [250] * 5
        assert Enrollment.objects.count() == 250

    def test_break_no_constraint(self) -> None:
        for alias in all_aliases():
            connections[alias].check_constraints()

    def test_are_what_identity_says_of_them(self) -> None:
        before = _people()

        call_command("rebuild_people", stdout=io.StringIO())

        assert _people() == before

    def test_keep_the_ledger_right(self) -> None:
        assert billing.check_ledger() == []
        assert Wallet.objects.count() == 10

    def test_remember_what_their_answers_made_of_it(self) -> None:
        for enrollment in Enrollment.objects.order_by("pk")[:50]:
            assert _remembered(enrollment) == _replayed(enrollment)
        assert Memory.objects.count() > 20

    def test_have_as_many_notifications_as_their_mailbox_says(self) -> None:
        for box in Mailbox.objects.all():
            numbers = Notification.objects.filter(recipient_id=box.member_id)
            found = sorted(numbers.values_list("number", flat=True))
            assert found == list(range(1, box.last_number + 1))
        assert Mailbox.objects.count() > 10

    def test_wait_for_corrections_as_the_sweep_leaves_them(self) -> None:
        before = list(Submission.objects.order_by("pk").values())

        community.sweep(now=now())

        assert list(Submission.objects.order_by("pk").values()) == before
        assert sum(row["round"] == 0 for row in before) > 10

    def test_take_no_tutor_at_a_time_twice(self) -> None:
        people = crowd(10_000)

        booked = [(each.tutor_id, each.starts_at) for one in people for each in one.lessons]

        assert len(booked) == len(set(booked)) > 300

    def test_have_only_to_do_with_who_was_there_before(self) -> None:
        people = crowd(5_000)
        seen = set()

        for one in people:
            seen.add(one.id)
            met = {*one.correctors, *(each.tutor_id for each in one.lessons)}
            assert met | ({one.blocks} if one.blocks else set()) <= seen

    def test_are_those_of_their_seed(self) -> None:
        first, again = crowd(500), crowd(500)
        others = Crowd(seed=2, now=now()).people(0, 500)

        assert [one.id for one in first] == [one.id for one in again]
        assert not {one.id for one in first} & {one.id for one in others}
        assert len({one.id for one in first}) == 500

    def test_publish_nothing(self) -> None:
        assert StoredEvent.objects.count() == 0


class TestRequests:
    """What the load benchmark asks, of a learner who never was."""

    READS = (
        "/api/v1/enrollments/{enrollment}/next-lesson",
        "/api/v1/reviews",
        "/api/v1/community/feed",
        "/api/v1/community/notifications",
        "/api/v1/tutoring/tutors",
        "/api/v1/tutoring/lessons",
        "/api/v1/billing/wallet",
        "/api/v1/billing/entitlements",
    )

    @pytest.mark.parametrize("path", READS)
    def test_find_something(self, path: str, client_for: ClientFor) -> None:
        one = learner_with_lessons()
        enrollment = Enrollment.objects.get(learner_id=one.id)

        answer = client_for(User.objects.get(pk=one.id)).get(path.format(enrollment=enrollment.pk))

        assert answer.status_code == 200
        found = answer.json()
        assert found.get("results", True)

    def test_show_the_lesson_after_those_that_are_done(self, client_for: ClientFor) -> None:
        one = active()
        enrollment = Enrollment.objects.get(learner_id=one.id)

        client = client_for(User.objects.get(pk=one.id))
        shown = client.get(f"/api/v1/enrollments/{enrollment.pk}").json()

        assert shown["lessons_completed"] == 2

    def test_take_an_answer(self, client_for: ClientFor) -> None:
        enrollment = Enrollment.objects.get(learner_id=active().id)
        exercise = Exercise.objects.filter(version=enrollment.version_id)[0]

        answer = client_for(User.objects.get(pk=enrollment.learner_id)).post(
            f"/api/v1/enrollments/{enrollment.pk}/answers",
            {"attempt_id": new_id(), "exercise": exercise.key, "answer": right(exercise.body)},
        )

        assert answer.status_code == 200
        assert answer.json()["verdict"] == "correct"

    def test_offer_no_slot_of_a_tutor_that_is_taken(self, client_for: ClientFor) -> None:
        lesson = Lesson.objects.filter(state="booked")[0]
        day = {
            "from": (lesson.starts_at - timedelta(hours=3)).isoformat(),
            "to": (lesson.starts_at + timedelta(hours=4)).isoformat(),
        }

        client = client_for(User.objects.get(pk=lesson.learner_id))
        found = client.get(f"/api/v1/tutoring/tutors/{lesson.tutor_id}/slots", day).json()

        starts = {slot["starts_at"] for slot in found["slots"]}
        assert starts
        assert lesson.starts_at.isoformat().replace("+00:00", "Z") not in starts
        assert LessonCell.objects.filter(lesson=lesson).count() == 8

    def test_open_premium_where_billing_says_so(self, client_for: ClientFor) -> None:
        one = crowd()[7]

        client = client_for(User.objects.get(pk=one.id))
        shown = client.get("/api/v1/billing/entitlements").json()

        assert shown["premium"]["active"] is True
        until = Entitlement.objects.get(customer_id=one.id).until
        assert Learner.objects.get(pk=one.id).premium_until == until

    def test_sign_in_with_the_password_that_was_given(self) -> None:
        fabricated(5, seed=2, password="learn-with-us")

        answer = APIClient().post(
            "/api/v1/auth/sign-in",
            {"email": crowd(5, seed=2)[3].email, "password": "learn-with-us"},
        )

        assert answer.status_code == 200

    def test_sign_nobody_in_without_one(self) -> None:
        answer = APIClient().post(
            "/api/v1/auth/sign-in", {"email": crowd()[3].email, "password": "fabricated"}
        )

        assert answer.status_code == 401
        assert not User.objects.get(email=crowd()[3].email).has_usable_password()


class TestASecondRun:
    def test_writes_nothing(self) -> None:
        before = _counts()

        told = fabricated(LEARNERS)

        assert told.startswith("250 learners, 0 rows written")
        assert _counts() == before

    def test_of_more_adds_what_is_missing(self) -> None:
        with undone():
            fabricated(LEARNERS, seed=2)
            whole = _counts()

        fabricated(60, seed=2)
        fabricated(LEARNERS, seed=2)

        assert _counts() == whole
        assert billing.check_ledger() == []

    def test_takes_up_one_that_was_stopped(self) -> None:
        identity.fabricate(crowd(60, seed=2), password_hash="!")

        fabricated(60, seed=2)

        assert _counts()[:6] == [LEARNERS + 60] * 6
        assert identity.find_person(email=crowd(60, seed=2)[0].email) == crowd(60, seed=2)[0].id


class TestTheCommand:
    def test_refuses_outside_development(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        with pytest.raises(CommandError, match="belong into development"):
            fabricated(5, seed=2)

        assert User.objects.count() == LEARNERS

    def test_obeys_who_insists(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        fabricated(5, seed=2, outside_development=True)

        assert User.objects.count() == LEARNERS + 5

    @pytest.mark.parametrize("learners", [0, -1, 10_000_001])
    def test_refuses_numbers_that_make_no_sense(self, learners: int) -> None:
        with pytest.raises(CommandError, match="from 1 to 10,000,000"):
            fabricated(learners)

    def test_says_what_is_missing(self) -> None:
        Course.objects.update(current=None)

        with pytest.raises(CommandError, match=r"manage\.py course load"):
            fabricated(5, seed=2)

        assert Learner.objects.count() == LEARNERS


def _counts() -> list[int]:
    return [model.objects.count() for model in (*PEOPLE, Enrollment, Attempt, Notification, Tutor)]


def _people() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in PEOPLE] + [
        sorted(MemberLanguage.objects.values_list("member_id", "language", "relation"))
    ]


def _remembered(enrollment: Enrollment) -> dict[str, Any]:
    found = Memory.objects.filter(enrollment=enrollment)
    return {row.word_key: memory_state(row) for row in found}


def _replayed(enrollment: Enrollment) -> dict[str, Any]:
    scheduler, states = FsrsScheduler(), dict[str, Any]()
    for row in Attempt.objects.filter(enrollment=enrollment).order_by("answered_at"):
        for item in row.items:
            states[item] = scheduler.review(states.get(item), rating=row.rating, at=row.answered_at)
    return states
