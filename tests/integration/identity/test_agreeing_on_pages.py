"""Pages that wait until a person has agreed to the terms."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity.models import Agreement, Consent, User
from contexts.identity.web import asking
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.mounting import OLD, TERMS, three_versions
from tests.operations.rest import routes

pytestmark = pytest.mark.django_db


ClientFor = Callable[[User], APIClient]


def _sign_in(user: User, path: str = "/account/sign-in") -> tuple[Client, Any]:
    client = Client()
    answer = client.post(path, {"username": user.email, "password": PASSWORD})
    return client, answer


class TestSigningInToAPage:
    @pytest.mark.parametrize(
        ("door", "page"),
        [
            ("/account/sign-in", "/account/"),
            ("/tutoring/sign-in", "/tutoring/"),
            ("/admin/login/?next=/admin/", "/admin/"),
        ],
    )
    def test_asks_before_the_page_opens(self, door: str, page: str) -> None:
        client, _ = _sign_in(UserFactory(agreed="", is_staff=True), door)

        asked = client.get(page)

        assert (asked.status_code, asked["Location"]) == (
            302,
            f"/account/terms?next={page.replace('/', '%2F')}",
        )
        shown = client.get(asked["Location"]).content.decode()
        assert f"/terms/{TERMS}" in shown
        done = client.post("/account/terms", {"version": TERMS, "next": page})
        assert (done.status_code, done["Location"]) == (302, page)
        assert client.get(page).status_code != 302
        assert Agreement.objects.get().face == "page"

    def test_asks_nobody_who_has_agreed(self) -> None:
        client, _ = _sign_in(UserFactory())

        assert client.get("/account/").status_code == 200

    def test_changes_nothing_before(self) -> None:
        user = UserFactory(agreed="")
        client, _ = _sign_in(user)

        refused = client.post("/account/consents", {"product_mail": "on"})

        assert refused["Location"] == "/account/terms"
        assert not Consent.objects.exists()

    def test_lets_a_person_leave_and_take_their_data(self) -> None:
        client, _ = _sign_in(UserFactory(agreed=""))

        asked = client.post("/account/export")
        left = client.post("/account/sign-out")

        assert asked["Location"] == "/account/"
        assert left["Location"] == "/account/sign-in"

    def test_goes_on_after_agreeing_elsewhere(self, client_for: ClientFor) -> None:
        user = UserFactory(agreed="")
        client, _ = _sign_in(user)
        client_for(user).post("/api/v1/me/agreements", {"version": TERMS})

        asked = client.get("/account/", follow=True)

        assert asked.redirect_chain[-1][0] == "/account/"
        assert asked.status_code == 200

    def test_shows_the_new_version_to_who_read_the_old_one(
        self, settings: Any, tmp_path: Path
    ) -> None:
        three_versions(settings, tmp_path)
        client, _ = _sign_in(UserFactory(agreed=""))

        refused = client.post("/account/terms", {"version": OLD})

        assert refused.status_code == 422
        assert f"Read version {TERMS}" in refused.content.decode()
        assert not Agreement.objects.exists()

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
    def test_leads_nowhere_else(self, target: str) -> None:
        client, _ = _sign_in(UserFactory(agreed=""))

        done = client.post("/account/terms", {"version": TERMS, "next": target})

        assert done["Location"] == "/account/"


class TestThePagesThatStayOpen:
    def test_exist(self) -> None:
        names = {pattern.name for _, pattern in routes()} | {"admin:logout", "admin:jsi18n"}

        assert names >= asking.OPEN
