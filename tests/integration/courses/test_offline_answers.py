"""Answers that waited on a device count from the time when they were given."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from contexts.courses.models import Attempt, Course, Memory
from contexts.shared.kernel import new_id, now
from tests.factories.courses import EnrollmentFactory
from tests.factories.identity import UserFactory

ClientFor = Callable[[Any], Any]
MUTATION = """mutation ($enrollment: UUID!, $id: UUID!, $answer: JSON!, $at: Instant) {
  answer(enrollment: $enrollment, attemptId: $id, exercise: "hello.e.choice", answer: $answer,
    answeredAt: $at) { answeredAt } }"""


@pytest.fixture
def learner() -> Any:
    return UserFactory()


@pytest.fixture
def enrollment(course: Course, learner: Any) -> Any:
    weeks_ago = now() - timedelta(days=20)
    return EnrollmentFactory(course=course, learner_id=learner.pk, enrolled_at=weeks_ago)


def _answer(client: Any, enrollment: Any, **more: Any) -> Any:
    body = {
        "attempt_id": str(new_id()),
        "exercise": "hello.e.choice",
        "answer": {"choice": "adiós"},
    }
    url = f"/api/v1/enrollments/{enrollment.pk}/answers"
    return client.post(url, {**body, **more}, format="json")


@pytest.mark.django_db
class TestAnOfflineAnswer:
    def test_is_stored_and_reviewed_at_its_own_time(
        self, enrollment: Any, learner: Any, client_for: ClientFor
    ) -> None:
        at = now() - timedelta(days=3)

        response = _answer(client_for(learner), enrollment, answered_at=at.isoformat())

        assert response.status_code == 200, response.content
        assert Attempt.objects.get().answered_at == at
        assert Memory.objects.get().last_review_at == at

    def test_never_turns_memory_back(
        self, enrollment: Any, learner: Any, client_for: ClientFor
    ) -> None:
        client, later = client_for(learner), now() - timedelta(days=1)
        _answer(client, enrollment, answered_at=later.isoformat())

        _answer(client, enrollment, answered_at=(later - timedelta(days=2)).isoformat())

        assert Memory.objects.get().last_review_at == later
        assert Attempt.objects.count() == 2

    @pytest.mark.parametrize("days", [-1, 21, 100])
    def test_out_of_bounds_is_refused(
        self, days: int, enrollment: Any, learner: Any, client_for: ClientFor
    ) -> None:
        at = (now() - timedelta(days=days)).isoformat()

        response = _answer(client_for(learner), enrollment, answered_at=at)

        assert response.status_code == 422
        assert response.json()["code"] == "answered_at_out_of_bounds"
        assert not Attempt.objects.exists()

    def test_is_taken_over_graphql(
        self, enrollment: Any, learner: Any, client_for: ClientFor
    ) -> None:
        at = now() - timedelta(days=3)
        variables = {
            "enrollment": str(enrollment.pk),
            "id": str(new_id()),
            "answer": {"choice": "adiós"},
            "at": at.isoformat(),
        }

        response = client_for(learner).post("/graphql", {"query": MUTATION, "variables": variables})

        assert "errors" not in response.json()
        assert Attempt.objects.get().answered_at == at
