"""Stripe's subscriptions and charges in our terms."""

from typing import Any

import pytest

from contexts.billing.domain.subscriptions import Seen
from contexts.shared.kernel import Money, now
from tests.integration.billing.stripe_client import CHECKOUT, provider, stripe

INVOICE = {
    "id": "in_1",
    "amount_paid": 999,
    "currency": "eur",
    "status_transitions": {"paid_at": 1_800_000_005},
    "lines": {"data": [{"period": {"start": 1_800_000_000, "end": 1_802_592_000}}]},
}


class TestASubscriptionAtStripe:
    def _found(self, **more: Any) -> dict[str, Any]:
        item = {"current_period_start": 1_800_000_000, "current_period_end": 1_802_592_000}
        return {
            "id": "sub_1",
            "status": "active",
            "start_date": 1_800_000_000,
            "metadata": {"checkout": str(CHECKOUT)},
            "cancel_at_period_end": False,
            "items": {"data": [item]},
            **more,
        }

    @pytest.mark.parametrize(
        ("more", "seen"),
        [
            ({}, Seen.PAID),
            ({"status": "trialing"}, Seen.TRIAL),
            ({"status": "past_due"}, Seen.UNPAID),
            ({"cancel_at_period_end": True}, Seen.WILL_END),
            ({"status": "canceled", "ended_at": 1_800_000_001}, Seen.ENDED),
        ],
    )
    def test_is_translated_to_our_terms(self, more: dict[str, Any], seen: Seen) -> None:
        port = provider(
            subscriptions_retrieve=self._found(**more), invoices_list={"data": [INVOICE]}
        )

        snapshot = port.fetch_subscription("sub_1")

        assert snapshot
        assert (snapshot.seen, snapshot.reference) == (seen, str(CHECKOUT))
        assert [(one.ref, one.amount) for one in snapshot.paid] == [("in_1", Money(999, "EUR"))]

    def test_that_is_canceled_already_is_canceled(self) -> None:
        gone = stripe.InvalidRequestError("No such subscription", "id", http_status=404)
        over = self._found(status="canceled", ended_at=1_800_000_001)
        port = provider(
            subscriptions_cancel=gone, subscriptions_retrieve=over, invoices_list={"data": []}
        )

        assert port.cancel("sub_1", at_once=True, now=now()).seen is Seen.ENDED

    def test_is_newer_if_fetched_later(self) -> None:
        port = provider(subscriptions_retrieve=self._found(), invoices_list={"data": []})

        first, second = (
            port.fetch_subscription("sub_1"),
            port.fetch_subscription("sub_1"),
        )

        assert first
        assert second
        assert first.version < second.version


SUBSCRIBED = {"id": "sub_1", "metadata": {"checkout": str(CHECKOUT)}}


def charge(**more: Any) -> dict[str, Any]:
    intent = {"id": "pi_1", "created": 1_800_000_000, "metadata": {}}
    facts = {"id": "ch_1", "amount": 999, "currency": "eur", "disputed": True, "created": 1}
    return {**facts, "payment_intent": intent, **more}


class TestAChargeAtStripe:
    def test_of_a_pack_names_its_checkout(self) -> None:
        intent = {"id": "pi_1", "created": 1_800_000_000, "metadata": {"checkout": str(CHECKOUT)}}
        port = provider(charges_retrieve=charge(payment_intent=intent))

        seen = port.fetch_charge("ch_1")

        assert seen
        assert (seen.reference, seen.subscription_ref) == (str(CHECKOUT), None)
        assert (seen.payment.ref, seen.payment.amount) == ("ch_1", Money(999, "EUR"))
        assert seen.disputed

    @pytest.mark.parametrize(
        ("charged", "invoice"),
        [
            (charge(invoice="in_1"), {"subscription": "sub_1"}),
            (charge(), {"parent": {"subscription_details": {"subscription": "sub_1"}}}),
        ],
        ids=["before 2025-03-31", "since"],
    )
    def test_of_a_subscription_is_found_by_its_invoice(
        self, charged: dict[str, Any], invoice: dict[str, Any]
    ) -> None:
        port = provider(
            charges_retrieve=charged,
            invoice_payments_list={"data": [{"invoice": "in_1"}]},
            invoices_retrieve={**INVOICE, **invoice},
            subscriptions_retrieve=SUBSCRIBED,
        )

        seen = port.fetch_charge("ch_1")

        assert seen
        assert (seen.reference, seen.subscription_ref) == (str(CHECKOUT), "sub_1")
        assert (seen.payment.ref, seen.payment.amount) == ("in_1", Money(999, "EUR"))
        assert seen.disputed

    def test_of_something_else_names_no_checkout(self) -> None:
        port = provider(charges_retrieve=charge(), invoice_payments_list={"data": []})

        seen = port.fetch_charge("ch_1")

        assert seen
        assert (seen.reference, seen.subscription_ref) == ("", None)
