"""Our orders as Stripe's parameters."""

from typing import Any

from django.conf import settings

from contexts.billing.application.providers import Order


def session_of(order: Order) -> dict[str, Any]:
    """Return the parameters of a checkout session."""
    price: dict[str, Any] = {
        "currency": order.due.currency.lower(),
        "unit_amount": (order.renewal if order.months else order.due).minor,
        "tax_behavior": "inclusive",
        "product_data": {"name": order.description},
    }
    tagged = {"metadata": {"checkout": str(order.checkout_id)}}
    back = f"{settings.PUBLIC_URL}/billing/checkouts/{order.checkout_id}"
    params: dict[str, Any] = {
        "client_reference_id": str(order.checkout_id),
        "line_items": [{"price_data": price, "quantity": 1}],
        "locale": order.language.split("-", 1)[0],
        "billing_address_collection": "required",
        "success_url": back,
        "cancel_url": back,
        **tagged,
    }
    if not order.months:
        return {**params, "mode": "payment", "payment_intent_data": tagged}
    price["recurring"] = {"interval": "month", "interval_count": order.months}
    trial = {"trial_period_days": order.trial_days} if order.trial_days else {}
    return {**params, "mode": "subscription", "subscription_data": {**tagged, **trial}}


def coupon_of(order: Order) -> dict[str, Any]:
    """Return the coupon that reduces the first payment, since a line has the price of renewals."""
    return {
        "id": f"checkout-{order.checkout_id}",
        "amount_off": order.renewal.minor - order.first.minor,
        "currency": order.renewal.currency.lower(),
        "duration": "once",
        "max_redemptions": 1,
    }
