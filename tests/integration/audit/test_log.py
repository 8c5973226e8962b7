"""The audit log: every act of the staff, who did it, to whom, and why; never changed."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.test import Client

from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.audit.models import AuditEntry
from contexts.shared.audit.recording import record
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import Delivery, StoredEvent
from contexts.tutoring.models import Tutor
from tests.factories.identity import PASSWORD, UserFactory
from tests.factories.tutoring import approved_tutor

pytestmark = pytest.mark.django_db

USERS, TUTORS = "/admin/identity/user/", "/admin/tutoring/tutor/"


def _staff(*roles: str) -> tuple[User, Client]:
    user = UserFactory()
    for role in roles:
        identity.grant_role(user_id=user.pk, role=role, now=now())
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=user.pk))
    return user, client


def _log(**wanted: Any) -> list[AuditEntry]:
    return list(AuditEntry.objects.using(alias_of("identity")).filter(**wanted).order_by("at"))


class TestAnAdminAction:
    def test_is_recorded_with_who_whom_before_after_and_why(self) -> None:
        staff, client = _staff("support")
        tutor_id = approved_tutor()
        Tutor.objects.filter(pk=tutor_id).update(state="applied")

        client.post(
            TUTORS,
            {"action": "approve", "_selected_action": [str(tutor_id)], "reason": "papers seen"},
        )

        [entry] = _log(action="admin.tutoring.tutor.approve")
        assert (entry.actor_id, entry.source) == (staff.pk, "admin")
        assert entry.subject == f"tutoring.tutor:{tutor_id}"
        assert (entry.before["state"], entry.after["state"]) == ("applied", "active")
        assert (entry.reason, entry.outcome) == ("papers seen", "done")

    def test_on_several_rows_is_recorded_for_each(self) -> None:
        _, client = _staff("admin")
        people = [UserFactory(), UserFactory()]

        client.post(
            USERS, {"action": "end_accounts", "_selected_action": [str(one.pk) for one in people]}
        )

        entries = _log(action="admin.identity.user.end_accounts")
        assert {entry.subject for entry in entries} == {f"identity.user:{p.pk}" for p in people}
        assert all(entry.before["is_active"] and not entry.after["is_active"] for entry in entries)

    def test_that_is_refused_is_recorded_as_such(self) -> None:
        staff, client = _staff("support")
        person = UserFactory()

        response = client.post(f"{USERS}{person.pk}/change/", {"roles": ["admin"]})

        [entry] = _log(actor_id=staff.pk, source="admin")
        assert (response.status_code, entry.outcome) == (403, "refused")
        assert (entry.before, entry.after) == ({}, {})

    @pytest.mark.parametrize("url", [USERS, TUTORS, "/admin/billing/checkout/"])
    def test_with_an_id_that_is_none_is_refused(self, url: str) -> None:
        _, client = _staff("admin")

        response = client.post(url, {"action": "approve", "_selected_action": ["nonsense"]})

        assert response.status_code == 400

    @pytest.mark.parametrize("key", ["9" * 23, "-1"])
    def test_with_a_number_that_no_row_has_changes_nothing(self, key: str) -> None:
        _, client = _staff("admin")

        response = client.post(
            "/admin/messaging/delivery/", {"action": "send_again", "_selected_action": [key]}
        )

        assert response.status_code in {200, 302, 400}

    @pytest.mark.parametrize("role", [None, "learner"])
    def test_of_people_outside_the_staff_leaves_nothing(self, role: str | None) -> None:
        client, table = Client(), "/admin/identity/user/"
        if role:
            client.force_login(UserFactory(roles=(role,)))
        form = {"action": "end_accounts", "_selected_action": [str(new_id()) for _ in range(900)]}
        before = AuditEntry.objects.using(alias_of("identity")).count()

        response = client.post(table, form)

        assert response.status_code == 302
        assert AuditEntry.objects.using(alias_of("identity")).count() == before

    def test_that_is_not_offered_is_recorded_as_refused(self) -> None:
        staff, client = _staff("support")

        client.post(USERS, {"action": "x" * 500, "_selected_action": [str(staff.pk)]})

        [entry] = _log(actor_id=staff.pk, source="admin")
        assert (entry.outcome, len(entry.action)) == ("refused", len("admin.identity.user.") + 40)

    def test_keeps_names_and_addresses_out_of_the_log(self) -> None:
        _, client = _staff("admin")
        person = UserFactory(display_name="Canary", email="canary@example.org")

        client.post(USERS, {"action": "end_accounts", "_selected_action": [str(person.pk)]})

        log = AuditEntry.objects.using(alias_of("identity"))
        [entry] = log.filter(action__contains="end_accounts").values()
        assert "anary" not in str(entry)


class TestARoleChange:
    def test_is_recorded_with_its_actor(self) -> None:
        by, person = new_id(), UserFactory()

        identity.grant_role(user_id=person.pk, role="finance", now=now(), by=by)
        identity.revoke_role(user_id=person.pk, role="finance", now=now())

        granted, revoked = _log(subject=f"identity.user:{person.pk}")
        assert (granted.action, granted.actor_id, granted.source) == ("role.granted", by, "admin")
        assert (revoked.action, revoked.actor_id, revoked.source) == (
            "role.revoked",
            None,
            "console",
        )
        assert granted.after == {"role": "finance"}


class TestASignIn:
    @pytest.mark.parametrize("door", ["api", "pages"])
    def test_and_its_refusal_are_recorded(self, door: str) -> None:
        person = UserFactory(is_staff=True)

        for password in ("a wrong password", PASSWORD):
            _sign_in(door, person.email, password)

        refused, done = _log(action="sign_in")
        assert (refused.outcome, refused.actor_id, refused.source) == ("refused", None, door)
        assert (done.outcome, done.actor_id, done.source) == ("done", person.pk, door)
        assert refused.subject == done.subject == f"identity.user:{person.pk}"

    def test_to_no_account_leaves_no_address(self) -> None:
        _sign_in("api", "nobody@example.org", PASSWORD)

        [entry] = _log(action="sign_in")
        assert (entry.outcome, entry.reason) == ("refused", "wrong_credentials")
        assert entry.subject.startswith("address:")
        assert "nobody" not in str(entry.__dict__)


def _sign_in(door: str, email: str, password: str) -> None:
    if door == "api":
        body = {"email": email, "password": password}
        Client().post("/api/v1/auth/sign-in", body, content_type="application/json")
    else:
        Client().post("/admin/login/?next=/admin/", {"username": email, "password": password})


class TestDeadDeliveries:
    @pytest.mark.parametrize(("role", "state"), [("support", "dead"), ("admin", "open")])
    def test_are_sent_again_by_the_admin_role_alone(self, role: str, state: str) -> None:
        _, client = _staff(role)
        event = StoredEvent.objects.first()
        delivery = Delivery.objects.create(
            event=event, subscriber="a.b", state="dead", due_at=now(), created_at=now()
        )

        client.post(
            "/admin/messaging/delivery/",
            {"action": "send_again", "_selected_action": [str(delivery.pk)]},
        )

        delivery.refresh_from_db()
        assert delivery.state == state


class TestTheLog:
    def test_is_final(self) -> None:
        record("test", source="console", at=now())
        [entry] = _log(action="test")
        table, alias = AuditEntry._meta.db_table, alias_of("identity")

        with pytest.raises(TypeError, match="final"):
            entry.save()
        with pytest.raises(TypeError, match="final"):
            entry.delete()
        with pytest.raises(DatabaseError, match="final"), transaction.atomic(using=alias):
            connections[alias].cursor().execute(f"UPDATE {table} SET reason = 'none'")

    def test_opens_for_the_admin_role_alone(self) -> None:
        record("test", source="console", at=now())
        statuses = {
            role: _staff(role)[1].get("/admin/audit/auditentry/").status_code
            for role in ("admin", "support", "finance", "moderator")
        }

        assert statuses == {"admin": 200, "support": 403, "finance": 403, "moderator": 403}

    def test_is_printed_as_lines_of_json(self) -> None:
        actor = new_id()
        record("one", source="admin", at=now(), actor_id=actor, after={"state": "open"})
        record("two", source="console", at=now())
        output = io.StringIO()

        call_command("audit", "--actor", str(actor), stdout=output)

        [line] = output.getvalue().splitlines()
        found = json.loads(line)
        assert (found["action"], found["after"]) == ("one", {"state": "open"})
