"""Our orders as Stripe's parameters."""

from typing import Any

from django.conf import settings

from contexts.billing.adapters.formats import amount
from contexts.billing.application.providers import Order


def session_of(order: Order) -> dict[str, Any]:
    """Return the parameters of a checkout session, which takes a card and charges nothing."""
    tagged = {"metadata": {"checkout": str(order.checkout_id)}}
    back = f"{settings.PUBLIC_URL}/billing/checkouts/{order.checkout_id}"
    params: dict[str, Any] = {
        "client_reference_id": str(order.checkout_id),
        "locale": order.language.split("-", 1)[0],
        "payment_method_types": ["card"],
        "customer_creation": "always",
        "billing_address_collection": "required",
        "success_url": back,
        "cancel_url": back,
        **tagged,
    }
    if order.months:
        # Stripe's page would name neither product nor price.
        cost = amount(order.renewal.minor, order.renewal.currency, order.language)
        text = {"submit": {"message": f"{order.description}: {cost}"}}
        return {**params, "mode": "setup", "setup_intent_data": tagged, "custom_text": text}
    named = {**price_of(order), "product_data": {"name": order.description}}
    held = {**tagged, "capture_method": "manual", "setup_future_usage": "off_session"}
    lines = [{"price_data": named, "quantity": 1}]
    return {**params, "mode": "payment", "line_items": lines, "payment_intent_data": held}


def price_of(order: Order) -> dict[str, Any]:
    """Return the price of a line, without its product."""
    price = {
        "currency": order.due.currency.lower(),
        "unit_amount": (order.renewal if order.months else order.due).minor,
        "tax_behavior": "inclusive",
    }
    if not order.months:
        return price
    return {**price, "recurring": {"interval": "month", "interval_count": order.months}}


def coupon_of(order: Order) -> dict[str, Any]:
    """Return the coupon that reduces the first payment, since a line has the price of renewals."""
    return {
        "id": coupon_id(order),
        "amount_off": order.renewal.minor - order.first.minor,
        "currency": order.renewal.currency.lower(),
        "duration": "once",
        "max_redemptions": 1,
    }


def coupon_id(order: Order) -> str:
    """Return the coupon's id. Each price of a checkout has its own."""
    number = f"-{order.quote}" if order.quote > 1 else ""
    return f"checkout-{order.checkout_id}{number}"
