"""Mails about money. Each says what holds when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.billing.adapters import formats, refunds, subscriptions
from contexts.billing.adapters.invoice_pdf import pdf_of
from contexts.billing.domain.checkouts import CheckoutState
from contexts.billing.domain.subscriptions import Subscription, SubscriptionState
from contexts.billing.models import Checkout, Customer, Invoice
from contexts.billing.queries.prices import product_name
from contexts.shared.mailing.facts import ATTACHMENTS, provides
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post

Facts = Mapping[str, Any]


def mail_customer(template: str, *, customer_id: UUID, about: UUID, now: datetime) -> None:
    """Post a mail about a subscription or a refund, once for each instant.

    Does nothing if the customer was erased.
    """
    if Customer.objects.filter(pk=customer_id).exists():
        post(
            template,
            context="billing",
            person_id=customer_id,
            key=f"{about}:{now.isoformat()}",
            facts={"about": str(about)},
            now=now,
        )


@provides("billing", "invoice")
def _invoice(mail: Mail) -> Facts | None:
    every: Any = Invoice._default_manager.select_related("buyer")
    row = every.filter(pk=mail.facts["invoice_id"], customer_id=mail.person_id).first()
    if row is None:
        return None
    return {
        "invoice": row,
        "amount": formats.amount(abs(row.gross_minor), row.currency, row.language),
        ATTACHMENTS: [(f"{row.number}.pdf", pdf_of(row), "application/pdf")],
    }


@provides("billing", "payment_failed")
def _unpaid(mail: Mail) -> Facts | None:
    subscription = _subscription(mail)
    is_due = subscription and subscription.state is SubscriptionState.PAST_DUE
    return _named(subscription) if subscription and is_due else None


@provides("billing", "subscription_ends")
def _ending(mail: Mail) -> Facts | None:
    subscription = _subscription(mail)
    # A refused one never began: the mail about its refund says so.
    if subscription is None or subscription.is_refused:
        return None
    ends = subscription.state is SubscriptionState.CANCELED or subscription.cancel_wanted == "end"
    if subscription.state.is_live and not ends:
        return None
    return _named(subscription)


@provides("billing", "requoted")
def _requoted(mail: Mail) -> Facts | None:
    waiting = Checkout.objects.select_related("quote").filter(state=CheckoutState.REQUOTED)
    row = waiting.filter(pk=mail.facts["about"], customer_id=mail.person_id).first()
    if row is None or row.quote is None:
        return None
    quote, language = row.quote, row.language
    return {
        "checkout_id": row.pk,
        "product": product_name(row.product_id, language=language),
        "reason": quote.reason,
        "old": formats.amount(quote.old_minor, quote.old_currency, language),
        "new": formats.amount(quote.minor, quote.currency, language),
        "until": quote.expires_at,
    }


@provides("billing", "refund")
def _refund(mail: Mail) -> Facts | None:
    row = refunds.find(UUID(mail.facts["about"]))
    if row is None:
        return None
    checkout = Checkout.objects.get(pk=row.checkout_id)
    return {
        "product": product_name(checkout.product_id, language=checkout.language),
        "amount": formats.amount(row.minor, row.currency, checkout.language),
        "reason": row.reason,
    }


def _subscription(mail: Mail) -> Subscription | None:
    found = subscriptions.find(UUID(mail.facts["about"]))
    return found if found and found.customer_id == mail.person_id else None


def _named(subscription: Subscription) -> Facts:
    checkout = Checkout.objects.get(pk=subscription.checkout_id)
    name = product_name(subscription.product, language=checkout.language)
    return {"subscription": subscription, "product": name}
