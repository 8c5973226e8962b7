"""Roles are granted from the console of a deployment without accounts."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def person(*arguments: str) -> str:
    out = StringIO()
    call_command("person", *arguments, stdout=out)
    return out.getvalue().strip()


def roles(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


class TestARole:
    def test_is_given_and_taken_by_address(self) -> None:
        user = UserFactory()

        given = person("role", user.email, "tutor")
        held = roles(user)
        taken = person("role", user.email, "tutor", "--revoke")

        assert (given, taken) == ("granted the role tutor", "revoked the role tutor")
        assert held == {"learner", "tutor"}
        assert roles(user) == {"learner"}
        assert StoredEvent.objects.filter(name="identity.role_changed.v1").count() == 2

    def test_opens_the_admin(self) -> None:
        user = UserFactory()

        person("role", str(user.pk), "admin")

        user.refresh_from_db()
        assert user.is_staff
        assert user.is_superuser

    @pytest.mark.parametrize("who", ["nobody@example.org", "01890000-0000-7000-8000-0000000000ff"])
    def test_of_nobody_is_refused_in_one_line(self, who: str) -> None:
        with pytest.raises(CommandError, match="there is no person with the") as refused:
            person("role", who, "tutor")

        assert "\n" not in str(refused.value)

    def test_that_is_none_is_refused_with_those_that_are(self) -> None:
        user = UserFactory()

        with pytest.raises(CommandError, match=r"invalid choice: 'king'.*'tutor'"):
            person("role", user.email, "king")

        assert roles(user) == {"learner"}


class TestTheFirstAdministrator:
    def test_stays_one_when_another_role_is_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(os.environ, "DJANGO_SUPERUSER_PASSWORD", PASSWORD)
        call_command("createsuperuser", "--noinput", email="first@example.org", stdout=StringIO())
        first = User.objects.get(email="first@example.org")

        identity.grant_role(user_id=first.pk, role="support", now=now())

        first.refresh_from_db()
        assert first.is_superuser
        assert roles(first) == {"admin", "support"}
