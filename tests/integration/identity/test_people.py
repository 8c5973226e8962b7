"""Following and blocking."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from contexts.identity.models import Block, Follow, User
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return UserFactory(display_name="Ana")


@pytest.fixture
def ben() -> User:
    return UserFactory(display_name="Ben")


def _url(person: User, act: str = "") -> str:
    return f"/api/v1/people/{person.pk}{act}"


def _told() -> list[str]:
    names = StoredEvent.objects.order_by("id").values_list("name", flat=True)
    return [name.split(".")[1] for name in names]


class TestFollowing:
    def test_is_listed_and_told_once_however_often_it_is_asked(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client = client_for(ana)

        answers = [client.put(_url(ben, "/follow")).status_code for _ in range(2)]

        listed = client.get("/api/v1/me/following").json()["results"]
        assert answers == [204, 204]
        assert [one["display_name"] for one in listed] == ["Ben"]
        assert _told() == ["person_followed"]

    def test_ends(self, ana: User, ben: User, client_for: Callable[[User], APIClient]) -> None:
        client = client_for(ana)
        client.put(_url(ben, "/follow"))

        client.delete(_url(ben, "/follow"))
        client.delete(_url(ben, "/follow"))

        assert client.get("/api/v1/me/following").json()["results"] == []
        assert _told() == ["person_followed", "person_unfollowed"]

    def test_is_refused_for_oneself_and_for_nobody(
        self, ana: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client = client_for(ana)

        oneself = client.put(_url(ana, "/follow"))
        nobody = client.put("/api/v1/people/01890000-0000-7000-8000-00000000aaaa/follow")

        assert (oneself.status_code, oneself.json()["code"]) == (422, "not_yourself")
        assert (nobody.status_code, nobody.json()["code"]) == (404, "unknown_person")
        assert not Follow.objects.exists()


class TestBlocking:
    def test_hides_each_from_the_other(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        seen_before = client_for(ben).get(_url(ana)).status_code

        client_for(ana).put(_url(ben, "/block"))

        assert seen_before == 200
        assert client_for(ben).get(_url(ana)).status_code == 404
        assert client_for(ana).get(_url(ben)).status_code == 404

    def test_ends_that_either_follows_the_other(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client_for(ana).put(_url(ben, "/follow"))
        client_for(ben).put(_url(ana, "/follow"))

        client_for(ana).put(_url(ben, "/block"))

        assert not Follow.objects.exists()
        assert sorted(_told()[2:]) == ["person_blocked", "person_unfollowed", "person_unfollowed"]

    def test_keeps_the_blocked_from_following_without_saying_why(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client_for(ana).put(_url(ben, "/block"))

        refused = client_for(ben).put(_url(ana, "/follow"))

        assert (refused.status_code, refused.json()["code"]) == (404, "unknown_person")
        assert not Follow.objects.exists()

    def test_is_shown_to_the_blocker_alone(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client_for(ana).put(_url(ben, "/block"))

        mine = client_for(ana).get("/api/v1/me/blocks").json()["results"]
        theirs = client_for(ben).get("/api/v1/me/blocks").json()["results"]

        assert [one["id"] for one in mine] == [str(ben.pk)]
        assert theirs == []

    def test_can_be_taken_back_by_the_blocker_alone(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client_for(ana).put(_url(ben, "/block"))

        client_for(ben).delete(_url(ana, "/block"))
        still = Block.objects.count()
        client_for(ana).delete(_url(ben, "/block"))

        assert (still, Block.objects.count()) == (1, 0)


class TestOverGraphQL:
    def test_the_same_can_be_done(
        self, ana: User, ben: User, client_for: Callable[[User], APIClient]
    ) -> None:
        def ask(query: str) -> Any:
            variables = {"who": str(ben.pk)} if "$who" in query else {}
            body = {"query": query, "variables": variables}
            return client_for(ana).post("/graphql", body).json()["data"]

        followed = ask("mutation ($who: UUID!) { follow(person: $who) }")
        listed = ask("{ following { nodes { displayName } } }")
        ask("mutation ($who: UUID!) { block(person: $who) }")
        seen = ask("query ($who: UUID!) { person(id: $who) { displayName } }")

        assert followed == {"follow": True}
        assert listed["following"]["nodes"] == [{"displayName": "Ben"}]
        assert seen == {"person": None}
        assert Block.objects.count() == 1
