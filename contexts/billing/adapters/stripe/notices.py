"""Stripe's webhooks in our terms."""

from typing import Any

from contexts.billing.adapters.stripe.answers import subscription_ref
from contexts.billing.application.providers import MalformedNotice, Notice

# The object of each kind of event. Other kinds are stored and ignored.
_ABOUT = {
    "checkout.session.completed": "checkout",
    "checkout.session.async_payment_succeeded": "checkout",
    "checkout.session.async_payment_failed": "checkout",
    "checkout.session.expired": "checkout",
    "customer.subscription.created": "subscription",
    "customer.subscription.updated": "subscription",
    "customer.subscription.deleted": "subscription",
    "invoice.paid": "subscription",
    "invoice.payment_failed": "subscription",
    "charge.dispute.created": "charge",
}
_LONGEST_REF = 120


def notice_of(event: dict[str, Any]) -> Notice:
    """Raises MalformedNotice."""
    try:
        ref, kind, about = event["id"], event["type"], event["data"]["object"]
        object_ref = _object_ref(kind, about)
    except (LookupError, TypeError, AttributeError):
        raise MalformedNotice("not what Stripe sends") from None
    if not all(_is_name(one) for one in (ref, kind, object_ref or "-")):
        raise MalformedNotice("not what Stripe sends")
    known = _ABOUT.get(kind, "none") if object_ref else "none"
    return Notice(ref=ref, kind=kind[:60], about=known, object_ref=object_ref)


def _is_name(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= _LONGEST_REF and text.isprintable()


def _object_ref(kind: str, about: dict[str, Any]) -> str:
    """Return the id to fetch: an invoice's subscription, a dispute's charge, or the object's id."""
    if kind.startswith("invoice."):
        return subscription_ref(about)
    if kind.startswith("charge.dispute."):
        return str(about.get("charge") or "")
    return str(about.get("id") or "")
