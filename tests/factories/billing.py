"""Customers, vouchers, invoices, and purchases on the sandbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import factory
from factory.django import DjangoModelFactory

from busuu.sandbox import models as vendor
from busuu.sandbox import paying
from busuu.sandbox.outbox import outbox
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CreditHold,
    Customer,
    Invoice,
    Quote,
    Subscription,
    Voucher,
    Wallet,
    Webhook,
)
from contexts.shared.kernel import Money, new_id, now

GOOD_CARD = "4242 4242 4242 4242"
DECLINED_CARD = "4000 0000 0000 0002"
DISPUTED_CARD = "4000 0000 0000 0259"
AMERICAN_CARD = "4000 0084 0000 0001"
SPANISH_CARD = "4000 0072 4000 0007"
BRITISH_CARD = "4000 0082 6000 0000"
BRAZILIAN_CARD = "4000 0007 6000 0002"
UNCHARGED_CARD = "4000 0000 0000 0119"
FAILING_CARD = "4000 0000 0000 0341"


class CustomerFactory(DjangoModelFactory):
    """A customer in Spain, who pays in euros with 21 % of tax included."""

    class Meta:
        model = Customer

    id = factory.LazyFunction(new_id)
    display_name = factory.Sequence(lambda n: f"Buyer {n}")
    country = "ES"
    interface_language = "es"


class VoucherFactory(DjangoModelFactory):
    """A voucher of 50 percent for ten people."""

    class Meta:
        model = Voucher

    code = factory.Sequence(lambda n: f"HALF-{n}")
    kind = "percent"
    percent = 50
    max_uses = 10
    valid_from = factory.LazyFunction(lambda: now() - timedelta(days=1))


def bought(customer_id: UUID, product: str = "lessons-5", **more: Any) -> Checkout:
    """Return a checkout that waits for its payment."""
    api.load_prices(now=now())
    at = more.pop("now", None) or now()
    more.setdefault("checkout_id", new_id())
    checkout_id = api.begin_checkout(customer_id=customer_id, product=product, now=at, **more)
    return Checkout.objects.get(pk=checkout_id)


def pay(
    checkout: Checkout,
    card: str = GOOD_CARD,
    *,
    by_itself: bool = False,
    at: datetime | None = None,
) -> None:
    """Give the page of a checkout a card. Send its webhooks only if `by_itself`."""
    assert checkout.provider_ref
    paying.pay(session_id=checkout.provider_ref, number=card, by_itself=by_itself, now=at or now())


def charge(checkout: Checkout, card: str = GOOD_CARD, *, at: datetime | None = None) -> None:
    """Give a card and let the vendor charge it. Billing does not know of it."""
    pay(checkout, card, at=at)
    session = vendor.Session.objects.get(pk=checkout.provider_ref)
    order = api.Order(
        checkout_id=checkout.pk,
        customer_id=checkout.customer_id,
        description=session.description,
        due=Money(session.minor, session.currency),
        first=Money(session.first_minor or 0, session.currency),
        renewal=Money(session.renewal_minor, session.currency),
        months=session.months,
        trial_days=session.trial_days,
        language=checkout.language,
        country=session.country,
    )
    SandboxProvider().capture(session.pk, order, now=at or now())


def requoted(customer_id: UUID, *, checkout_id: UUID) -> Checkout:
    """Return a checkout of one lesson that was paid with a card of Britain."""
    checkout = bought(customer_id, "lessons-1", checkout_id=checkout_id)
    pay(checkout, BRITISH_CARD)
    api.refresh_checkout(checkout_id=checkout.pk, now=now())
    return Checkout.objects.get(pk=checkout.pk)


def quote_expired(checkout_id: UUID) -> None:
    """Let the time to confirm a checkout's new price be over."""
    long_ago = now() - timedelta(days=2)
    Quote.objects.filter(checkout=checkout_id).update(made_at=long_ago, expires_at=long_ago)


def subscribed(customer_id: UUID, *, subscription_id: UUID) -> Checkout:
    """Return the checkout of a subscription that is paid for and active."""
    checkout = bought(customer_id, "premium-monthly")
    pay(checkout)
    api.refresh_checkout(checkout_id=checkout.pk, now=now())
    Subscription.objects.filter(checkout_id=checkout.pk).update(id=subscription_id)
    return checkout


def first_webhook(checkout: Checkout) -> Any:
    """Return the first webhook of a checkout, signed and not sent yet."""
    return outbox(checkout.provider_ref or "", now=now())[0]


def webhook_states() -> list[str]:
    """Return the states of all stored webhooks, the oldest first."""
    return list(Webhook.objects.order_by("pk").values_list("state", flat=True))


def past_due(subscription_id: UUID) -> None:
    """Let the renewal of a subscription fail, here and at the vendor."""
    ours = Subscription.objects.filter(pk=subscription_id)
    ours.update(state="past_due")
    ref = ours.values_list("provider_ref", flat=True).get()
    vendor.Subscription.objects.filter(pk=ref).update(status="past_due")


def active(subscription_id: UUID) -> None:
    """Let a subscription be active here, whatever the vendor says."""
    Subscription.objects.filter(pk=subscription_id).update(state="active", cancel_wanted="")


def subscriptions_like(subscription_id: UUID, *, count: int) -> None:
    """Store copies of a subscription, each with another checkout of its customer."""
    row = Subscription.objects.values().get(pk=subscription_id)
    others = Checkout.objects.filter(customer_id=row["customer_id"], subscription=None)
    Subscription.objects.bulk_create(
        Subscription(**row | {"id": new_id(), "checkout_id": one.pk, "provider_ref": str(one.pk)})
        for one in others[:count]
    )


def credits_for(customer_id: UUID, count: int, *, expires_at: datetime | None = None) -> None:
    """Grant paid lesson credits, worth ten euros each and one cent more in all."""
    api.grant_credits(
        customer_id=customer_id,
        source=f"test:{new_id()}",
        kind="purchased",
        credits=count,
        value=Money(count * 1000 + 1, "EUR"),
        expires_at=expires_at,
        now=now(),
    )


def credits_of(customer_id: UUID) -> tuple[int, int]:
    """Return the available and the held credits, in hundredths."""
    row = Wallet.objects.filter(pk=customer_id).first()
    return (row.available, row.held) if row else (0, 0)


def held_for() -> set[UUID]:
    """Return the ids under which a credit is held."""
    return set(CreditHold.objects.filter(state="held").values_list("pk", flat=True))


class InvoiceFactory(DjangoModelFactory):
    """An invoice over 9.99 euros, with Spain's tax included."""

    class Meta:
        model = Invoice

    id = factory.LazyFunction(new_id)
    entity = "TEST"
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda it: f"{it.entity}-{it.year}-{it.sequence:06}")
    customer_id = factory.LazyFunction(new_id)
    cause = factory.LazyAttribute(lambda it: f"payment:test:{it.number}")
    corrects = ""
    issued_at = factory.LazyFunction(now)
    product = "premium-monthly"
    description = "Premium, un mes"
    currency = "EUR"
    net_minor = 826
    tax_minor = 173
    gross_minor = 999
    tax_basis_points = 2100
    country = "ES"
    language = "es"
