"""Reads go to a replica if they may lag, and people see their own writes at once."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import InterfaceError, connections, router
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contexts.community.models import Member
from contexts.courses.models import Course
from contexts.identity.models import User
from contexts.shared.database.placement import replicas
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, UserFactory

PRIMARY, REPLICA = alias_of("identity"), "mirror"
ClientFor = Callable[[User], APIClient]
pytestmark = pytest.mark.django_db(transaction=True, databases=[PRIMARY, REPLICA])


@pytest.fixture(autouse=True)
def _a_replica(settings: Any) -> None:
    settings.REPLICAS = {PRIMARY: REPLICA}


@pytest.fixture
def client(client_for: ClientFor) -> APIClient:
    return client_for(UserFactory())


class Answered:
    """The number of statements that the primary and the replica answered."""

    def __enter__(self) -> "Answered":
        self._open = ExitStack()
        self._captured = {
            alias: self._open.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in (PRIMARY, REPLICA)
        }
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.close()

    def tables(self, alias: str) -> str:
        return " ".join(query["sql"] for query in self._captured[alias])


class TestARead:
    def test_outside_of_a_request_comes_from_the_primary(self) -> None:
        assert router.db_for_read(Member) == alias_of("community")

    def test_in_a_request_comes_from_the_primary_until_it_may_lag(self) -> None:
        with replicas.request() as reading:
            before = router.db_for_read(User)
            reading.may_lag = True
            after = router.db_for_read(User)

        assert (before, after) == (PRIMARY, REPLICA)
        assert router.db_for_read(User) == PRIMARY

    def test_in_a_use_case_and_after_it_comes_from_the_primary(self) -> None:
        read_by = for_context("identity")(lambda: router.db_for_read(User))

        with replicas.request() as reading:
            reading.may_lag = True
            inside = read_by()
            after = router.db_for_read(User)

        assert (inside, after) == (PRIMARY, PRIMARY)

    def test_of_what_is_not_a_contexts_own_never_lags(self) -> None:
        with replicas.request() as reading:
            reading.may_lag = True

            assert router.db_for_read(Session) == PRIMARY
            assert router.db_for_read(StoredEvent) == "default"
            assert router.db_for_write(Course) == alias_of("courses")


class TestARequest:
    def test_that_reads_is_answered_by_the_replica_except_for_its_session(
        self, client: APIClient
    ) -> None:
        with Answered() as asked:
            answer = client.get("/api/v1/me")

        assert answer.status_code == 200
        assert "identity_user" in asked.tables(REPLICA)
        assert "identity_session" in asked.tables(PRIMARY)
        assert "identity_session" not in asked.tables(REPLICA)

    def test_that_writes_and_the_next_ones_of_its_caller_ask_the_primary(
        self, client: APIClient
    ) -> None:
        with Answered() as asked:
            changed = client.patch("/api/v1/me", {"display_name": "Ada"})
            read = client.get("/api/v1/me")

        assert (changed.status_code, read.json()["display_name"]) == (200, "Ada")
        assert asked.tables(REPLICA) == ""

    def test_asks_the_replica_again_after_a_while(self, client: APIClient, settings: Any) -> None:
        settings.READ_YOUR_WRITES_SECONDS = 10
        client.patch("/api/v1/me", {"display_name": "Ada"})
        cache.clear()

        with Answered() as asked:
            client.get("/api/v1/me")

        assert "identity_user" in asked.tables(REPLICA)

    def test_of_somebody_else_is_not_held_to_the_primary(
        self, client: APIClient, client_for: ClientFor
    ) -> None:
        other = client_for(UserFactory())
        client.patch("/api/v1/me", {"display_name": "Ada"})

        with Answered() as asked:
            other.get("/api/v1/me")

        assert "identity_user" in asked.tables(REPLICA)

    def test_over_graphql_lags_for_a_query_and_not_for_a_mutation(self, client: APIClient) -> None:
        query = {"query": "{ me { displayName } }"}
        mutation = {"query": 'mutation { changeProfile(displayName: "Ada") { displayName } }'}

        with Answered() as first:
            client.post("/graphql", query)
        with Answered() as second:
            changed = client.post("/graphql", mutation).json()
            read = client.post("/graphql", query).json()

        assert "identity_user" in first.tables(REPLICA)
        assert "errors" not in changed, changed
        assert read["data"]["me"]["displayName"] == "Ada"
        assert second.tables(REPLICA) == ""

    def test_that_signs_in_and_the_next_ones_ask_the_primary(self) -> None:
        user = UserFactory()
        credentials = {"email": user.email, "password": PASSWORD}
        signed_in = APIClient().post("/api/v1/auth/sign-in", credentials)
        bearer = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}

        with Answered() as asked:
            read = APIClient().get("/api/v1/me", headers=bearer)

        assert read.status_code == 200
        assert asked.tables(REPLICA) == ""

    def test_without_the_cache_asks_the_primary_and_is_answered(
        self, client: APIClient, settings: Any
    ) -> None:
        settings.CACHES = {"default": {"BACKEND": "tests.dead_cache.DeadCache"}}

        with Answered() as asked:
            changed = client.patch("/api/v1/me", {"display_name": "Ada"})
            read = client.get("/api/v1/me")

        assert (changed.status_code, read.json()["display_name"]) == (200, "Ada")
        assert asked.tables(REPLICA) == ""


class TestAReplicaThatIsAway:
    @pytest.fixture(autouse=True)
    def tries(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Return the attempts to reach the replica."""
        tried: list[str] = []

        wrapper = type(connections[REPLICA])
        connect = wrapper.ensure_connection

        def refuse(connection: Any) -> None:
            # Each thread has connections of its own, and readiness looks in a thread.
            if connection.alias != REPLICA:
                return connect(connection)
            tried.append("refused")
            raise InterfaceError("connection refused")

        monkeypatch.setattr(replicas, "_away_until", {})
        monkeypatch.setattr(wrapper, "ensure_connection", refuse)
        return tried

    def test_is_left_alone_and_the_primary_asked(self, client: APIClient, tries: list[str]) -> None:
        answers = [client.get("/api/v1/me").status_code for _ in range(3)]

        assert answers == [200] * 3
        assert tries == ["refused"]

    def test_leaves_the_process_ready(self) -> None:
        probed = APIClient().get("/readyz")

        assert probed.status_code == 200
        assert probed.json()["checks"][f"replica:{REPLICA}"] == "away; its primary answers"
