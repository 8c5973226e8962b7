"""Concurrent requests: one charge, one use, numbers without gaps."""

import json
from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    Entitlement,
    Invoice,
    LedgerTransaction,
    Subscription,
    Voucher,
    Wallet,
    Webhook,
)
from contexts.shared.kernel import new_id, now
from tests.factories.billing import CustomerFactory, VoucherFactory, bought, pay
from tests.factories.identity import UserFactory, access_token
from tests.integration.billing.test_webhooks import event, post, signed
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUTS = "/api/v1/billing/checkouts"


def _buy(token: str, key: str, product: str = "lessons-5") -> Any:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client.post(CHECKOUTS, {"product": product}, headers={"Idempotency-Key": key})


class TestAHundredRequestsWithOneKey:
    def test_have_one_charge_and_equal_answers(self) -> None:
        api.load_prices(now=now())
        token = access_token(UserFactory())

        answers = at_once(lambda _: _buy(token, "one"), times=100)

        assert {answer.status_code for answer in answers} == {201}
        assert len({json.dumps(answer.json(), sort_keys=True) for answer in answers}) == 1
        checkout = Checkout.objects.get()
        assert vendor.Session.objects.get().pk == checkout.provider_ref
        at_once(lambda _: pay(checkout), times=8)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        assert vendor.Charge.objects.count() == 1

    def test_of_another_body_are_refused(self) -> None:
        api.load_prices(now=now())
        token = access_token(UserFactory())
        _buy(token, "one")

        answer = _buy(token, "one", product="lessons-1")

        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
        assert Checkout.objects.count() == 1


class TestManyAtOnce:
    def test_use_the_last_use_of_a_voucher_once(self) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30, max_uses=1)
        people = [new_id() for _ in range(16)]

        outcomes = at_once(
            lambda n: api.redeem_voucher(customer_id=people[n], code=voucher.code, now=now()),
            times=16,
        )

        refused = [one for one in outcomes if isinstance(one, api.VoucherRefused)]
        assert (outcomes.count(None), len(refused)) == (1, 15)
        assert Voucher.objects.get().used == 1
        assert Entitlement.objects.exclude(until=None).count() == 1

    def test_use_a_voucher_for_one_person_once(self) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        customer_id = new_id()

        outcomes = at_once(
            lambda _: api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now()),
            times=8,
        )

        assert outcomes.count(None) == 1
        assert Voucher.objects.get().used == 1

    def test_fulfill_one_purchase_once(self) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk)
        pay(checkout)

        outcomes = at_once(
            lambda _: api.refresh_checkout(checkout_id=checkout.pk, now=now()), times=10
        )

        assert outcomes == [None] * 10
        assert Wallet.objects.get().available == 500
        assert Invoice.objects.count() == 1
        assert api.check_ledger() == []

    def test_begin_one_trial_of_a_person(self) -> None:
        customer: Any = CustomerFactory()
        checkouts: list[UUID] = []
        for checkout in [bought(customer.pk, "premium-monthly", trial=True) for _ in range(6)]:
            pay(checkout)
            checkouts.append(checkout.pk)

        outcomes = at_once(
            lambda n: api.refresh_checkout(checkout_id=checkouts[n], now=now()), times=6
        )

        assert outcomes == [None] * 6
        states = sorted(Subscription.objects.values_list("state", flat=True))
        assert states == ["expired"] * 5 + ["trialing"]
        assert Entitlement.objects.get().revision == 1

    def test_number_their_invoices_without_a_gap(self) -> None:
        customers: list[Any] = [CustomerFactory() for _ in range(12)]
        checkouts: list[UUID] = []
        for customer in customers:
            checkout = bought(customer.pk, "premium-monthly")
            pay(checkout)
            checkouts.append(checkout.pk)

        outcomes = at_once(
            lambda n: api.refresh_checkout(checkout_id=checkouts[n], now=now()), times=12
        )

        assert outcomes == [None] * 12
        numbers = Invoice.objects.order_by("sequence").values_list("sequence", flat=True)
        assert list(numbers) == list(range(1, 13))
        assert api.check_ledger() == []

    def test_store_one_webhook_once(self) -> None:
        body = event()

        outcomes = at_once(lambda _: post(body, signed(body)), times=16)

        assert outcomes == [200] * 16
        assert Webhook.objects.count() == 1

    def test_cancel_one_subscription_once(self) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk, "premium-monthly")
        pay(checkout)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        subscription_id = checkout.subscription.pk
        before = LedgerTransaction.objects.count()

        outcomes = at_once(
            lambda _: api.cancel_subscription(
                subscription_id=subscription_id, customer_id=customer.pk, now=now()
            ),
            times=6,
        )

        assert outcomes == [subscription_id] * 6
        checkout.subscription.refresh_from_db()
        assert checkout.subscription.state == "canceled"
        assert LedgerTransaction.objects.count() == before
