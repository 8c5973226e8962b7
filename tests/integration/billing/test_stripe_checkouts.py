"""Checkouts on Stripe: their parameters, and their states."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

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

    def test_of_a_pack_authorizes_and_does_not_capture(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})

        port.create_checkout(order(), now=now())

        params = port.client.calls[0][2]["params"]
        assert params["payment_intent_data"] == {
            "metadata": {"checkout": str(CHECKOUT)},
            "capture_method": "manual",
            "setup_future_usage": "off_session",
        }
        assert (params["customer_creation"], params["payment_method_types"]) == ("always", ["card"])
        assert params["billing_address_collection"] == "required"

    def test_of_a_subscription_takes_the_card_and_no_money(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})
        price = Money(6999, "EUR")
        premium = order(months=12, trial_days=7, renewal=price, first=price, due=Money(0, "EUR"))

        port.create_checkout(premium, now=now())

        params = port.client.calls[0][2]["params"]
        assert (params["mode"], params["customer_creation"]) == ("setup", "always")
        assert params["setup_intent_data"] == {"metadata": {"checkout": str(CHECKOUT)}}
        assert params["custom_text"]["submit"]["message"] == "Five lessons: 69,99 EUR"
        assert "line_items" not in params

    def test_after_a_declined_card_has_a_key_of_its_own(self) -> None:
        port = provider(checkout_sessions_create={"id": "cs_2", "url": "https://pay"})

        port.create_checkout(order(page=2), now=now())

        assert port.client.calls[0][2]["options"] == {"idempotency_key": f"{CHECKOUT}:2"}

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
