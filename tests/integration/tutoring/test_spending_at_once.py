"""A wallet that is spent over HTTP at the same moment, by more than it holds credits."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from contexts.billing import api as billing
from contexts.tutoring.models import Lesson
from tests.factories.billing import credits_of
from tests.factories.identity import UserFactory, access_token
from tests.factories.tutoring import PersonFactory, approved_tutor, learner_with, on_the_hour
from tests.parallel import at_once

HELD, SPENDERS = 5, 20


@pytest.mark.django_db(transaction=True)
class TestTwentySpenders:
    def test_of_five_credits_get_five_lessons_and_the_others_are_told_so(self) -> None:
        learner = UserFactory()
        learner_with(HELD, PersonFactory(id=learner.pk).pk)
        token, at = access_token(learner), on_the_hour()
        tutors = [approved_tutor() for _ in range(SPENDERS)]

        def spend(n: int) -> Any:
            client = APIClient(raise_request_exception=False)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
            starts_at = (at + timedelta(hours=2 * n)).isoformat()
            wish = {"tutor": str(tutors[n]), "starts_at": starts_at, "language": "en-GB"}
            return client.post("/api/v1/tutoring/lessons", wish, format="json")

        answers: list[Any] = at_once(spend, times=SPENDERS)

        told = Counter(
            (one.status_code, json.loads(one.content).get("code", "")) for one in answers
        )
        assert told == {(201, ""): HELD, (409, "not_enough_credits"): SPENDERS - HELD}
        assert credits_of(learner.pk) == (0, 100 * HELD)
        assert Lesson.objects.filter(state="booked").count() == HELD
        assert list(billing.check_ledger()) == []
