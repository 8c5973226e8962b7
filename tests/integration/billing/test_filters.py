"""Billing's lists are filtered alike over REST and GraphQL."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.billing import api
from contexts.billing.models import Checkout, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import CustomerFactory, InvoiceFactory, bought, credits_for, pay
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data

User = get_user_model()

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]


@pytest.fixture
def customer() -> User:
    user: User = UserFactory()
    CustomerFactory(id=user.pk)
    api.load_prices(now=now())
    return user


@pytest.fixture
def client(customer: User, client_for: ClientFor) -> APIClient:
    return client_for(customer)


def _listed(client: APIClient, what: str, **by: str) -> list[str]:
    answer = client.get(f"/api/v1/billing/{what}", by)
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["results"]]


def _asked(client: APIClient, field: str) -> list[str]:
    [nodes] = data(client, f"{{ {field} {{ nodes {{ id }} }} }}").values()
    return [one["id"] for one in nodes["nodes"]]


class TestCheckouts:
    def test_are_filtered_by_status_and_product(self, customer: User, client: APIClient) -> None:
        paid = bought(customer.pk, "premium-monthly")
        pay(paid)
        api.refresh_checkout(checkout_id=paid.pk, now=now())
        begun = bought(customer.pk, "lessons-1")
        open_ = Checkout.objects.get(pk=begun.pk).state

        fulfilled = _listed(client, "checkouts", status="fulfilled")

        assert fulfilled == [str(paid.pk)]
        assert fulfilled == _asked(client, "checkouts(status: fulfilled)")
        assert _listed(client, "checkouts", product="lessons-1") == [str(begun.pk)]
        assert _asked(client, 'checkouts(product: "lessons-1")') == [str(begun.pk)]
        assert _listed(client, "checkouts", product="lessons-1", status=open_) == [str(begun.pk)]

    def test_have_no_other_status(self, client: APIClient) -> None:
        answer = client.get("/api/v1/billing/checkouts", {"status": "unheard"})

        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
        query = "{ checkouts(status: unheard) { nodes { id } } }"
        refused = client.post(
            "/graphql", {"query": query}, headers={"Accept": "application/problem+json"}
        )
        assert (refused.status_code, refused.json()["code"]) == (400, "graphql_invalid")


class TestSubscriptions:
    def test_are_filtered_by_status(self, customer: User, client: APIClient) -> None:
        paid = bought(customer.pk, "premium-monthly")
        pay(paid)
        api.refresh_checkout(checkout_id=paid.pk, now=now())
        mine = str(Subscription.objects.get().pk)

        assert _listed(client, "subscriptions", status="active") == [mine]
        assert _listed(client, "subscriptions", status="expired") == []
        assert _asked(client, "subscriptions(status: active)") == [mine]
        assert _asked(client, "subscriptions(status: expired)") == []


class TestInvoices:
    def test_are_filtered_by_their_date(self, customer: User, client: APIClient) -> None:
        at = now()
        for days in (3, 2, 1):
            InvoiceFactory(customer_id=customer.pk, issued_at=at - timedelta(days=days))
        since, until = (at - timedelta(days=2)).isoformat(), (at - timedelta(days=1)).isoformat()

        listed = _listed(client, "invoices", **{"from": since, "to": until})

        assert len(listed) == 1
        assert listed == _asked(client, f'invoices(from: "{since}", to: "{until}")')


class TestMovements:
    def test_are_filtered_by_their_part(self, customer: User, client: APIClient) -> None:
        credits_for(customer.pk, 1)

        path = "/api/v1/billing/wallet/history"
        available = client.get(path, {"part": "available"}).json()["results"]

        assert [one["part"] for one in available] == ["available"]
        assert client.get(path, {"part": "held"}).json()["results"] == []
