"""Webhooks: verified, stored once, acted on in any order."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum

from busuu.sandbox import models as vendor
from busuu.sandbox import renewals, signing, webhooks
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Entitlement,
    Invoice,
    LedgerEntry,
    LedgerTransaction,
    Subscription,
    UnearnedRevenue,
    Wallet,
    Webhook,
)
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import DISPUTED_CARD, CustomerFactory, bought, charge, pay
from tests.integration.billing.ourselves import post

pytestmark = pytest.mark.django_db


def event(kind: str = "checkout.completed", about: str = "cs_1", **more: Any) -> bytes:
    body = {"id": f"evt_{new_id().hex}", "type": kind, "data": {"object": {"id": about}}}
    return json.dumps({**body, **more}).encode()


def signed(body: bytes, *, ago: int = 0, key: str | None = None) -> str:
    at = now() - timedelta(seconds=ago)
    return signing.sign(body, secret=signing.secret() if key is None else key, now=at)


class TestAWebhook:
    def test_with_a_recent_signature_is_stored(self) -> None:
        body = event()

        status = post(body, signed(body))

        assert status == 200
        assert Webhook.objects.get().state == "stored"
        assert StoredEvent.objects.get().name == "billing.webhook_received.v1"

    @pytest.mark.parametrize(
        "header",
        [
            lambda body: "",
            lambda body: "t=,v1=",
            lambda body: "v1=" + "0" * 64,
            lambda body: "t=1,t=2,v1=" + "0" * 64,
            lambda body: "t=²,v1=" + "0" * 64,
            lambda body: "x" * 100_000,
            lambda body: signed(body, key="somebody else's"),
            lambda body: signed(body, ago=301),
            lambda body: signed(body, ago=-400),
            lambda body: signed(body + b" "),
            lambda body: signed(body).replace("v1=", "v0="),
        ],
        ids=[
            "unsigned",
            "empty",
            "without a time",
            "with two times",
            "with no number",
            "huge",
            "by somebody else",
            "stale",
            "from the future",
            "altered",
            "of another scheme",
        ],
    )
    def test_without_a_valid_signature_leaves_nothing(self, header: Callable[[bytes], str]) -> None:
        body = event()

        status = post(body, header(body).encode().decode("latin-1"))

        assert status in {400, 401}
        assert not Webhook.objects.exists()
        assert not StoredEvent.objects.exists()

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"\xff",
            b"[" * 100_000,
            json.dumps({"id": "e", "type": "t"}).encode(),
            json.dumps({"id": 1, "type": "t", "data": {"object": {"id": "x"}}}).encode(),
            json.dumps({"id": "e" * 61, "type": "t", "data": {"object": {"id": "x"}}}).encode(),
            json.dumps({"id": "e\x00", "type": "t", "data": {"object": {"id": "x"}}}).encode(),
        ],
    )
    def test_with_a_malformed_body_leaves_nothing(self, body: bytes) -> None:
        status = post(body, signed(body))

        assert status == 400
        assert not Webhook.objects.exists()

    def test_of_more_than_a_megabyte_is_refused(self) -> None:
        body = event(more="x" * 1_000_001)

        status = post(body, signed(body))

        assert status == 413
        assert not Webhook.objects.exists()

    def test_of_another_provider_is_not_found(self) -> None:
        body = event()

        status = post(body, signed(body), path="/api/v1/billing/webhooks/paypal")

        assert status == 404

    def test_that_is_replayed_is_stored_once(self) -> None:
        body = event()

        statuses = [post(body, signed(body, ago=ago)) for ago in (0, 10, 100)]

        assert statuses == [200, 200, 200]
        assert Webhook.objects.count() == StoredEvent.objects.count() == 1

    def test_of_an_unknown_kind_is_stored_and_ignored(self, deliver: Callable[[], int]) -> None:
        body = event("moon.rose")
        post(body, signed(body))
        deliver()

        webhook = Webhook.objects.get()

        assert (webhook.state, webhook.reason) == ("ignored", "unknown_kind")
        assert not StoredEvent.objects.exists()

    @pytest.mark.parametrize("kind", ["checkout.completed", "subscription.updated", "charge.x"])
    def test_about_an_unknown_object_is_stored_and_ignored(
        self, kind: str, deliver: Callable[[], int]
    ) -> None:
        body = event(kind)
        post(body, signed(body))
        deliver()

        webhook = Webhook.objects.get()

        assert (webhook.state, webhook.reason) == ("ignored", "unknown_object")
        assert not LedgerTransaction.objects.exists()

    def test_about_an_unknown_checkout_is_stored_and_ignored(
        self, deliver: Callable[[], int]
    ) -> None:
        customer: Any = CustomerFactory()
        pay(bought(customer.pk))
        Checkout.objects.all().delete()
        sent = vendor.Event.objects.get()
        body = event("checkout.completed", about=sent.object_ref)
        post(body, signed(body))
        deliver()

        webhook = Webhook.objects.get()

        assert (webhook.state, webhook.reason) == ("ignored", "unknown_object")

    def test_can_be_acted_on_again_without_another_effect(self, deliver: Callable[[], int]) -> None:
        customer: Any = CustomerFactory()
        pay(bought(customer.pk))
        body = event(about=vendor.Event.objects.get().object_ref)
        post(body, signed(body))
        deliver()
        before = LedgerTransaction.objects.count()

        api.handle_again(webhook_id=Webhook.objects.get().pk, now=now())
        deliver()

        assert Webhook.objects.get().state == "done"
        assert LedgerTransaction.objects.count() == before > 0

    def test_about_another_amount_is_left_to_staff(self, deliver: Callable[[], int]) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk)
        charge(checkout)
        Checkout.objects.update(amount_minor=1, price_minor=1)
        body = event(about=vendor.Event.objects.get().object_ref)
        post(body, signed(body))
        deliver()

        assert Webhook.objects.get().reason == "paid_wrong"
        assert Checkout.objects.get().state == "open"
        assert not LedgerTransaction.objects.exists()


def _seen(customer_id: UUID) -> tuple[Any, ...]:
    subscription = Subscription.objects.get(customer_id=customer_id)
    invoices = Invoice.objects.filter(customer_id=customer_id)
    until = Entitlement.objects.get(customer_id=customer_id).until
    return subscription.state, subscription.version, until is None, invoices.count()


def _left(customer_id: UUID) -> tuple[Any, ...]:
    """Return a customer's goods after a dispute."""
    mine = {"customer_id": customer_id}
    checkout = Checkout.objects.get(**mine)
    subscriptions = Subscription.objects.filter(**mine).values_list("state", "cancel_wanted")
    until = Entitlement.objects.filter(**mine).values_list("until", flat=True)
    wallets = Wallet.objects.filter(pk=customer_id).values_list("available", "held")
    grants = CreditGrant.objects.filter(wallet=customer_id).values_list("granted", "expired")
    invoices = Invoice.objects.filter(**mine).values_list("gross_minor", flat=True)
    return checkout.state, *map(tuple, (subscriptions, until, wallets, grants, invoices))


