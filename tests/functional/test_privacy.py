"""Nothing names a person who has left."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as DjangoSession
from django.core.management import call_command
from django.db import connections
from django.db.models import Model, UUIDField
from django.test import Client
from rest_framework.test import APIClient

from contexts.courses import api as courses
from contexts.identity import api as identity
from contexts.shared import privacy
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.models import Mail
from tests.factories.courses import published_course
from tests.factories.identity import UserFactory
from tests.functional.whole_story import Story

User = get_user_model()

CONTEXTS = {"identity", "courses", "community", "tutoring", "billing"}
# UUIDs that name things, not people.
THINGS = {
    "attempt_id",
    "cause_id",
    "correction_id",
    "edit_id",
    "event_id",
    "hold_id",
    # A process that holds a lease.
    "holder",
    "lesson_id",
    "session_id",
    "submission_id",
}
# Columns that no context erases, each with the reason.
STAYING = {
    "account.EmailAddress.user": "never written: addresses are columns of identity's accounts",
    "admin.LogEntry.user": "who of the staff did what; erasure takes the names out of it",
    "audit.AuditEntry.actor_id": "who of the staff did what; the log is final and names ids alone",
    "mailing.Mail.person_id": "erasure in each context deletes its mails (shared/people)",
    "mfa.Authenticator.user": "erasure deletes a second factor (identity's erase_person)",
    "identity.User_groups.user": "the roles of an account; an erased one has none",
    "identity.User_user_permissions.user": "never written: permissions come from roles",
}
# Text with ids of people, each with the reason: an id alone names nobody.
IDS_IN_TEXT = {
    "admin.LogEntry.object_id": "which row was changed; its name is taken out at erasure",
    "admin.LogEntry.object_repr": "as above: rewritten at erasure",
    "audit.AuditEntry.subject": "whom an act was about; the log is final and names ids alone",
    "billing.LedgerAccount.key": "books are kept by law and name the id alone",
    "sandbox.Session.customer_ref": "what a provider is told; in development only",
    "database.IdempotencyKey.owner": "purged with the key, within days",
    "messaging.StoredEvent.data": "events hold ids, codes and instants only",
    "messaging.StoredEvent.subject": "events outlive an erasure, and name the id alone",
    "sessions.Session.session_data": "staff's sign-in, purged when it has expired",
}
PEOPLE = {"User", "Member", "Customer", "Tutor", "Learner", "Person"}


def _person_fields(model: type[Model]) -> set[str]:
    """Return the columns that hold ids of people: each UUID that does not name a thing."""
    name = model.__name__
    named = {
        f"{name}.{field.name}"
        for field in model._meta.fields
        if not field.primary_key
        and (
            (isinstance(field, UUIDField) and field.name not in THINGS)
            or (field.related_model is not None and field.related_model.__name__ in PEOPLE)
        )
    }
    key: Any = model._meta.pk
    # A row of a person has the person's id, and so has a row whose key refers to one.
    of_person = name in PEOPLE or getattr(key.related_model, "__name__", "") in PEOPLE
    if of_person or (isinstance(key, UUIDField) and key.name not in {"id", *THINGS}):
        named.add(f"{name}.{key.name}")
    return named


class TestTheRegistry:
    @pytest.mark.parametrize("context", sorted(CONTEXTS))
    def test_knows_every_column_that_holds_a_persons_id(self, context: str) -> None:
        held = {
            field
            for model in apps.get_app_config(context).get_models()
            for field in _person_fields(model)
        }
        holders = [each for each in privacy.holders() if each.context == context]
        known = {column for each in holders for column in each.columns}

        assert known == held

    def test_names_every_other_such_column_with_its_reason(self) -> None:
        held = {
            f"{model._meta.app_label}.{field}"
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created or model._meta.app_label not in CONTEXTS
            for field in _person_fields(model)
        }

        assert held == set(STAYING)

    def test_sees_such_columns(self) -> None:
        tables = ("identity.Session", "courses.Memory", "billing.Wallet")
        missed = set().union(*(_person_fields(apps.get_model(label)) for label in tables))

        assert missed == {"Session.user", "Memory.learner_id", "Wallet.customer_id"}


def _columns_with(ids: set[str]) -> set[str]:
    """Return the columns of text or JSON that contain one of the ids."""
    return {
        f"{model._meta.label}.{name}"
        for model, row in _rows()
        for name, value in row.items()
        if not isinstance(value, UUID) and any(one in str(value) for one in ids)
    }


def _rows() -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """Yield every row of every table in every database."""
    for alias in all_aliases():
        tables = set(connections[alias].introspection.table_names())
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in tables:
                names = [field.name for field in model._meta.fields if not field.is_relation]
                for row in model._default_manager.using(alias).values(*names):
                    yield model, _readable(row)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    if "session_data" not in row:
        return row
    return {**row, "session_data": DjangoSession(session_data=row["session_data"]).get_decoded()}


@pytest.mark.django_db
class TestATextColumn:
    def test_in_which_a_persons_id_stands_is_named_with_its_reason(
        self, client_for: Callable[[User], APIClient], deliver: Callable[[], int]
    ) -> None:
        story = Story(client_for, deliver)
        story.live()
        person = story.writer
        _look_after(person)
        key = {"Idempotency-Key": "once"}
        report = {"kind": "course", "subject": str(new_id()), "reason": "spam"}
        client_for(person).post("/api/v1/community/reports", report, format="json", headers=key)
        wanted = {"course": "tiny"}
        client_for(person).post("/api/v1/enrollments", wanted, format="json", headers=key)

        found = _columns_with({str(person.pk), person.pk.hex})

        assert found == set(IDS_IN_TEXT)


def _look_after(person: User) -> None:
    """Sign staff in with a browser and open a person in the admin."""
    Client().force_login(person)
    LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=str(person.pk),
        action_flag=CHANGE,
    )


@pytest.fixture
def person(deliver: Callable[[], int]) -> User:
    course = published_course()
    user: User = UserFactory(display_name="Canary Name", email="canary@example.org")
    identity.set_languages(user_id=user.pk, native=["en"], studied=[], now=now())
    courses.enroll(enrollment_id=new_id(), learner_id=user.pk, course=course.key, now=now())
    deliver()
    return user


def _everything() -> str:
    return "\n".join(
        str(row) for model in apps.get_models() for row in model._default_manager.values()
    )


@pytest.mark.django_db
class TestExport:
    def test_has_a_part_of_every_context(self, person: User) -> None:
        found = privacy.export_person(person_id=person.pk)

        assert found["identity"]["email"] == "canary@example.org"
        assert len(found["courses"]["enrollments"]) == 1
        assert found["community"]["display_name"] == "Canary Name"

    def test_is_empty_for_a_stranger(self) -> None:
        found = privacy.export_person(person_id=new_id())

        assert found.pop("courses")["enrollments"] == []
        assert not any(found.values())


@pytest.mark.django_db
class TestErasure:
    def test_leaves_no_trace_of_the_name_or_the_address(
        self, person: User, deliver: Callable[[], int]
    ) -> None:
        before = _everything()

        identity.mail_password_reset(user_id=person.pk, now=now())
        call_command("person", "erase", person.email, "--yes")
        deliver()

        assert "Canary" in before
        assert "canary" in before
        assert "canary" not in _everything().lower()
        assert not Mail.objects.exists()

    def test_can_be_repeated(self, person: User) -> None:
        person_id: UUID = person.pk
        privacy.erase_person(person_id=person_id, now=now())

        privacy.erase_person(person_id=person_id, now=now())

        assert User.objects.get(pk=person_id).erased_at is not None
