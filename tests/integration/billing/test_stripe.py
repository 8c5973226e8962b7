"""Stripe behind the same port: signed payloads made by hand, and a client that records."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from contexts.billing.adapters.providers import payment_provider
from contexts.billing.adapters.stripe.provider import StripeProvider
from contexts.billing.application.ports import MalformedNotice, NoticeRefused, Order
from contexts.billing.domain.checkout import PaymentsUnavailable
from contexts.billing.domain.subscription import Seen
from contexts.shared.database.atomic import InsideATransaction, for_context
from contexts.shared.kernel import Money, new_id, now

stripe = pytest.importorskip("stripe", reason="the extra `payments` is not installed")

SECRET = "whsec_test"
CHECKOUT = new_id()


class Answers:
    """As stripe.StripeClient, with answers by the path of the call; keeps what was asked."""

    def __init__(self, path: str = "", **answers: Any) -> None:
        self._path, self._answers = path, answers
        self.asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        inner = Answers(f"{self._path}{name}.", **self._answers)
        inner.asked = self.asked
        return inner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        path = self._path.rstrip(".").replace(".", "_")
        self.asked.append((path, args, kwargs))
        answer = self._answers[path]
        if isinstance(answer, Exception):
            raise answer
        return answer


def provider(**answers: Any) -> StripeProvider:
    return StripeProvider(key="sk_test", secret=SECRET, client=Answers(**answers))


def body(kind: str = "checkout.session.completed", **about: Any) -> bytes:
    told = {"id": "cs_1", **about}
    event = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": told}}
    return json.dumps(event).encode()


def headers(payload: bytes, *, ago: int = 0, secret: str = SECRET) -> dict[str, str]:
    at = int(time.time()) - ago
    signed = f"{at}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={at},v1={digest}"}


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


class TestAWebhookOfStripe:
    @pytest.mark.parametrize(
        ("kind", "about", "meant"),
        [
            ("checkout.session.completed", {}, ("checkout", "cs_1")),
            ("customer.subscription.deleted", {"id": "sub_1"}, ("subscription", "sub_1")),
            ("invoice.paid", {"subscription": "sub_1"}, ("subscription", "sub_1")),
            (
                "invoice.payment_failed",
                {"parent": {"subscription_details": {"subscription": "sub_1"}}},
                ("subscription", "sub_1"),
            ),
            ("charge.dispute.created", {"charge": "ch_1"}, ("charge", "ch_1")),
            ("invoice.paid", {}, ("none", "")),
            ("radar.early_fraud_warning.created", {}, ("none", "cs_1")),
        ],
    )
    def test_is_told_in_our_words(
        self, kind: str, about: dict[str, Any], meant: tuple[str, str]
    ) -> None:
        payload = body(kind, **about)

        notice = provider().verify(payload, headers(payload), now=now())

        assert (notice.about, notice.object_ref) == meant
        assert (notice.ref, notice.kind) == ("evt_1", kind)

    def test_that_is_altered_stale_or_unsigned_is_refused(self) -> None:
        payload = body()
        cases = [
            ({}, "unsigned"),
            (headers(payload + b" "), "altered"),
            (headers(payload, secret="whsec_other"), "altered"),
            (headers(payload, ago=301), "stale"),
        ]

        for given, why in cases:
            with pytest.raises(NoticeRefused) as refused:
                provider().verify(payload, given, now=now())
            assert refused.value.params == {"why": why}

    @pytest.mark.parametrize("payload", [b"{", b"[]", b"null", b"{}", b'{"id": "e"}'])
    def test_that_is_signed_nonsense_is_malformed(self, payload: bytes) -> None:
        with pytest.raises(MalformedNotice):
            provider().verify(payload, headers(payload), now=now())


class TestACheckoutAtStripe:
    def test_is_asked_for_with_the_purchases_id_as_key(self) -> None:
        asked = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})

        session = asked.create_checkout(order(), now=now())

        assert (session.ref, session.url) == ("cs_1", "https://pay")
        [(_, _, given)] = asked.client.asked
        assert given["options"] == {"idempotency_key": str(CHECKOUT)}
        params = given["params"]
        assert params["mode"] == "payment"
        assert params["client_reference_id"] == str(CHECKOUT)
        price = params["line_items"][0]["price_data"]
        assert (price["unit_amount"], price["currency"]) == (7000, "eur")

    def test_leads_back_to_a_page_of_ours(self) -> None:
        asked = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})

        asked.create_checkout(order(), now=now())

        params = asked.client.asked[0][2]["params"]
        for name in ("success_url", "cancel_url"):
            found = resolve(urlsplit(params[name]).path)
            assert (found.url_name, found.kwargs) == ("checkout-page", {"checkout": CHECKOUT})

    def test_of_a_subscription_renews_after_its_trial(self) -> None:
        asked = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})
        price = Money(6999, "EUR")
        premium = order(months=12, trial_days=7, renewal=price, first=price, due=Money(0, "EUR"))

        asked.create_checkout(premium, now=now())

        params = asked.client.asked[0][2]["params"]
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
        asked = provider(checkout_sessions_create=page, **answers)
        first, renewal = Money(500, "EUR"), Money(999, "EUR")
        asked.create_checkout(order(months=1, renewal=renewal, first=first, due=first), now=now())
        return asked

    def test_of_a_subscription_takes_a_voucher_off_the_first_payment_alone(self) -> None:
        asked = self._with_voucher(coupons_create={"id": "any"})

        (coupon, _, given), (_, _, page) = asked.client.asked
        assert coupon == "coupons_create"
        assert given["params"] == {
            "id": f"checkout-{CHECKOUT}",
            "amount_off": 499,
            "currency": "eur",
            "duration": "once",
            "max_redemptions": 1,
        }
        assert page["params"]["discounts"] == [{"coupon": f"checkout-{CHECKOUT}"}]
        assert page["params"]["line_items"][0]["price_data"]["unit_amount"] == 999

    def test_asked_for_again_takes_the_discount_that_is_there(self) -> None:
        there = stripe.InvalidRequestError(
            "Coupon already exists.", "id", code="resource_already_exists", http_status=400
        )

        asked = self._with_voucher(coupons_create=there)

        assert [path for path, _, _ in asked.client.asked][-1] == "checkout_sessions_create"

    def test_whose_discount_cannot_be_made_is_not_asked_for(self) -> None:
        with pytest.raises(PaymentsUnavailable):
            self._with_voucher(coupons_create=stripe.APIConnectionError("no route"))

    def test_of_which_nothing_is_heard_is_said_to_be_unavailable(self) -> None:
        asked = provider(checkout_sessions_create=stripe.APIConnectionError("no route"))

        with pytest.raises(PaymentsUnavailable):
            asked.create_checkout(order(), now=now())

    def test_that_was_paid_says_how_much_and_by_which_charge(self) -> None:
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

    def test_that_is_gone_is_none(self) -> None:
        gone = stripe.InvalidRequestError("No such session", "id", http_status=404)

        assert provider(checkout_sessions_retrieve=gone).fetch_checkout("cs_1") is None

    @pytest.mark.django_db
    def test_is_never_asked_for_while_rows_are_locked(self) -> None:
        asked = provider(checkout_sessions_create={"id": "cs_1", "url": "https://pay"})
        inside = for_context("billing")(lambda: asked.create_checkout(order(), now=now()))

        with pytest.raises(InsideATransaction):
            inside()

        assert asked.client.asked == []


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
    def test_is_told_in_our_words(self, more: dict[str, Any], seen: Seen) -> None:
        invoice = {
            "id": "in_1",
            "amount_paid": 999,
            "currency": "eur",
            "status_transitions": {"paid_at": 1_800_000_005},
            "lines": {"data": [{"period": {"start": 1_800_000_000, "end": 1_802_592_000}}]},
        }
        asked = provider(
            subscriptions_retrieve=self._found(**more), invoices_list={"data": [invoice]}
        )

        snapshot = asked.fetch_subscription("sub_1")

        assert snapshot
        assert (snapshot.seen, snapshot.reference) == (seen, str(CHECKOUT))
        assert [(one.ref, one.amount) for one in snapshot.paid] == [("in_1", Money(999, "EUR"))]

    def test_that_is_canceled_already_is_canceled(self) -> None:
        gone = stripe.InvalidRequestError("No such subscription", "id", http_status=404)
        over = self._found(status="canceled", ended_at=1_800_000_001)
        asked = provider(
            subscriptions_cancel=gone, subscriptions_retrieve=over, invoices_list={"data": []}
        )

        assert asked.cancel("sub_1", at_once=True, now=now()).seen is Seen.ENDED

    def test_is_newer_when_it_was_asked_for_later(self) -> None:
        asked = provider(subscriptions_retrieve=self._found(), invoices_list={"data": []})

        first, second = asked.fetch_subscription("sub_1"), asked.fetch_subscription("sub_1")

        assert first
        assert second
        assert first.version < second.version


INVOICE = {
    "id": "in_1",
    "amount_paid": 999,
    "currency": "eur",
    "status_transitions": {"paid_at": 1_800_000_005},
    "lines": {"data": [{"period": {"start": 1_800_000_000, "end": 1_802_592_000}}]},
}
SUBSCRIBED = {"id": "sub_1", "metadata": {"checkout": str(CHECKOUT)}}


def charge(**more: Any) -> dict[str, Any]:
    intent = {"id": "pi_1", "created": 1_800_000_000, "metadata": {}}
    facts = {"id": "ch_1", "amount": 999, "currency": "eur", "disputed": True, "created": 1}
    return {**facts, "payment_intent": intent, **more}


class TestAChargeAtStripe:
    def test_of_a_pack_names_its_purchase(self) -> None:
        intent = {"id": "pi_1", "created": 1_800_000_000, "metadata": {"checkout": str(CHECKOUT)}}
        asked = provider(charges_retrieve=charge(payment_intent=intent))

        seen = asked.fetch_charge("ch_1")

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
        asked = provider(
            charges_retrieve=charged,
            invoice_payments_list={"data": [{"invoice": "in_1"}]},
            invoices_retrieve={**INVOICE, **invoice},
            subscriptions_retrieve=SUBSCRIBED,
        )

        seen = asked.fetch_charge("ch_1")

        assert seen
        assert (seen.reference, seen.subscription_ref) == (str(CHECKOUT), "sub_1")
        assert (seen.payment.ref, seen.payment.amount) == ("in_1", Money(999, "EUR"))
        assert seen.disputed

    def test_of_something_else_names_no_purchase(self) -> None:
        asked = provider(charges_retrieve=charge(), invoice_payments_list={"data": []})

        seen = asked.fetch_charge("ch_1")

        assert seen
        assert (seen.reference, seen.subscription_ref) == ("", None)


class TestTheChoiceOfAProvider:
    @pytest.mark.parametrize(
        ("name", "development", "found"),
        [
            ("", True, []),
            ("", False, []),
            ("sandbox", True, []),
            ("sandbox", False, ["billing.E001"]),
            ("paypal", True, ["billing.E002"]),
            ("stripe", False, ["billing.E003", "billing.E003"]),
        ],
    )
    def test_is_checked_at_the_start(
        self, settings: Any, name: str, development: bool, found: list[str]
    ) -> None:
        settings.DEVELOPMENT = development
        settings.BILLING = {**settings.BILLING, "PROVIDER": name}

        assert [one.id for one in payment_provider()] == found
