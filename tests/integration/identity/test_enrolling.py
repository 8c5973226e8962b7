"""Enrollment links: a password, a second factor and recovery codes, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from contexts.identity import api, queries
from contexts.identity.models import StaffEnrollment
from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, SessionFactory, address_token
from tests.integration.identity.authenticator import (
    NEW_PASSWORD,
    Phone,
    code_of,
    link_for,
    member,
    scanned,
    shown_codes,
    wrong,
)
from tests.integration.identity.people import Deliver
from tests.parallel import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


DEAD = "This link is invalid or has expired"


def _enroll(path: str, *, client: Client | None = None, **changes: str) -> Any:
    """Scan the picture behind a link and send the form, with other values for `changes`."""
    client = client or Client()
    secret, sealed = scanned(client.get(path))
    form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret)}
    return client.post(path, {**form, **changes})


class TestALink:
    def test_sets_a_password_and_a_second_factor(self) -> None:
        user = member()
        session = SessionFactory(user=user)

        page = _enroll(link_for(user))

        user.refresh_from_db()
        session.refresh_from_db()
        factor = queries.second_factor(user.pk)
        assert page.status_code == 200
        assert len(set(shown_codes(page))) == 10
        assert user.check_password(NEW_PASSWORD)
        assert factor is not None
        assert factor.recovery_codes_left == 10
        assert session.ended_because == "staff_enrolled"

    def test_shows_the_secret_as_a_picture_and_as_text(self) -> None:
        user = member()

        page = Client().get(link_for(user)).content.decode()

        assert user.email in page
        assert re.search(r'src="data:image/svg\+xml[^"]+"', page)
        assert re.search(r'class="secret">[A-Z2-7]{32}<', page)

    def test_shows_another_secret_each_time(self) -> None:
        path = link_for(member())

        assert scanned(Client().get(path))[0] != scanned(Client().get(path))[0]

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"code": "123"}, "This code is wrong"),
            ({"code": ""}, "This field is required"),
            ({"password": "password12"}, "too easy to guess"),
        ],
    )
    def test_with_a_mistake_shows_the_same_secret_again(
        self, changes: dict[str, str], message: str
    ) -> None:
        user, client = member(), Client()
        path = link_for(user)
        secret, sealed = scanned(client.get(path))

        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret), **changes}
        refused = client.post(path, form)

        user.refresh_from_db()
        assert refused.status_code == 422
        assert message in refused.content.decode()
        assert scanned(refused)[0] == secret
        assert queries.second_factor(user.pk) is None
        assert user.check_password(PASSWORD)
        assert StaffEnrollment.objects.get().used_at is None

    def test_refuses_a_wrong_code(self) -> None:
        user, client = member(), Client()
        path = link_for(user)
        secret, sealed = scanned(client.get(path))

        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": wrong(code_of(secret))}

        assert client.post(path, form).status_code == 422
        assert queries.second_factor(user.pk) is None

    def test_works_once(self) -> None:
        user = member()
        path, client = link_for(user), Client()
        secret, sealed = scanned(client.get(path))
        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret)}
        client.post(path, form)

        again = client.post(path, {**form, "password": "another good password"})

        user.refresh_from_db()
        assert (again.status_code, DEAD in again.content.decode()) == (422, True)
        assert client.get(path).status_code == 422
        assert user.check_password(NEW_PASSWORD)

    def test_is_dead_after_a_day(self, noon: time_machine.Traveller) -> None:
        path = link_for(member())
        noon.shift(timedelta(hours=24, seconds=1))

        page = Client().get(path)

        assert (page.status_code, DEAD in page.content.decode()) == (422, True)

    def test_is_deleted_after_a_month(self, noon: time_machine.Traveller) -> None:
        link_for(member())
        noon.shift(timedelta(days=31))

        api.purge_sessions(now=now())

        assert not StaffEnrollment.objects.exists()

    def test_is_dead_after_a_change_of_the_address(self) -> None:
        user = member()
        path = link_for(user)

        api.confirm_address(token=address_token(user), now=now())

        assert Client().get(path).status_code == 422

    def test_kills_the_one_before(self) -> None:
        user = member()
        first, second = link_for(user), link_for(user)

        assert Client().get(first).status_code == 422
        assert Client().get(second).status_code == 200

    def test_is_dead_if_the_role_was_revoked_meanwhile(self) -> None:
        user, client = member(), Client()
        path = link_for(user)
        secret, sealed = scanned(client.get(path))
        api.revoke_role(user_id=user.pk, role="admin", now=now())

        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret)}
        page = client.post(path, form)

        user.refresh_from_db()
        assert page.status_code == 422
        assert user.check_password(PASSWORD)
        assert queries.second_factor(user.pk) is None

    @pytest.mark.parametrize("token", ["x", "x" * 300, "01890000-0000-7000-8000-0000000000ff"])
    def test_that_is_none_is_dead(self, token: str) -> None:
        page = Client().get(f"/account/enroll/{token}")

        assert (page.status_code, DEAD in page.content.decode()) == (422, True)

    def test_does_not_take_the_secret_of_another_link(self) -> None:
        mine, theirs = link_for(member()), link_for(member())
        secret, sealed = scanned(Client().get(theirs))

        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret)}

        assert Client().post(mine, form).status_code == 422
        assert not Authenticator.objects.exists()

    def test_replaces_the_factor_of_before(self) -> None:
        phone = Phone()
        old = phone.code()

        lost = Phone(phone.user)

        assert Authenticator.objects.filter(user_id=phone.user.pk).count() == 2
        assert not set(lost.recovery_codes) & set(phone.recovery_codes)
        assert old != lost.code()

    def test_tells_the_person_by_mail(self, deliver: Deliver) -> None:
        user = member()

        _enroll(link_for(user))
        deliver()

        [message] = mail.outbox
        assert message.to == [user.email]
        assert message.subject == "Your second factor was changed"
        assert "A new password and a new second factor were set" in message.body

    def test_leaves_an_entry_in_the_audit_log(self) -> None:
        user = member()

        _enroll(link_for(user))

        log = AuditEntry.objects.using(alias_of("identity")).order_by("pk")
        [asked] = log.filter(action="staff_enrollment.requested")
        [done] = log.filter(action="second_factor.enrolled")
        assert (asked.source, asked.subject) == ("console", f"identity.user:{user.pk}")
        assert (done.source, done.actor_id) == ("pages", user.pk)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_link_works_once(self) -> None:
        user = member()
        path = link_for(user)
        forms = []
        for number in range(4):
            secret, sealed = scanned(Client().get(path))
            forms.append({"sealed": sealed, "password": f"a good secret {number}"})
            forms[-1]["code"] = code_of(secret)

        pages = at_once(lambda n: Client().post(path, forms[n]), times=4)

        statuses = sorted(page.status_code for page in pages)  # type: ignore[union-attr]
        user.refresh_from_db()
        assert statuses == [200, 422, 422, 422]
        winner = [page.status_code for page in pages].index(200)  # type: ignore[union-attr]
        assert user.check_password(forms[winner]["password"])
        assert Authenticator.objects.filter(user_id=user.pk).count() == 2

    def test_of_two_new_links_one_lives(self) -> None:
        user = member()

        paths = at_once(lambda _: link_for(user), times=4)

        alive = [path for path in paths if Client().get(str(path)).status_code == 200]
        assert len(alive) == 1
