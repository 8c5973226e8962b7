"""Admins send enrollment links and reset lost second factors."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from contexts.identity import api as identity
from contexts.identity import queries
from contexts.identity.adapters import tokens
from contexts.identity.models import StaffEnrollment, User
from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from contexts.shared.mailing.models import Mail
from tests.factories.identity import UserFactory
from tests.integration.identity.authenticator import Phone, member
from tests.integration.identity.people import Deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

USERS = "/admin/identity/user/"


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(member())
    return client


def _act(client: Client, action: str, user: User) -> str:
    form = {"action": action, "_selected_action": [str(user.pk)], "reason": "lost her phone"}
    return str(client.post(USERS, form, follow=True).content.decode())


def _log(**wanted: Any) -> list[AuditEntry]:
    return list(AuditEntry.objects.using(alias_of("identity")).filter(**wanted))


class TestSendingALink:
    @pytest.mark.parametrize(
        ("language", "subject"),
        [("en", "Set up your staff account"), ("es", "Configura tu cuenta de personal")],
    )
    def test_mails_it_in_the_language_of_its_reader(
        self, language: str, subject: str, admin: Client, deliver: Deliver
    ) -> None:
        user = member("support")
        User.objects.filter(pk=user.pk).update(interface_language=language)

        _act(admin, "send_enrollment_links", user)
        deliver()

        [message] = mail.outbox
        found = re.search(r"/account/enroll/(\S+)", str(message.body))
        assert (message.to, message.subject) == ([user.email], subject)
        assert found
        assert Client().get(f"/account/enroll/{found[1]}").status_code == 200
        assert found[1] not in str(Mail.objects.using(alias_of("identity")).values())

    def test_again_kills_the_link_before(self, admin: Client, deliver: Deliver) -> None:
        user = member("support")
        _act(admin, "send_enrollment_links", user)
        _act(admin, "send_enrollment_links", user)
        deliver()

        [message] = mail.outbox
        [link] = StaffEnrollment.objects.filter(user=user)
        assert tokens.staff_enrollment_token(link.pk).split(":")[0] in message.body

    def test_to_somebody_without_a_role_is_refused(self, admin: Client, deliver: Deliver) -> None:
        user = UserFactory()

        page = _act(admin, "send_enrollment_links", user)
        deliver()

        assert "Only a person with a role of the staff" in page
        assert mail.outbox == []

    def test_is_for_admins(self) -> None:
        client, user = Client(), member("moderator")
        client.force_login(member("support"))

        _act(client, "send_enrollment_links", user)

        assert not StaffEnrollment.objects.exists()


class TestResetting:
    def test_removes_the_factor_and_tells_its_owner(self, admin: Client, deliver: Deliver) -> None:
        phone = Phone()
        deliver()
        mail.outbox.clear()

        _act(admin, "reset_second_factors", phone.user)
        deliver()

        [message] = mail.outbox
        assert queries.second_factor(phone.user.pk) is None
        assert message.to == [phone.user.email]
        assert "An admin removed the second factor of your account" in message.body

    def test_is_recorded_with_who_and_why(self, admin: Client) -> None:
        phone = Phone()
        by = admin.session["_auth_user_id"]

        _act(admin, "reset_second_factors", phone.user)

        [reset] = _log(action="second_factor.reset")
        [act] = _log(action="admin.identity.user.reset_second_factors")
        assert (str(reset.actor_id), reset.source) == (by, "admin")
        assert reset.subject == act.subject == f"identity.user:{phone.user.pk}"
        assert act.reason == "lost her phone"

    def test_of_nothing_is_refused(self, admin: Client) -> None:
        page = _act(admin, "reset_second_factors", member("support"))

        assert "This person has no second factor" in page
        assert _log(action="second_factor.reset") == []

    def test_of_ones_own_is_for_another_admin(self) -> None:
        phone = Phone()
        client = Client()
        client.force_login(User.objects.get(pk=phone.user.pk))
        client.post("/admin/second-factor/", {"code": phone.code()})

        page = _act(client, "reset_second_factors", phone.user)

        assert "Another admin must reset yours" in page
        assert queries.second_factor(phone.user.pk) is not None

    def test_kills_open_links(self, admin: Client) -> None:
        phone = Phone()
        token = identity.create_staff(
            user_id=phone.user.pk, email=phone.user.email, role="admin", now=now()
        )

        _act(admin, "reset_second_factors", phone.user)

        assert Client().get(f"/account/enroll/{token}").status_code == 422


class TestAPerson:
    def test_shows_the_state_of_the_factor_and_no_secret(self, admin: Client) -> None:
        phone = Phone()

        page = admin.get(f"{USERS}{phone.user.pk}/change/").content.decode()

        assert "10 recovery codes" in page
        assert phone.secret not in page

    @pytest.mark.parametrize("path", ["mfa/authenticator/", "account/emailaddress/"])
    def test_cannot_be_changed_behind_the_door(self, path: str, admin: Client) -> None:
        assert admin.get(f"/admin/{path}").status_code == 404
