"""Premium lessons, by billing's events."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.billing.events import EntitlementChanged
from contexts.courses import api, queries, subscribers
from contexts.courses.models import Attempt, Enrollment, Learner
from contexts.shared.kernel import new_id, now
from tests.factories.courses import EnrollmentFactory, published_course
from tests.factories.identity import UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db

SECRET = "cafe.l.secret"


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def enrollment(learner: User) -> Enrollment:
    return EnrollmentFactory(course=published_course(), learner_id=learner.pk)


def _told(learner: User, *, days: int | None, revision: int, feature: str = "premium") -> None:
    subscribers.note_premium(
        EntitlementChanged(
            occurred_at=now(),
            customer_id=learner.pk,
            feature=feature,
            until=None if days is None else now() + timedelta(days=days),
            revision=revision,
        )
    )


def _open(enrollment: Enrollment) -> bool:
    try:
        queries.lesson(enrollment.pk, SECRET, learner_id=enrollment.learner_id, now=now())
    except api.PremiumRequired:
        return False
    return True


class TestAPremiumLesson:
    def test_is_closed_and_says_so(
        self, learner: User, enrollment: Enrollment, client_for: Callable[[User], APIClient]
    ) -> None:
        refused = client_for(learner).get(f"/api/v1/enrollments/{enrollment.pk}/lessons/{SECRET}")

        assert (refused.status_code, refused.json()["code"]) == (403, "premium_required")

    def test_takes_no_answers_while_it_is_closed(
        self, learner: User, enrollment: Enrollment, client_for: Callable[[User], APIClient]
    ) -> None:
        body = {"attempt_id": str(new_id()), "exercise": "cafe.e.secret", "answer": {"text": "té"}}

        refused = client_for(learner).post(f"/api/v1/enrollments/{enrollment.pk}/answers", body)

        assert (refused.status_code, refused.json()["code"]) == (403, "premium_required")
        assert not Attempt.objects.exists()

    def test_opens_with_premium_and_takes_answers(
        self, learner: User, enrollment: Enrollment, client_for: Callable[[User], APIClient]
    ) -> None:
        _told(learner, days=30, revision=1)
        body = {
            "attempt_id": str(new_id()),
            "exercise": "cafe.e.secret",
            "answer": {"text": "un té"},
        }

        graded = client_for(learner).post(f"/api/v1/enrollments/{enrollment.pk}/answers", body)

        assert _open(enrollment)
        assert graded.json()["verdict"] == "correct"

    def test_closes_when_premium_has_run_out(self, learner: User, enrollment: Enrollment) -> None:
        _told(learner, days=-1, revision=1)

        assert not _open(enrollment)

    @pytest.mark.parametrize("order", [(1, 2), (2, 1), (2, 1, 2)])
    def test_follows_the_highest_revision_in_whatever_order_they_arrive(
        self, learner: User, enrollment: Enrollment, order: tuple[int, ...]
    ) -> None:
        for revision in order:
            _told(learner, days=30 if revision == 2 else None, revision=revision)

        assert _open(enrollment)
        assert Learner.objects.get(pk=learner.pk).premium_revision == 2

    def test_does_not_open_for_another_feature(self, learner: User, enrollment: Enrollment) -> None:
        _told(learner, days=30, revision=1, feature="lessons")

        assert not _open(enrollment)

    def test_is_skipped_without_premium(self, learner: User, enrollment: Enrollment) -> None:
        for lesson in ("hello.l.greet", "cafe.l.articles", "cafe.l.order"):
            enrollment.completions.create(
                lesson_key=lesson, completed_at=now(), exercises=1, correct=1
            )
        mine = {"learner_id": learner.pk, "now": now()}

        without = queries.next_lesson(enrollment.pk, **mine)
        _told(learner, days=30, revision=1)
        with_premium = queries.next_lesson(enrollment.pk, **mine)

        assert without is None
        assert with_premium is not None
        assert with_premium.lesson == SECRET

    def test_is_closed_over_graphql_too(
        self, learner: User, enrollment: Enrollment, client_for: Callable[[User], APIClient]
    ) -> None:
        query = """query ($id: UUID!) { enrollment(id: $id) {
          lesson(lesson: "cafe.l.secret") { exercises { __typename } } } }"""
        body = {"query": query, "variables": {"id": str(enrollment.pk)}}

        refused = client_for(learner).post("/graphql", body).json()

        assert refused["errors"][0]["extensions"]["code"] == "premium_required"
        assert refused["data"]["enrollment"]["lesson"] is None
