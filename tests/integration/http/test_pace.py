"""One access token may ask so fast, and no faster; others do not notice."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from contexts.identity.models import User
from contexts.shared.http.pace import Pace
from contexts.shared.kernel import new_id
from tests.factories.identity import UserFactory

ClientFor = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _limits(settings: Any) -> None:
    settings.CALLER_BURST, settings.CALLER_REQUESTS_PER_MINUTE = 3, 60


class TestAPace:
    def test_lets_a_burst_pass_and_then_one_a_second(self) -> None:
        pace, session = Pace(), new_id()
        for _ in range(3):
            pace.take(session, at=100.0)

        with pytest.raises(Throttled) as refused:
            pace.take(session, at=100.5)
        pace.take(session, at=101.0)

        assert refused.value.wait == 1

    def test_fills_up_to_a_burst_however_long_nobody_asks(self) -> None:
        pace, session = Pace(), new_id()
        pace.take(session, at=0.0)

        for _ in range(3):
            pace.take(session, at=9_999.0)
        with pytest.raises(Throttled):
            pace.take(session, at=9_999.0)

    def test_is_each_sessions_own(self) -> None:
        pace = Pace()
        for session in [new_id() for _ in range(20)]:
            for _ in range(3):
                pace.take(session, at=1.0)


@pytest.mark.django_db
class TestACaller:
    @pytest.mark.parametrize("path", ["/api/v1/me", "/graphql"])
    def test_who_asks_too_fast_is_told_when_to_come_back(
        self, path: str, client_for: ClientFor
    ) -> None:
        client, other = client_for(UserFactory()), client_for(UserFactory())
        query = {"query": "{ me { id } }"}
        answers = [
            client.post(path, query, format="json") if path == "/graphql" else client.get(path)
            for _ in range(4)
        ]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert "throttled" in answers[-1].content.decode()
        assert int(answers[-1]["Retry-After"]) >= 1
        assert other.get("/api/v1/me").status_code == 200
