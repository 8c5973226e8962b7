"""The page on which a person makes an account."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from contexts.identity.models import Agreement, Consent, User
from contexts.shared.http.throttling import AddressThrottle
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.mounting import OLD, TERMS, three_versions
from tests.integration.identity.people import Deliver

pytestmark = pytest.mark.django_db

PAGE = "/account/sign-up"
FORM = {"email": "new@example.org", "password": PASSWORD, "agreed": "on", "agreed_terms": TERMS}


def _without(name: str, **more: str) -> dict[str, str]:
    return {key: value for key, value in {**FORM, **more}.items() if key != name}


class TestSigningUp:
    def test_selects_nothing_for_the_person(self) -> None:
        shown = Client().get(PAGE)

        assert b"checked" not in shown.content
        assert b'href="/terms/2026-11-01"' in shown.content
        assert b'href="/privacy"' in shown.content
        assert "no-store" in shown["Cache-Control"]

    def test_makes_an_account(self, deliver: Deliver) -> None:
        done = Client().post(
            PAGE, {**FORM, "research_use": "on"}, headers={"accept-language": "es"}
        )
        deliver()

        user = User.objects.get()
        assert (done.status_code, user.interface_language) == (200, "es")
        assert "hay un correo en camino" in done.content.decode()
        assert mail.outbox[0].to == ["new@example.org"]
        row = Agreement.objects.get()
        assert (row.version, row.face, row.language) == (TERMS, "page", "es")
        assert [(one.purpose, one.face) for one in Consent.objects.all()] == [
            ("research_use", "page")
        ]

    def test_answers_the_same_for_an_address_that_is_taken(self) -> None:
        UserFactory(email="new@example.org")

        done, fresh = (
            Client().post(PAGE, {**FORM, "email": email})
            for email in ("new@example.org", "other@example.org")
        )

        assert done.status_code == fresh.status_code == 200
        assert done.content == fresh.content

    @pytest.mark.parametrize(
        ("language", "message"),
        [
            ("en", "Agree to the terms of use to make an account."),
            ("es", "Acepta las condiciones de uso para crear una cuenta."),
        ],
    )
    def test_without_the_box_keeps_what_was_typed(self, language: str, message: str) -> None:
        form = _without("agreed", research_use="on")

        refused = Client().post(PAGE, form, headers={"accept-language": language})

        page = refused.content.decode()
        assert refused.status_code == 422
        assert page.count(message) == 1
        assert page.index(message) > page.index('name="password"')
        assert 'value="new@example.org"' in page
        assert f'value="{PASSWORD}"' in page
        assert 'name="research_use" id="id_research_use" checked' in page
        assert "no-store" in refused["Cache-Control"]
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"password": "password12"}, "too easy to guess"),
            ({"email": "nobody"}, "Enter a valid email address."),
            ({"email": "a@" + "㍿㍿㍿." * 40 + "com"}, "not an address that mail can be sent to"),
        ],
    )
    def test_says_what_is_wrong(self, change: dict[str, str], message: str) -> None:
        refused = Client().post(PAGE, {**FORM, **change})

        assert refused.status_code == 422
        assert message in refused.content.decode()
        assert not User.objects.exists()

    @pytest.mark.parametrize("version", [OLD, "", "rubbish"])
    def test_for_another_version_asks_again(
        self, version: str, settings: Any, tmp_path: Path
    ) -> None:
        three_versions(settings, tmp_path)

        refused = Client().post(PAGE, {**FORM, "agreed_terms": version})

        page = refused.content.decode()
        assert refused.status_code == 422
        assert f"/terms/{TERMS}" in page
        assert 'name="agreed" required id="id_agreed" checked' not in page
        assert "errorlist" in page
        assert not User.objects.exists()

    def test_is_limited_like_the_api(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "mail", "1/hour")

        first, second = (
            Client(REMOTE_ADDR="192.0.2.77").post(PAGE, {**FORM, "email": f"new{n}@example.org"})
            for n in range(2)
        )

        assert (first.status_code, second.status_code) == (200, 429)
        assert int(second["Retry-After"]) > 0
        assert "errorlist" in second.content.decode()
        assert User.objects.count() == 1
