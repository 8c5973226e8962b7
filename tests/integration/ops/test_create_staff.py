"""The first admin of a deployment, and the staff's second factors at the console."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from contexts.identity import api as identity
from contexts.identity.models import StaffEnrollment, User
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, TERMS, UserFactory
from tests.integration.identity.authenticator import Phone, browser, code_of, scanned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def _path(printed: str) -> str:
    found = re.search(r"http://127.0.0.1:8000(/account/enroll/\S+)", printed)
    assert found, printed
    return found[1]


def _roles(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


class TestCreatingStaff:
    def test_prints_a_link_that_leads_to_the_admin(self, settings: pytest.FixtureRequest) -> None:
        settings.DEVELOPMENT = False
        client = Client()

        path = _path(_run("create_staff", "ada@example.org", "--role", "admin"))
        secret, sealed = scanned(client.get(path))
        form = {"sealed": sealed, "password": "a password of hers", "code": code_of(secret)}
        client.post(path, form)
        ada = User.objects.get(email="ada@example.org")
        client = browser(ada, password="a password of hers")
        client.post("/admin/second-factor/", {"code": code_of(secret, steps=1)})
        # The console has asked nobody about the terms.
        client.post("/account/terms", {"version": TERMS})

        assert client.get("/admin/identity/user/").status_code == 200
        assert _roles(ada) == {"admin", "learner"}
        assert (ada.is_staff, ada.is_superuser) == (True, True)

    def test_makes_an_account_that_no_password_opens_before(self) -> None:
        _run("create_staff", "ada@example.org", "--role", "support")

        ada = User.objects.get(email="ada@example.org")
        assert not ada.has_usable_password()
        assert (ada.is_staff, ada.is_superuser) == (True, False)

    def test_gives_the_role_to_an_account_that_exists(self) -> None:
        user = UserFactory()

        _run("create_staff", user.email.upper(), "--role", "finance")

        user.refresh_from_db()
        assert _roles(user) == {"learner", "finance"}
        assert user.check_password(PASSWORD)

    def test_takes_the_password_of_a_stranger_who_registered_the_address(self) -> None:
        user = UserFactory(verified=False, roles=())

        _run("create_staff", user.email, "--role", "admin")

        user.refresh_from_db()
        assert not user.has_usable_password()
        assert user.verified_at is not None
        assert (user.display_name, _roles(user)) == ("", {"admin", "learner"})

    def test_again_prints_a_new_link_and_kills_the_old_one(self) -> None:
        first = _path(_run("create_staff", "ada@example.org", "--role", "admin"))
        second = _path(_run("create_staff", "ada@example.org", "--role", "admin"))

        assert Client().get(first).status_code == 422
        assert Client().get(second).status_code == 200
        assert User.objects.filter(email="ada@example.org").count() == 1

    @pytest.mark.parametrize("role", ["learner", "tutor", "king"])
    def test_knows_roles_of_the_staff_only(self, role: str) -> None:
        with pytest.raises(CommandError, match=r"invalid choice.*'admin'"):
            _run("create_staff", "ada@example.org", "--role", role)

        assert not User.objects.exists()

    def test_refuses_an_account_that_has_ended(self) -> None:
        user = UserFactory()
        identity.end_account(user_id=user.pk, now=now())

        with pytest.raises(CommandError, match="has ended or is suspended"):
            _run("create_staff", user.email, "--role", "admin")

        assert not StaffEnrollment.objects.exists()

    def test_refuses_what_is_no_address(self) -> None:
        with pytest.raises(CommandError, match="not an address"):
            _run("create_staff", "ada", "--role", "admin")


class TestSecondFactors:
    def test_are_listed(self) -> None:
        phone = Phone()
        other = UserFactory()
        identity.grant_role(user_id=other.pk, role="support", now=now())

        lines = _run("second_factors", "list").splitlines()

        assert len(lines) == 2
        assert f"{phone.user.email}  admin, learner  since 2026-11-29, 10 recovery codes" in lines
        assert f"{other.email}  learner, support  no second factor" in lines

    def test_are_reset(self) -> None:
        phone = Phone()

        _run("second_factors", "reset", phone.user.email)

        assert "no second factor" in _run("second_factors", "list")
        with pytest.raises(CommandError, match="has no second factor"):
            _run("second_factors", "reset", phone.user.email)

    def test_of_nobody_are_refused(self) -> None:
        with pytest.raises(CommandError, match="there is no person"):
            _run("second_factors", "reset", "nobody@example.org")

    def test_are_encrypted_anew(self) -> None:
        Phone()

        assert _run("second_factors", "reseal") == "encrypted 2 secrets"

    def test_that_no_key_reads_are_counted(self, settings: Any) -> None:
        Phone()
        settings.SECRET_KEY = "a new key of the deployment " + "y" * 40
        other = Phone()

        with pytest.raises(CommandError, match="no key reads 2 secrets"):
            _run("second_factors", "reseal")

        assert other.user.email in _run("second_factors", "list")
