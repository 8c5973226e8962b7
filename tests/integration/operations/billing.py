"""Every REST operation of the context, where there is `size` of all there may be much of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from busuu.sandbox.outbox import Outgoing, outbox
from contexts.billing import api
from contexts.billing.models import Checkout, Invoice, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import (
    CustomerFactory,
    InvoiceFactory,
    VoucherFactory,
    bought,
    credits_for,
    pay,
)
from tests.integration.operations.asking import Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(Asking):
    """A webhook as the sandbox sends it."""

    event: Outgoing

    def send(self, client: APIClient, method: str) -> Any:
        return client.post(
            f"/api/v1/{self.path}",
            self.event.body.encode(),
            content_type="application/json",
            headers={self.event.header: self.event.signature},
        )


class Staged:
    """A learner who has bought much, and half of it is used up."""

    def __init__(self, world: Any) -> None:
        customer_id = world.learner.pk
        CustomerFactory(id=customer_id)
        api.load_prices(now=now())
        VoucherFactory(code="FREE-WEEK", kind="free_days", percent=0, days=7)
        self.premium = bought(customer_id, "premium-monthly")
        pay(self.premium)
        api.look_at_checkout(checkout_id=self.premium.pk, now=now())
        self.subscription = Subscription.objects.get()
        for _ in range(world.size):
            credits_for(customer_id, 1)
            bought(customer_id, "lessons-1")
        InvoiceFactory.create_batch(world.size, customer_id=customer_id)
        self.invoice = Invoice._default_manager.filter(customer_id=customer_id).first()
        for number in range(world.size):
            api.give_days(
                customer_id=customer_id,
                source=f"gift:{number}",
                kind="gift",
                days=1,
                now=now(),
            )


def stage(world: Any) -> None:
    """Fill the world of tests/integration/endpoints.py: `world.size` of everything."""
    world.billing = Staged(world)


def _mine(path: str, body: Any = None) -> Callable[[Any], Asking]:
    return lambda world: Asking(path=f"billing/{path}", body=body, caller=world.learner)


def _invoice(path: str = "") -> Callable[[Any], Asking]:
    def asking(world: Any) -> Asking:
        invoice = world.billing.invoice.pk
        return Asking(path=f"billing/invoices/{invoice}{path}", caller=world.learner)

    return asking


def _checkout(world: Any) -> Asking:
    checkout: Checkout = world.billing.premium
    return Asking(path=f"billing/checkouts/{checkout.pk}", caller=world.learner)


def _cancellation(world: Any) -> Asking:
    subscription: Subscription = world.billing.subscription
    path = f"billing/subscriptions/{subscription.pk}/cancellation"
    return Asking(path=path, caller=world.learner)


def _webhook(world: Any) -> Asking:
    checkout: Checkout = world.billing.premium
    [event, *_] = outbox(checkout.provider_ref or "", now=now())
    return Signed(path="billing/webhooks/sandbox", event=event)


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "get prices": _mine("prices"),
    "get wallet": _mine("wallet"),
    "get wallet-history": _mine("wallet/history"),
    "get entitlements": _mine("entitlements"),
    "get invoices": _mine("invoices"),
    "get invoice": _invoice(),
    "get invoice-pdf": _invoice("/pdf"),
    "get checkouts": _mine("checkouts"),
    "post checkouts": _mine("checkouts", {"product": "lessons-5"}),
    "get checkout": _checkout,
    "get subscriptions": _mine("subscriptions"),
    "post subscription-cancellation": _cancellation,
    "post redemption": _mine("vouchers/redemption", {"code": "FREE-WEEK"}),
    "post webhooks": _webhook,
}
