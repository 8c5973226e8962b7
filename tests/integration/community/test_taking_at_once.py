"""Many who ask for the next text over HTTP at the same moment."""

import json
from collections import Counter
from typing import Any

import pytest
from rest_framework.test import APIClient

from contexts.community.models import Lease
from tests.factories.community import NativeFactory, opened_text
from tests.factories.identity import UserFactory, access_token
from tests.parallel import at_once


def _client() -> APIClient:
    client = APIClient(raise_request_exception=False)
    user = UserFactory()
    NativeFactory(id=user.pk)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
    return client


@pytest.mark.django_db(transaction=True)
class TestAHundredTakers:
    def test_over_fifty_texts_share_none_and_the_others_are_told_so(self) -> None:
        texts = {str(opened_text().pk) for _ in range(50)}
        takers = [_client() for _ in range(100)]

        answers: list[Any] = at_once(
            lambda n: takers[n].post("/api/v1/community/next"), times=len(takers)
        )

        told = [(one.status_code, json.loads(one.content)) for one in answers]
        assert Counter(status for status, _ in told) == {200: 50, 404: 50}
        assert {body["submission"] for status, body in told if status == 200} == texts
        assert {body["code"] for status, body in told if status == 404} == {"nothing_to_correct"}
        assert Lease.objects.count() == 50
