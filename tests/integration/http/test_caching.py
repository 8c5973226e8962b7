"""No cache keeps what belongs to one person."""

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity.models import User
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.http.checks import API_CALLS, each
from tests.operations.record import Operation
from tests.operations.world import World

pytestmark = pytest.mark.django_db


class TestAPersonalAnswer:
    @each([call for call in API_CALLS if not call.is_public])
    def test_is_stored_nowhere(self, call: Operation, world: World) -> None:
        headers = world.headers(call)

        answer = world.client.get("/api/v1/me", headers=headers)
        refused = world.client.generic(call.method, call.url(), headers=headers)

        assert answer["Cache-Control"] == refused["Cache-Control"] == "no-store"

    def test_is_a_token_too(self) -> None:
        user = UserFactory()
        body = {"email": user.email, "password": PASSWORD}
        query = (
            f'mutation {{ signIn(email: "{user.email}", password: "{PASSWORD}") {{ tokenType }} }}'
        )

        rest = APIClient().post("/api/v1/auth/sign-in", body)
        graphql = APIClient().post("/graphql", {"query": query})

        assert (rest.status_code, graphql.status_code) == (200, 200)
        assert {rest["Cache-Control"], graphql["Cache-Control"]} == {"no-store"}

    def test_is_a_page_of_somebody_who_is_signed_in(self) -> None:
        client = Client()
        client.force_login(UserFactory())

        assert client.get("/")["Cache-Control"] == "no-store"


class TestAPublicAnswer:
    def test_may_be_stored(self, client_for: Callable[[User], APIClient]) -> None:
        assert "Cache-Control" not in APIClient().get("/api/v1/courses")
        assert "Cache-Control" not in Client().get("/")
