"""Consents: off by default, revocable, published, and no condition for anything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity import api, queries
from contexts.identity.domain.consents import PURPOSES
from contexts.identity.models import Agreement, Consent, User
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, TERMS, UserFactory
from tests.integration.identity.people import Deliver, mailed_token
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
SET = """mutation ($consents: [ConsentAnswerInput!]!) {
  setConsents(consents: $consents) { purpose granted changedAt } }"""


def _told() -> list[tuple[Any, ...]]:
    events = StoredEvent.objects.filter(name="identity.consent_changed.v1").order_by("id")
    names = ("purpose", "granted", "version", "number")
    return [tuple(event.data[name] for name in names) for event in events]


def _granted(client: APIClient) -> set[str]:
    found = client.get("/api/v1/me/consents").json()["consents"]
    return {one["purpose"] for one in found if one["granted"]}


def _answer(client: APIClient, **answers: bool) -> Any:
    consents = [{"purpose": purpose, "granted": yes} for purpose, yes in answers.items()]
    return client.put("/api/v1/me/consents", {"consents": consents})


class TestTheWording:
    def test_has_a_version_of_its_own(self) -> None:
        # A new wording needs a new version: change both here.
        texts = {purpose: str(text) for purpose, text in queries.TEXTS.items()}

        assert dict(PURPOSES) == {"product_mail": "2026-11-01", "research_use": "2026-11-01"}
        assert texts == {
            "product_mail": "Send me news about the product by mail.",
            "research_use": "Use my answers and my progress, without my name and address, for "
            "research on how people learn languages.",
        }


class TestConsents:
    def test_are_off_until_allowed(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())

        found = client.get("/api/v1/me/consents").json()["consents"]

        assert {one["purpose"]: one["granted"] for one in found} == dict.fromkeys(PURPOSES, False)
        assert {one["changed_at"] for one in found} == {None}

    def test_are_allowed_and_revoked_one_by_one(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())

        _answer(client, product_mail=True, research_use=True)
        _answer(client, product_mail=False)

        assert _granted(client) == {"research_use"}
        assert _told() == [
            ("product_mail", True, "2026-11-01", 1),
            ("research_use", True, "2026-11-01", 1),
            ("product_mail", False, "2026-11-01", 2),
        ]
        assert Consent.objects.count() == 3

    def test_given_twice_are_one(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())

        first, second = (_answer(client, product_mail=True).json() for _ in range(2))

        assert first == second
        assert len(_told()) == Consent.objects.count() == 1

    def test_revoked_before_they_were_given_change_nothing(self, client_for: ClientFor) -> None:
        _answer(client_for(UserFactory()), product_mail=False)

        assert _told() == []
        assert not Consent.objects.exists()

    def test_over_graphql(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())
        variables = {"consents": [{"purpose": "research_use", "granted": True}]}

        answer = client.post("/graphql", {"query": SET, "variables": variables}).json()
        found = client.post("/graphql", {"query": "{ consents { purpose granted } }"}).json()

        assert answer["data"]["setConsents"][1]["changedAt"]
        assert {"purpose": "research_use", "granted": True} in found["data"]["consents"]
        assert Consent.objects.get().face == "graphql"

    def test_speak_the_readers_language(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())

        found = client.get("/api/v1/me/consents", headers={"accept-language": "es"}).json()

        assert found["consents"][0]["text"] == "Enviarme novedades del producto por correo."

    @pytest.mark.parametrize(
        ("consents", "status", "code"),
        [
            ([{"purpose": "world_peace", "granted": True}], 400, "invalid_request"),
            ([{"purpose": "product_mail"}], 400, "invalid_request"),
            ([{"purpose": "product_mail", "granted": "yes"}], 400, "invalid_request"),
            ([{"purpose": "product_mail", "granted": True}] * 2, 422, "purpose_named_twice"),
        ],
    )
    def test_refuse_what_they_do_not_know(
        self, consents: Any, status: int, code: str, client_for: ClientFor
    ) -> None:
        client = client_for(UserFactory())

        refused = client.put("/api/v1/me/consents", {"consents": consents})

        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert not Consent.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_each_answer_has_a_number_of_its_own(self) -> None:
        user = UserFactory()

        def answer(number: int) -> None:
            api.set_consents(
                user_id=user.pk,
                granted={"product_mail": number % 2 == 0},
                face="rest",
                language="en",
                now=now(),
            )

        outcomes = at_once(answer, times=10)

        numbers = list(Consent.objects.order_by("number").values_list("number", flat=True))
        assert outcomes == [None] * 10
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(_told()) == len(numbers)


class TestThoseOfASignUp:
    BODY = {"email": "new@example.org", "password": PASSWORD, "agreed_terms": TERMS}

    def _register(self, *consents: str) -> Any:
        return APIClient().post("/api/v1/auth/register", {**self.BODY, "consents": list(consents)})

    def test_are_published_when_the_address_is_verified(self, deliver: Deliver) -> None:
        self._register("product_mail")
        deliver()
        before = _told()

        api.verify_address(token=mailed_token(), now=now())
        deliver()

        assert before == []
        assert _told() == [("product_mail", True, "2026-11-01", 1)]

    def test_of_the_newest_registration_count(self, deliver: Deliver) -> None:
        self._register("product_mail", "research_use")
        self._register("research_use")
        deliver()

        api.verify_address(token=mailed_token(), now=now())
        deliver()

        assert _told() == [("research_use", True, "2026-11-01", 1)]

    def test_of_another_registration_do_not_count_for_who_opens_the_mail(
        self, deliver: Deliver
    ) -> None:
        self._register()
        self._register("product_mail", "research_use")
        deliver()

        api.verify_address(token=mailed_token(), password=PASSWORD, now=now())
        deliver()

        assert _told() == []
        assert not Consent.objects.exists()
        assert not Agreement.objects.exists()

    def test_are_none_unless_they_are_named(self) -> None:
        self._register()

        assert not Consent.objects.exists()

    def test_are_known_purposes(self) -> None:
        assert self._register("world_peace").status_code == 400
        assert not User.objects.exists()

    def test_named_twice_are_one(self) -> None:
        self._register("product_mail", "product_mail")

        assert Consent.objects.count() == 1


class TestTheAccountPage:
    def test_changes_them(self) -> None:
        user = UserFactory()
        client = Client()
        client.force_login(user)

        saved = client.post("/account/consents", {"product_mail": "on"})
        allowed = client.get("/account/").content.decode()
        client.post("/account/consents", {})

        assert "Your choices are saved." in saved.content.decode()
        assert 'name="product_mail" id="id_product_mail" checked' in allowed
        assert 'name="research_use" id="id_research_use" checked' not in allowed
        assert [told[1] for told in _told()] == [True, False]
        assert set(Consent.objects.values_list("face", flat=True)) == {"page"}