def _moved() -> dict[str, int]:
    return dict(LedgerEntry.objects.values_list("account__code").annotate(Sum("minor")))


class TestTheOrderOfWebhooks:
    def test_does_not_matter(self) -> None:
        """Act on the webhooks in each order, with the provider in its last state."""

        customers: list[UUID] = []
        orders = list(permutations(range(5)))[::7]
        for order in orders:
            customer: Any = CustomerFactory()
            at = now()
            checkout = bought(customer.pk, "premium-monthly", trial=True, now=at)
            charge(checkout, at=at)
            for days in (8, 40):
                renewals.pass_time(now=at + timedelta(days=days))
            events = list(vendor.Event.objects.filter(session_id=checkout.provider_ref))
            events += [events[-1]] * (5 - len(events))
            for index in [*order, *order]:
                body = event(events[index].kind, about=events[index].object_ref)
                post(body, signed(body))
                api.act_on_webhook(webhook_id=Webhook.objects.latest("id").pk, now=now())
            customers.append(UUID(str(customer.pk)))

        ends = {_seen(customer_id) for customer_id in customers}

        assert len(ends) == 1
        assert api.check_ledger() == []

    @pytest.mark.parametrize("product", ["lessons-5", "premium-monthly"])
    def test_does_not_matter_to_a_dispute(self, product: str) -> None:

        at, ends = now(), set()
        orders = list(permutations(range(2 if product == "lessons-5" else 4)))
        for order in orders:
            customer: Any = CustomerFactory()
            checkout = bought(customer.pk, product, now=at)
            charge(checkout, DISPUTED_CARD, at=at)
            renewals.pass_time(now=at + timedelta(days=2))
            events = list(vendor.Event.objects.filter(session_id=checkout.provider_ref))
            assert len(events) == len(order)
            for index in [*order, order[0]]:
                body = event(events[index].kind, about=events[index].object_ref)
                post(body, signed(body))
                api.act_on_webhook(webhook_id=Webhook.objects.latest("id").pk, now=now())
            ends.add(_left(customer.pk))

        assert len(ends) == 1
        assert _moved()["cash"] == 0
        assert Invoice.objects.count() == len(orders)
        assert not UnearnedRevenue.objects.exists()
        assert api.check_ledger() == []

    @pytest.mark.usefixtures("ourselves")
    def test_does_not_matter_to_webhooks_of_the_sandbox(self, deliver: Callable[[], int]) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk, "premium-yearly")
        pay(checkout)
        sent = list(vendor.Event.objects.order_by("-id").values_list("pk", flat=True))

        for event_id in [*sent, *sent]:
            webhooks.send(event_id, now=now())
        deliver()

        assert Subscription.objects.get().state == "active"
        assert Entitlement.objects.get().revision == 1
        assert Invoice.objects.count() == 1
