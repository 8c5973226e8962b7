"""Billing over GraphQL: the same story as over REST, in as few statements."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contexts.billing import api
from contexts.billing.models import Checkout, Subscription
from contexts.shared.kernel import new_id, now
from tests.factories.billing import (
    CustomerFactory,
    InvoiceFactory,
    VoucherFactory,
    bought,
    credits_for,
    pay,
)
from tests.factories.identity import UserFactory
from tests.integration.graphql.asking import data, error

User = get_user_model()

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], APIClient]

BUY = """mutation ($p: String!, $v: String) {
  beginCheckout(product: $p, voucher: $v) { id status amount price currency url voucher }
}"""
ENTITLEMENTS = "{ entitlements { premium { active until sources { kind id from until state } } } }"
CANCEL = "mutation ($s: UUID!) { cancelSubscription(subscription: $s) { status canceling } }"


@pytest.fixture
def customer() -> User:
    user: User = UserFactory(country="ES", interface_language="es")
    CustomerFactory(id=user.pk)
    api.load_prices(now=now())
    return user


@pytest.fixture
def client(customer: User, client_for: ClientFor) -> APIClient:
    return client_for(customer)


class TestPrices:
    def test_are_those_of_the_callers_country_in_their_language(self, client: APIClient) -> None:
        prices = data(client, "{ prices { product name amount currency credits } }")["prices"]

        assert prices[0] == {
            "product": "premium-monthly",
            "name": "Premium, un mes",
            "amount": 999,
            "currency": "EUR",
            "credits": 0,
        }
        assert [one["credits"] for one in prices] == [0, 0, 1, 5]


class TestBuying:
    def test_says_where_to_pay(self, client: APIClient) -> None:
        VoucherFactory(code="HALF")

        checkout = data(client, BUY, p="lessons-5", v="HALF")["beginCheckout"]

        assert (checkout["status"], checkout["voucher"]) == ("open", "HALF")
        assert (checkout["price"], checkout["amount"], checkout["currency"]) == (7000, 3500, "EUR")
        assert checkout["url"].endswith(Checkout.objects.get().provider_ref)

    def test_of_an_unknown_product_is_refused(self, client: APIClient) -> None:
        assert error(client, BUY, p="nothing")["code"] == "unknown_product"
        assert not Checkout.objects.exists()

    def test_is_hidden_from_other_people(self, client: APIClient) -> None:
        foreign = bought(new_id())

        refusal = error(client, f'{{ checkout(id: "{foreign.pk}") {{ id }} }}')

        assert refusal["code"] == "checkout_not_found"


class TestPremium:
    def test_is_explained_and_canceled(self, client: APIClient, customer: User) -> None:
        checkout = bought(customer.pk, "premium-monthly")
        pay(checkout)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        subscription = Subscription.objects.get()

        before = data(client, ENTITLEMENTS)["entitlements"]["premium"]
        canceled = data(client, CANCEL, s=str(subscription.pk))["cancelSubscription"]
        api.refresh_subscription(subscription_id=subscription.pk, now=now())
        after = data(client, ENTITLEMENTS)["entitlements"]["premium"]

        assert before["active"]
        assert [(one["kind"], one["state"]) for one in before["sources"]] == [
            ("subscription", "active")
        ]
        assert canceled == {"status": "active", "canceling": True}
        assert [one["state"] for one in after["sources"]] == ["canceled"]
        assert after["until"] == after["sources"][0]["until"]

    def test_of_another_person_is_not_canceled(self, client: APIClient) -> None:
        checkout = bought(CustomerFactory().pk, "premium-monthly")
        pay(checkout)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        subscription = Subscription.objects.get()

        refusal = error(client, CANCEL, s=str(subscription.pk))

        assert refusal["code"] == "subscription_not_found"
        assert Subscription.objects.get().cancel_wanted == ""

    def test_comes_from_a_voucher_once(self, client: APIClient) -> None:
        VoucherFactory(code="WEEK", kind="free_days", percent=0, days=7)
        redeem = 'mutation { redeemVoucher(code: "WEEK") { premium { active sources { kind } } } }'

        premium = data(client, redeem)["redeemVoucher"]["premium"]

        assert premium == {"active": True, "sources": [{"kind": "voucher"}]}
        assert error(client, redeem)["code"] == "voucher_refused"


class TestEverything:
    EVERYTHING = """{
      wallet { available held bookable grants { kind available } }
      invoices { nodes { number gross net tax periodStart periodEnd } }
      checkouts { nodes { product status } }
      subscriptions { nodes { product status } }
    }"""

    def _statements(self, client: APIClient) -> int:
        with CaptureQueriesContext(connection) as statements:
            data(client, self.EVERYTHING)
        return len(statements)

    def test_costs_the_same_for_any_number_of_rows(self, client: APIClient, customer: User) -> None:
        def more(count: int) -> None:
            InvoiceFactory.create_batch(count, customer_id=customer.pk)
            for _ in range(count):
                credits_for(customer.pk, 1)
                bought(customer.pk, "lessons-1")

        more(1)
        few = self._statements(client)
        more(15)

        assert self._statements(client) == few <= 8
        found = data(client, self.EVERYTHING)
        assert found["wallet"]["bookable"] == 16
        assert len(found["invoices"]["nodes"]) == 16

    def test_is_refused_without_a_sign_in(self) -> None:
        assert error(APIClient(), "{ wallet { available } }")["code"] == "not_authenticated"
