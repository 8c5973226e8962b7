"""Agreeing to the terms: at sign-up, later, on pages and over both APIs."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from contexts.identity import api, queries
from contexts.identity.models import Agreement, Consent, User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD, UserFactory, reset_token
from tests.integration.identity.mounting import NEXT, OLD, TERMS, three_versions
from tests.integration.identity.people import register
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


ClientFor = Callable[[User], APIClient]


BODY = {"email": "new@example.org", "password": PASSWORD}


REGISTER = """mutation ($terms: String) {
  register(email: "new@example.org", password: "correct horse battery", agreedTerms: $terms) }"""


def _over_rest(terms: str | None) -> tuple[str, Any]:
    body = BODY if terms is None else {**BODY, "agreed_terms": terms}
    answer = APIClient().post("/api/v1/auth/register", body)
    problem = answer.json() if answer.status_code == 422 else {}
    return problem.get("code", str(answer.status_code)), problem.get("params")


def _over_graphql(terms: str | None) -> tuple[str, Any]:
    body = {"query": REGISTER, "variables": {} if terms is None else {"terms": terms}}
    answer = APIClient().post("/graphql", body).json()
    if "errors" not in answer:
        return "202", None
    found = answer["errors"][0]["extensions"]
    return found["code"], found.get("params")


class TestRegistering:
    @pytest.mark.parametrize("face", [_over_rest, _over_graphql])
    @pytest.mark.parametrize(
        ("terms", "code"),
        [
            (None, "terms_not_agreed"),
            ("", "terms_not_agreed"),
            (OLD, "terms_not_current"),
            (NEXT, "terms_not_current"),
            ("2020-01-01", "terms_not_current"),
            ("latest", "terms_not_current"),
        ],
    )
    def test_needs_the_version_in_force(
        self,
        face: Callable[[str | None], Any],
        terms: str | None,
        code: str,
        settings: Any,
        tmp_path: Path,
    ) -> None:
        three_versions(settings, tmp_path)

        assert face(terms) == (code, {"current": TERMS})
        assert not User.objects.exists()

    @pytest.mark.parametrize(("face", "name"), [(_over_rest, "rest"), (_over_graphql, "graphql")])
    def test_stores_what_was_agreed_to_and_where(
        self, face: Callable[[str], Any], name: str
    ) -> None:
        assert face(TERMS) == ("202", None)

        row = Agreement.objects.get()
        text = queries.legal_text("terms", TERMS, language="en").text
        assert (row.user, row.kind, row.version) == (User.objects.get(), "terms", TERMS)
        assert (row.face, row.language) == (name, "en")
        assert row.digest == hashlib.sha256(text.encode()).hexdigest()
        assert abs((now() - row.at).total_seconds()) < 60

    def test_says_nothing_of_an_owner_whose_address_a_stranger_types(self) -> None:
        owner = UserFactory(email="new@example.org", agreed="")

        register("new@example.org")

        assert not Agreement.objects.exists()
        assert queries.agreements_needed(owner.pk, now=now())

    def test_again_takes_the_place_of_the_unverified_registration(self) -> None:
        for _ in range(2):
            body = {**BODY, "agreed_terms": TERMS, "consents": ["product_mail"]}
            APIClient().post("/api/v1/auth/register", body)
        APIClient().post("/api/v1/auth/register", {**BODY, "agreed_terms": TERMS})

        assert Agreement.objects.count() == 1
        assert not Consent.objects.exists()

    def test_counts_for_nothing_if_the_mailbox_sets_another_password(self) -> None:
        body = {**BODY, "agreed_terms": TERMS, "consents": ["product_mail"]}
        APIClient().post("/api/v1/auth/register", body)
        user = User.objects.get()

        api.reset_password(token=reset_token(user), password="another good one", now=now())

        assert [one.version for one in queries.agreements_needed(user.pk, now=now())] == [TERMS]
        assert not Consent.objects.exists()

    def test_counts_for_nothing_if_the_console_makes_staff_of_it(self) -> None:
        register("new@example.org")
        user = User.objects.get()

        api.create_staff(user_id=new_id(), email=user.email, role="support", now=now())

        assert queries.agreements_needed(user.pk, now=now())

    def test_counts_from_midnight_on_for_the_new_version(
        self, settings: Any, tmp_path: Path
    ) -> None:
        three_versions(settings, tmp_path)
        midnight = datetime(2027, 3, 1, tzinfo=UTC)

        with time_machine.travel(midnight, tick=False):
            found = [_over_rest(version)[0] for version in (TERMS, NEXT)]

        assert found == ["terms_not_current", "202"]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_registering_leaves_one_agreement_of_one_account(self) -> None:
        outcomes = at_once(lambda _: register("ana@example.org"), times=20)

        assert not [one for one in outcomes if isinstance(one, Exception)]
        assert Agreement.objects.count() == 1

    def test_agreeing_leaves_one_row(self) -> None:
        user = UserFactory(agreed="")

        def agree(_: int) -> None:
            api.agree(user_id=user.pk, version=TERMS, face="rest", language="en", now=now())

        outcomes = at_once(agree, times=10)

        assert outcomes == [None] * 10
        assert Agreement.objects.count() == 1


class TestAgreeingLater:
    def test_is_asked_for_until_it_is_done(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory(agreed=""))
        needed = client.get("/api/v1/me").json()["agreements_needed"]

        statuses = [
            client.post("/api/v1/me/agreements", {"version": TERMS, "language": "es"}).status_code
            for _ in range(2)
        ]

        assert [one["version"] for one in needed] == [TERMS]
        assert statuses == [204, 204]
        assert client.get("/api/v1/me").json()["agreements_needed"] == []
        [row] = client.get("/api/v1/me/agreements").json()["results"]
        assert (row["version"], row["face"], row["language"]) == (TERMS, "rest", "es")

    def test_over_graphql(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory(agreed=""))
        query = f"""mutation {{ agree(version: "{TERMS}") }}"""

        answer = client.post("/graphql", {"query": query}).json()
        me = client.post("/graphql", {"query": "{ me { agreementsNeeded { version } } }"}).json()

        assert answer == {"data": {"agree": True}}
        assert me["data"]["me"]["agreementsNeeded"] == []
        assert Agreement.objects.get().face == "graphql"

    @pytest.mark.parametrize("version", [OLD, "2020-01-01", "x"])
    def test_takes_no_other_version(
        self, version: str, settings: Any, tmp_path: Path, client_for: ClientFor
    ) -> None:
        three_versions(settings, tmp_path)
        client = client_for(UserFactory(agreed=""))

        refused = client.post("/api/v1/me/agreements", {"version": version})

        assert (refused.status_code, refused.json()["code"]) == (422, "terms_not_current")
        assert refused.json()["params"] == {"current": TERMS}
        assert not Agreement.objects.exists()

    def test_to_a_version_to_come_holds_when_it_is_in_force(
        self, settings: Any, tmp_path: Path, client_for: ClientFor
    ) -> None:
        three_versions(settings, tmp_path)
        early, late = UserFactory(), UserFactory()
        client_for(early).post("/api/v1/me/agreements", {"version": NEXT})

        before = [queries.agreements_needed(one.pk, now=now()) for one in (early, late)]
        after = [
            queries.agreements_needed(one.pk, now=datetime(2027, 3, 1, tzinfo=UTC))
            for one in (early, late)
        ]

        assert before == [[], []]
        assert [[one.version for one in needed] for needed in after] == [[], [NEXT]]

    def test_is_no_condition_for_anything_over_the_api(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory(agreed=""))

        changed = client.patch("/api/v1/me", {"display_name": "Ana"})

        assert changed.status_code == 200

    def test_costs_the_profile_no_statement(
        self, client_for: ClientFor, django_assert_num_queries: Any
    ) -> None:
        user = UserFactory(agreed="")

        with django_assert_num_queries(2):
            queries.profile(user.pk, roles=frozenset(), now=now())
