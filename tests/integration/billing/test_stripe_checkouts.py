"""Checkouts on Stripe: their parameters, and their states."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from contexts.billing.adapters.stripe.provider import StripeProvider
from contexts.billing.application.providers import Order
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.kernel import Money, new_id, now
from tests.integration.billing.stripe_client import CHECKOUT, provider, stripe


def order(**more: Any) -> Order:
    facts: dict[str, Any] = {
        "checkout_id": CHECKOUT,
        "customer_id": new_id(),
        "description": "Five lessons",
        "due": Money(7000, "EUR"),
        "first": Money(7000, "EUR"),
        "renewal": Money(0, "EUR"),
        "months": 0,
        "trial_days": 0,
        "language": "es",
    }
    return Order(**{**facts, **more})


class TestACheckoutAtStripe:
    def test_is_created_with_the_checkouts_id_as_key(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})

        session = port.create_checkout(order(), now=now())

        assert (session.ref, session.url) == ("cs_1", "https://pay")
        [(_, _, call)] = port.client.calls
        assert call["options"] == {"idempotency_key": str(CHECKOUT)}
        params = call["params"]
        assert params["mode"] == "payment"
        assert params["client_reference_id"] == str(CHECKOUT)
        price = params["line_items"][0]["price_data"]
        assert (price["unit_amount"], price["currency"]) == (7000, "eur")

    def test_leads_back_to_a_page_of_ours(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})

        port.create_checkout(order(), now=now())

        params = port.client.calls[0][2]["params"]
        for name in ("success_url", "cancel_url"):
            found = resolve(urlsplit(params[name]).path)
            assert (found.url_name, found.kwargs) == ("checkout-page", {"checkout": CHECKOUT})

    def test_of_a_subscription_renews_after_its_trial(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})
        price = Money(6999, "EUR")
        premium = order(months=12, trial_days=7, renewal=price, first=price, due=Money(0, "EUR"))

        port.create_checkout(premium, now=now())

        params = port.client.calls[0][2]["params"]
        assert params["mode"] == "subscription"
        assert params["subscription_data"] == {
            "metadata": {"checkout": str(CHECKOUT)},
            "trial_period_days": 7,
        }
        line = params["line_items"][0]["price_data"]
        assert line["recurring"] == {"interval": "month", "interval_count": 12}
        assert line["unit_amount"] == 6999
        assert "discounts" not in params

    def _with_voucher(self, **answers: Any) -> StripeProvider:
        page = {"id": "cs_1", "url": "https://pay"}
        port = provider(checkout_sessions_create=page, **answers)
        first, renewal = Money(500, "EUR"), Money(999, "EUR")
        port.create_checkout(order(months=1, renewal=renewal, first=first, due=first), now=now())
        return port

    def test_of_a_subscription_takes_a_voucher_off_the_first_payment_alone(self) -> None:
        port = self._with_voucher(coupons_create={"id": "any"})

        (coupon, _, call), (_, _, page) = port.client.calls
        assert coupon == "coupons_create"
        assert call["params"] == {
            "id": f"checkout-{CHECKOUT}",
            "amount_off": 499,
            "currency": "eur",
            "duration": "once",
            "max_redemptions": 1,
        }
        assert page["params"]["discounts"] == [{"coupon": f"checkout-{CHECKOUT}"}]
        assert page["params"]["line_items"][0]["price_data"]["unit_amount"] == 999

    def test_that_is_repeated_takes_the_first_coupon(self) -> None:
        there = stripe.InvalidRequestError(
            "Coupon already exists.", "id", code="resource_already_exists", http_status=400
        )

        port = self._with_voucher(coupons_create=there)

        assert [path for path, _, _ in port.client.calls][-1] == "checkout_sessions_create"

    def test_without_its_coupon_is_not_created(self) -> None:
        with pytest.raises(PaymentsUnavailable):
            self._with_voucher(coupons_create=stripe.APIConnectionError("no route"))

    def test_that_fails_is_unavailable(self) -> None:
        port = provider(checkout_sessions_create=stripe.APIConnectionError("no route"))

        with pytest.raises(PaymentsUnavailable):
            port.create_checkout(order(), now=now())

    def test_that_was_paid_has_its_amount_and_charge(self) -> None:
        session = {
            "id": "cs_1",
            "client_reference_id": str(CHECKOUT),
            "status": "complete",
            "payment_status": "paid",
            "amount_total": 7000,
            "currency": "eur",
            "payment_intent": {"id": "pi_1", "latest_charge": "ch_1", "created": 1_800_000_000},
        }

        seen = provider(checkout_sessions_retrieve=session).fetch_checkout("cs_1")

        assert seen
        assert seen.payment
        assert (seen.status, seen.reference) == ("paid", str(CHECKOUT))
        assert (seen.payment.ref, seen.payment.amount) == ("ch_1", Money(7000, "EUR"))

    def test_that_stripe_does_not_know_is_none(self) -> None:
        gone = stripe.InvalidRequestError("No such session", "id", http_status=404)

        assert provider(checkout_sessions_retrieve=gone).fetch_checkout("cs_1") is None

    @pytest.mark.django_db
    def test_is_refused_in_a_transaction(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})
        inside = for_context("billing")(lambda: port.create_checkout(order(), now=now()))

        with pytest.raises(InsideATransaction):
            inside()

        assert port.client.calls == []
