"""Cards that Stripe holds for us: what they say of a country, and how they are charged.

A pack's page authorizes its payment and captures nothing. A subscription's page only takes the
card, because Stripe can authorize no subscription. Both leave the card with a customer of the
page's own, so that it can be charged at another price.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from contexts.billing.adapters.stripe.orders import price_of
from contexts.billing.application.providers import Order
from contexts.billing.domain.evidence import Evidence, EvidenceKind

EXPANDED = {"expand": ["payment_intent.payment_method", "setup_intent.payment_method"]}


def intent_of(session: dict[str, Any]) -> dict[str, Any]:
    """Return the intent behind a page: of the payment, or of the card alone."""
    found = session.get("payment_intent") or session.get("setup_intent")
    return found if isinstance(found, dict) else {}


def is_charged(session: dict[str, Any]) -> bool:
    """Whether a finished page's own payment was taken. Pages of older releases took it at once."""
    if _is_setup(session):
        return False
    taken = intent_of(session).get("status") == "succeeded"
    return taken or session.get("payment_status") == "paid" or bool(session.get("subscription"))


def is_held(session: dict[str, Any]) -> bool:
    """Whether a finished page holds a card that can be charged."""
    intent = intent_of(session)
    if _is_setup(session):
        return bool(_method_of(session).get("customer"))
    return intent.get("status") == "requires_capture"


def _is_setup(session: dict[str, Any]) -> bool:
    return session.get("mode") == "setup"


def _method_of(session: dict[str, Any]) -> dict[str, Any]:
    found = intent_of(session).get("payment_method")
    return found if isinstance(found, dict) else {}


def evidence_of(session: dict[str, Any]) -> Iterator[Evidence]:
    """Yield the countries of the card and of the billing address."""
    method, details = _method_of(session), session.get("customer_details") or {}
    address = details.get("address") or (method.get("billing_details") or {}).get("address") or {}
    countries = {
        EvidenceKind.CARD: (method.get("card") or {}).get("country"),
        EvidenceKind.BILLING_ADDRESS: address.get("country"),
    }
    seen_at = datetime.fromtimestamp(intent_of(session).get("created") or session["created"], UTC)
    for kind, country in countries.items():
        if country:
            source = f"stripe:{method.get('id') or session['id']}"
            yield Evidence(kind=kind, country=country.upper(), source=source, seen_at=seen_at)


def subscribing(session: dict[str, Any], order: Order) -> dict[str, Any]:
    """Return the parameters of a subscription that charges a held card. It fails if it cannot."""
    price = {**price_of(order), "product": product_of(order)["id"]}
    trial = {"trial_period_days": order.trial_days} if order.trial_days else {}
    return {
        "customer": session["customer"],
        "default_payment_method": _method_of(session)["id"],
        "items": [{"price_data": price, "quantity": 1}],
        "off_session": True,
        "payment_behavior": "error_if_incomplete",
        "metadata": {"checkout": str(order.checkout_id)},
        **trial,
    }


def product_of(order: Order) -> dict[str, Any]:
    """Return Stripe's product of a subscription. Invoices there show its name."""
    language = order.language.split("-", 1)[0].lower()
    return {"id": f"{order.product}-{language}", "name": order.description}


def named(session: dict[str, Any]) -> dict[str, Any]:
    """Return the customer's name and address, which Stripe puts on invoices."""
    details = session.get("customer_details") or {}
    found = {"name": details.get("name"), "address": details.get("address")}
    return {name: value for name, value in found.items() if value}


def fits(session: dict[str, Any], order: Order) -> bool:
    """Whether the authorized payment is of the order's price."""
    intent = intent_of(session)
    authorized = intent.get("amount"), str(intent.get("currency")).upper()
    return authorized == (order.due.minor, order.due.currency)


def charging(session: dict[str, Any], order: Order) -> dict[str, Any]:
    """Return the parameters of a payment at another price than the authorized one."""
    return {
        "amount": order.due.minor,
        "currency": order.due.currency.lower(),
        "customer": session["customer"],
        "payment_method": _method_of(session)["id"],
        "description": order.description,
        "confirm": True,
        "off_session": True,
        "metadata": {"checkout": str(order.checkout_id)},
    }
