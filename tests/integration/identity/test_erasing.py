"""Being forgotten: two weeks to think again, then account by account, context by context."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import Erasure, User
from contexts.identity.services import erasures
from contexts.shared import privacy
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory(display_name="Ana")


def _told(fact: str) -> int:
    return StoredEvent.objects.filter(name=f"identity.{fact}.v1").count()


class TestTheWish:
    def test_is_due_two_weeks_later_and_keeps_its_day(
        self, person: User, client_for: Callable[[User], APIClient]
    ) -> None:
        client = client_for(person)
        first = client.post("/api/v1/me/erasure")

        again = client.post("/api/v1/me/erasure")

        asked = datetime.fromisoformat(first.json()["requested_at"])
        assert first.status_code == again.status_code == 202
        assert first.json() == again.json() == client.get("/api/v1/me/erasure").json()
        assert datetime.fromisoformat(first.json()["due_at"]) - asked == timedelta(days=14)
        assert _told("erasure_requested") == 1

    def test_can_be_withdrawn(self, person: User, client_for: Callable[[User], APIClient]) -> None:
        client = client_for(person)
        client.post("/api/v1/me/erasure")

        withdrawn = client.delete("/api/v1/me/erasure")

        assert withdrawn.status_code == 204
        assert client.get("/api/v1/me/erasure").json()["code"] == "no_erasure"
        assert api.start_due_erasures(now=now() + timedelta(days=15)) == 0

    def test_cannot_be_withdrawn_once_it_is_carried_out(self, person: User) -> None:
        api.request_erasure(user_id=person.pk, now=now())
        api.start_due_erasures(now=now() + timedelta(days=15))

        with pytest.raises(api.ErasureUnderWay):
            api.withdraw_erasure(user_id=person.pk, now=now())

        assert Erasure.objects.get().started_at is not None


class TestCarryingItOut:
    def test_waits_for_its_day(self, person: User) -> None:
        api.request_erasure(user_id=person.pk, now=now())

        started = api.start_due_erasures(now=now() + timedelta(days=13, hours=23))

        person.refresh_from_db()
        assert started == 0
        assert person.is_active

    def test_ends_the_account_at_once_and_tells_everybody_once(self, person: User) -> None:
        api.request_erasure(user_id=person.pk, now=now())
        due = now() + timedelta(days=14, minutes=1)

        started = [api.start_due_erasures(now=due) for _ in range(2)]

        person.refresh_from_db()
        assert started == [1, 0]
        assert not person.is_active
        assert _told("erasure_due") == 1

    def test_is_complete_when_every_context_has_confirmed(
        self, person: User, deliver: Callable[[], int]
    ) -> None:
        api.request_erasure(user_id=person.pk, now=now())
        api.start_due_erasures(now=now() + timedelta(days=14, minutes=1))

        deliver()

        wish = Erasure.objects.get()
        assert wish.confirmed_by == ["billing", "community", "courses", "identity", "tutoring"]
        assert wish.completed_at is not None
        assert _told("erasure_completed") == 1
        person.refresh_from_db()
        assert (person.display_name, person.email) == ("", f"{person.pk}@erased.invalid")

    def test_waits_for_every_context_that_holds_data_about_people(self) -> None:
        assert {holder.context for holder in privacy.holders()} == erasures.CONTEXTS

    def test_is_not_complete_before(self, person: User) -> None:
        api.request_erasure(user_id=person.pk, now=now())
        for context in ("identity", "courses", "community", "tutoring"):
            api.confirm_erasure(user_id=person.pk, context=context, now=now())
            api.confirm_erasure(user_id=person.pk, context=context, now=now())

        assert Erasure.objects.get().completed_at is None
        assert _told("erasure_completed") == 0
