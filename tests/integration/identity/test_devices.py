"""Sessions as devices that a person lists and ends."""

import pytest
from django.test import Client

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.integration.identity.callers import client_with, session_of
from tests.integration.identity.people import holds, sign_in

pytestmark = pytest.mark.django_db


class TestDevices:
    def test_are_listed_with_the_present_one(self, ana: User) -> None:
        page, here = Client(), sign_in(ana)
        page.force_login(ana)
        sign_in(UserFactory())

        found = client_with(here.access_token).get("/api/v1/me/sessions").json()["results"]

        assert {(one["kind"], one["current"]) for one in found} == {
            ("app", True),
            ("pages", False),
        }

    def test_can_be_signed_out_one_by_one(self, ana: User) -> None:
        here, there = sign_in(ana), sign_in(ana)
        url = f"/api/v1/me/sessions/{session_of(there.access_token)}"

        first, again = (client_with(here.access_token).delete(url) for _ in range(2))

        assert (first.status_code, again.status_code) == (204, 404)
        assert not holds(there.access_token)
        assert holds(here.access_token)

    def test_of_others_are_not_found(self, ana: User) -> None:
        here, other = sign_in(ana), sign_in(UserFactory())

        with pytest.raises(api.SessionNotFound):
            api.end_session(user_id=ana.pk, session_id=session_of(other.access_token), now=now())

        assert holds(here.access_token)
        assert holds(other.access_token)

    def test_can_all_be_signed_out_but_this_one(self, ana: User) -> None:
        page, here, there = Client(), sign_in(ana), sign_in(ana)
        page.force_login(ana)
        query = {"query": "mutation { endOtherSessions }"}

        answer = client_with(here.access_token).post("/graphql", query)

        assert answer.json() == {"data": {"endOtherSessions": True}}
        assert holds(here.access_token)
        assert not holds(there.access_token)
        assert page.get("/account/").status_code == 302
