"""A call that succeeds for every route of billing, and what must be there for it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from busuu.sandbox import models as vendor
from busuu.sandbox.outbox import outbox
from contexts.billing import api
from contexts.billing.models import Checkout, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import CustomerFactory, InvoiceFactory, VoucherFactory, bought, pay
from tests.integration.http.samples.call import Call

# Routes that answer in HTML or otherwise not in problems; other tests have theirs.
PAGES: frozenset[str] = frozenset(
    {"checkout-page", "sandbox-page", "sandbox-events", "sandbox-send"}
)

CHECKOUT = UUID("01890000-0000-7000-8000-0000000000b1")
SUBSCRIPTION = UUID("01890000-0000-7000-8000-0000000000b2")
INVOICE = UUID("01890000-0000-7000-8000-0000000000b3")

_PAGES = ("cursor", "page_size")
CALLS: tuple[Call, ...] = (
    Call(route="prices"),
    Call(route="wallet"),
    Call(route="wallet-history", params=("part", *_PAGES)),
    Call(route="entitlements"),
    Call(route="invoices", params=("from", "to", *_PAGES)),
    Call(route="invoice", path={"invoice": INVOICE}),
    Call(route="invoice-pdf", path={"invoice": INVOICE}),
    Call(route="checkouts", params=("status", "product", *_PAGES)),
    Call(route="checkouts", method="POST", body={"product": "lessons-5"}, status=201),
    Call(route="checkout", path={"checkout": CHECKOUT}),
    Call(route="subscriptions", params=("status", *_PAGES)),
    Call(route="subscription-cancellation", method="POST", path={"subscription": SUBSCRIPTION}),
    Call(route="redemption", method="POST", body={"code": "FREE-WEEK"}, status=204),
    # Whoever knows the secret gets another answer; nobody here does.
    Call(
        route="webhooks",
        method="POST",
        path={"provider": "sandbox"},
        body={"id": "evt_1"},
        status=400,
        roles=None,
    ),
)


def stage(world: Any) -> None:
    """Put what the calls ask for into the world of tests/integration/http/world.py."""
    learner_id: UUID = world.learner.pk
    CustomerFactory(id=learner_id)
    api.load_prices(now=now())
    api.begin_checkout(checkout_id=CHECKOUT, customer_id=learner_id, product="lessons-1", now=now())
    premium = bought(learner_id, "premium-monthly")
    pay(premium)
    api.look_at_checkout(checkout_id=premium.pk, now=now())
    Subscription.objects.update(id=SUBSCRIPTION)
    InvoiceFactory(id=INVOICE, customer_id=learner_id)
    VoucherFactory(code="FREE-WEEK", kind="free_days", percent=0, days=7)


def _send(world: Any, call: Call, **changes: Any) -> Any:
    return world.send(call, json.dumps({**world.body(call), **changes}).encode())


def _with(**changes: Any) -> Callable[[Any, Call], Any]:
    return lambda world, call: _send(world, call, **changes)


def _key_twice(world: Any, call: Call) -> Any:
    headers = {**world.headers(call), "Idempotency-Key": "one"}
    assert world.send(call, headers=headers).status_code < 300
    return world.send(call, b'{"another": "request"}', headers=headers)


def _signed(world: Any, call: Call) -> Any:
    checkout = Checkout.objects.get(product="premium-monthly")
    [event, *_] = outbox(checkout.provider_ref or "", now=now())
    assert vendor.Event.objects.filter(pk=event.id).exists()
    return world.send(call, event.body.encode(), headers={event.header: event.signature})


# How an operation comes to a documented status, where the general ways of
# tests/integration/http/test_documented_statuses.py do not lead there.
OWN: dict[tuple[str, int], Callable[[Any, Call], Any]] = {
    ("begin_checkout", 404): _with(product="nothing"),
    ("begin_checkout", 409): _with(product="premium-yearly"),
    ("begin_checkout", 422): _with(voucher="NOTHING"),
    ("cancel_subscription", 422): _key_twice,
    ("redeem_voucher", 422): _with(code="NOTHING"),
    ("receive_webhook", 200): _signed,
}
