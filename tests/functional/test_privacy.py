"""Whoever leaves is found nowhere any more."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model, UUIDField

from contexts.courses import api as courses
from contexts.courses.models import Memory
from contexts.identity import api as identity
from contexts.identity.models import Session, User
from contexts.shared import privacy
from contexts.shared.kernel import new_id, now
from tests.factories.courses import published_course
from tests.factories.identity import UserFactory

CONTEXTS = {"identity", "courses", "community", "tutoring", "billing"}
# UUIDs that name things, not people.
THINGS = {
    "attempt_id",
    "cause_id",
    "correction_id",
    "edit_id",
    "event_id",
    "hold_id",
    "lesson_id",
    "submission_id",
}
PEOPLE = {"User", "Member", "Customer", "Tutor", "Learner", "Person"}


def _person_fields(model: type[Model]) -> set[str]:
    """Every column that is a person's id: any UUID that is not known to name a thing."""
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
    key = model._meta.pk
    # A row named for a person has the person's id as its own.
    if name in PEOPLE or (key is not None and getattr(key.related_model, "__name__", "") in PEOPLE):
        named.add(f"{name}.{key.name if key else ''}")
    return named


class TestTheRegistry:
    @pytest.mark.parametrize("context", sorted(CONTEXTS))
    def test_knows_every_column_that_holds_a_persons_id(self, context: str) -> None:
        held = {
            field
            for model in apps.get_app_config(context).get_models()
            for field in _person_fields(model)
        }
        known = {name for one in privacy.holders() if one.context == context for name in one.fields}

        assert known == held

    def test_sees_such_columns(self) -> None:
        missed = _person_fields(Session) | _person_fields(Memory)

        assert missed == {"Session.user", "Memory.learner_id"}


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

        call_command("person", "erase", person.email, "--yes")
        deliver()

        assert "Canary" in before
        assert "canary" in before
        assert "canary" not in _everything().lower()

    def test_can_be_repeated(self, person: User) -> None:
        person_id: UUID = person.pk
        privacy.erase_person(person_id=person_id, now=now())

        privacy.erase_person(person_id=person_id, now=now())

        assert User.objects.get(pk=person_id).erased_at is not None
