"""Many who want the same hour: one gets it, the others are told so, and no credit is lost."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from rest_framework.test import APIClient

from contexts.billing import api as billing
from contexts.shared.database.placement.aliases import alias_of
from contexts.tutoring import api
from contexts.tutoring.models import Lesson, LessonCell
from tests.factories.billing import credits_of, held_for
from tests.factories.identity import UserFactory, access_token
from tests.factories.tutoring import PersonFactory, approved_tutor, learner_with, on_the_hour
from tests.parallel import at_once

User = get_user_model()

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 100


def _signed_in(credits: int = 1) -> tuple[User, APIClient]:  # noqa: A002
    user = UserFactory()
    learner_with(credits, PersonFactory(id=user.pk).pk)
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
    return user, client


def _post(client: APIClient, tutor_id: UUID, starts_at: Any, **headers: str) -> Any:
    body = {"tutor": str(tutor_id), "starts_at": starts_at.isoformat(), "language": "en-GB"}
    return client.post("/api/v1/tutoring/lessons", body, format="json", headers=headers)


def _told(outcomes: list[Any]) -> Counter[tuple[int, str]]:
    """How many got which status and code."""
    failed = [one for one in outcomes if isinstance(one, Exception)]
    assert failed == []
    return Counter((one.status_code, json.loads(one.content).get("code", "")) for one in outcomes)


def _assert_exact(winners: int, learners: list[User]) -> None:
    """As many credits are held as there are lessons, and the ledger agrees."""
    ids = [user.pk for user in learners]
    lessons = set(Lesson.objects.filter(state="booked").values_list("pk", flat=True))
    assert len(lessons) == winners
    assert held_for() == lessons
    wallets = [credits_of(one) for one in ids]
    assert wallets.count((0, 100)) == winners
    assert wallets.count((100, 0)) == len(ids) - winners
    assert LessonCell.objects.count() == 8 * winners
    assert not Lesson.objects.filter(state="pending").exists()
    assert list(billing.check_ledger()) == []


class TestAHundredLearners:
    def test_who_want_one_slot_get_one_lesson(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        people = [_signed_in() for _ in range(MANY)]

        outcomes = at_once(lambda n: _post(people[n][1], tutor_id, at), times=MANY)

        assert _told(outcomes) == {(201, ""): 1, (409, "slot_taken"): MANY - 1}
        _assert_exact(1, [user for user, _ in people])


class TestOverlappingStarts:
    def test_share_no_time(self) -> None:
        tutor_id, at = approved_tutor(grid_minutes=15), on_the_hour()
        people = [_signed_in() for _ in range(32)]

        outcomes = at_once(
            lambda n: _post(people[n][1], tutor_id, at + timedelta(minutes=15 * (n % 4))),
            times=len(people),
        )

        told = _told(outcomes)
        winners = told[201, ""]
        assert set(told) == {(201, ""), (409, "slot_taken")}
        # From four starts within an hour, one is all that fits.
        assert winners == 1
        _assert_exact(winners, [user for user, _ in people])


class TestALearnerAndTwoTutors:
    def test_who_are_asked_at_once_has_one_lesson(self) -> None:
        tutors, at = [approved_tutor(), approved_tutor()], on_the_hour()
        user, client = _signed_in(credits=5)
        token = client._credentials  # type: ignore[attr-defined]

        def ask(n: int) -> Any:
            mine = APIClient(raise_request_exception=False)
            mine._credentials = token  # type: ignore[attr-defined]
            return _post(mine, tutors[n % 2], at)

        outcomes = at_once(ask, times=16)

        told = _told(outcomes)
        assert told[201, ""] == 1
        assert set(told) <= {(201, ""), (409, "slot_taken"), (409, "learner_busy")}
        assert told[409, "learner_busy"] >= 1
        assert credits_of(user.pk) == (400, 100)


class TestTwoWhoTeachEachOther:
    def test_do_not_stand_in_each_others_way(self) -> None:
        one, other = (approved_tutor() for _ in range(2))
        learner_with(20, one)
        learner_with(20, other)

        def cross(n: int) -> Any:
            learner_id, tutor_id = (one, other) if n % 2 else (other, one)
            from tests.factories.tutoring import book

            return book(learner_id, tutor_id, on_the_hour(days=3, hours=n))

        outcomes = at_once(cross, times=16)

        assert [one for one in outcomes if isinstance(one, Exception)] == []
        assert Lesson.objects.filter(state="booked").count() == 16


class TestOneKey:
    def test_sent_by_many_at_once_is_one_lesson_with_equal_answers(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        user, client = _signed_in(credits=5)
        token = client._credentials  # type: ignore[attr-defined]

        def send(_: int) -> Any:
            mine = APIClient(raise_request_exception=False)
            mine._credentials = token  # type: ignore[attr-defined]
            return _post(mine, tutor_id, at, **{"Idempotency-Key": "one"})

        outcomes = at_once(send, times=32)

        assert _told(outcomes) == {(201, ""): 32}
        assert len({one.content for one in outcomes}) == 1  # type: ignore[union-attr]
        assert Lesson.objects.get().state == "booked"
        assert credits_of(user.pk) == (400, 100)

    def test_with_another_body_is_refused(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        _, client = _signed_in(credits=5)
        first = _post(client, tutor_id, at, **{"Idempotency-Key": "one"})

        second = _post(client, tutor_id, at + timedelta(hours=1), **{"Idempotency-Key": "one"})

        assert (first.status_code, second.status_code) == (201, 422)
        assert second.json()["code"] == "idempotency_key_reused"
        assert Lesson.objects.count() == 1

    def test_of_a_booking_without_a_credit_says_so_again(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        _, client = _signed_in(credits=0)

        answers = [_post(client, tutor_id, at, **{"Idempotency-Key": "one"}) for _ in range(2)]

        assert _told(answers) == {(409, "not_enough_credits"): 2}
        assert Lesson.objects.get().state == "lapsed"

    def test_sent_again_finishes_what_a_crash_has_left(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        user, client = _signed_in()
        first = _post(client, tutor_id, at, **{"Idempotency-Key": "one"})
        # As after the first step: the slot is taken, the rest has not happened.
        Lesson.objects.update(state="pending", history=[])

        again = _post(client, tutor_id, at, **{"Idempotency-Key": "one"})

        assert (again.status_code, again.content) == (201, first.content)
        assert credits_of(user.pk) == (0, 100)


@pytest.fixture
def repeatable_read(transactional_db: None) -> Iterator[None]:
    """Every connection of the suite reads repeatably, as far as the engine has such a level."""
    connection = connections[alias_of("tutoring")]
    options = connection.settings_dict["OPTIONS"]
    before, level = options.get("isolation_level"), _LEVELS.get(connection.vendor)
    if level is not None:
        options["isolation_level"] = level
    connection.close()
    assert _level(connection) in {"", "repeatable read"}
    yield
    options.pop("isolation_level", None)
    if before is not None:
        options["isolation_level"] = before
    connection.close()


# psycopg's IsolationLevel.REPEATABLE_READ is 3; SQLite's transactions are serial anyway.
_LEVELS = {"postgresql": 3, "mysql": "repeatable read"}


_ASKED = {
    "postgresql": "SHOW transaction_isolation",
    "mysql": "SELECT @@session.tx_isolation",
}


def _level(connection: Any) -> str:
    """What the engine itself says; nothing where it has no levels."""
    if connection.vendor not in _ASKED:
        return ""
    # psycopg sets the level when a transaction begins.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_ASKED[connection.vendor])
        return str(cursor.fetchone()[0]).replace("-", " ").lower()


@pytest.mark.usefixtures("repeatable_read")
class TestRepeatableRead:
    def test_a_hundred_learners_who_want_one_slot_get_one_lesson(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        people = [_signed_in() for _ in range(MANY)]

        outcomes = at_once(lambda n: _post(people[n][1], tutor_id, at), times=MANY)

        assert _told(outcomes) == {(201, ""): 1, (409, "slot_taken"): MANY - 1}
        _assert_exact(1, [user for user, _ in people])

    def test_a_slot_that_is_given_free_is_bookable_at_once(self) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        (first, client), (_, other) = _signed_in(), _signed_in()
        lesson = _post(client, tutor_id, at).json()

        api.cancel_lesson(lesson_id=UUID(lesson["id"]), by=first.pk, now=at - timedelta(days=2))

        assert _post(other, tutor_id, at).status_code == 201
