import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.kernel import now
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent
from tests.factories.identity import UserFactory
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    THERE,
    deliveries,
    hand_over,
    happened,
    note,
    say,
    sealed,
)

pytestmark = pytest.mark.django_db

HOMES = {StoredEvent: ORIGIN, Delivery: ORIGIN, InboxEntry: THERE}


@pytest.fixture
def staff() -> Client:
    user = UserFactory()
    identity.grant_role(user_id=user.pk, role="admin", now=now())
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def _count(model: type) -> int:
    return model.objects.using(HOMES[model]).count()


def _page(model: type, page: str = "changelist", *arguments: object) -> str:
    return reverse(f"admin:messaging_{model._meta.model_name}_{page}", args=arguments)


@pytest.fixture
def rows(subscribe: Subscribe) -> dict[type, object]:
    subscribe(note)
    say(happened())
    hand_over(sealed()[0])
    say(happened())
    return {model: model.objects.using(alias).first() for model, alias in HOMES.items()}


@pytest.mark.parametrize("model", [StoredEvent, Delivery, InboxEntry])
class TestThePagesOfThePipeline:
    def test_list_its_rows(self, model: type, staff: Client, rows: dict[type, object]) -> None:
        page = staff.get(_page(model), {"database": HOMES[model]})

        assert page.status_code == 200
        assert page.context["cl"].queryset.db == HOMES[model]
        assert page.context["cl"].result_count == _count(model) > 0

    def test_show_a_row(self, model: type, staff: Client, rows: dict[type, object]) -> None:
        found = {"_changelist_filters": f"database={HOMES[model]}"}
        page = staff.get(_page(model, "change", rows[model].pk), found)

        assert page.status_code == 200

    @pytest.mark.parametrize("page", ["add", "delete"])
    def test_let_nobody_add_or_delete(
        self, model: type, page: str, staff: Client, rows: dict[type, object]
    ) -> None:
        arguments = [rows[model].pk] if page == "delete" else []
        before = _count(model)

        refused = staff.post(_page(model, page, *arguments), {"post": "yes"})

        assert refused.status_code == 403
        assert _count(model) == before

    def test_show_identitys_database_to_whoever_asks_for_none_or_nonsense(
        self, model: type, staff: Client, rows: dict[type, object]
    ) -> None:
        pages = [staff.get(_page(model)), staff.get(_page(model), {"database": "nonsense"})]

        assert [page.context["cl"].queryset.db for page in pages] == [ORIGIN, ORIGIN]


class TestFiltering:
    def test_by_subscriber_finds_its_rows(self, staff: Client, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())

        found = staff.get(_page(Delivery), {"subscriber": "community.react"}).context["cl"]
        others = staff.get(_page(Delivery), {"subscriber": "community.count_lesson"}).context["cl"]

        assert (found.result_count, others.result_count) == (len(deliveries()), 0)


class TestSendingAgain:
    def test_opens_the_chosen_dead_deliveries(self, staff: Client, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened(), happened(), happened())
        chosen, other, _ = deliveries()
        Delivery.objects.using(ORIGIN).filter(pk__in=[chosen.pk, other.pk]).update(
            state=Delivery.State.DEAD, failures=8
        )

        staff.post(_page(Delivery), {"action": "send_again", "_selected_action": [chosen.pk]})

        chosen.refresh_from_db()
        other.refresh_from_db()
        assert (chosen.state, chosen.failures) == (Delivery.State.OPEN, 0)
        assert other.state == Delivery.State.DEAD

    def test_is_an_action_of_deliveries_alone(self) -> None:
        actions = {
            model: admin.site._registry[model].actions
            for model in (StoredEvent, Delivery, InboxEntry)
        }

        assert actions[Delivery] == ["send_again"]
        assert not actions[StoredEvent]
