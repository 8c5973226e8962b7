"""Refunds, resumption and due pages on Stripe, over HTTP: requests, keys, errors, and the end."""

from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.models import Checkout, LedgerTransaction, Refund, Subscription
from contexts.shared.kernel import new_id, now
from tests.factories.billing import bought, subscribed
from tests.integration.billing.outcomes import DAY
from tests.integration.billing.stripe_server import (
    DECLINED,
    FAILURES,
    StripeServer,
    error,
    on_the_sandbox,
)

pytestmark = pytest.mark.django_db

REFUNDS, SUBSCRIPTION = "/v1/refunds", "/v1/subscriptions/sub_1"
PERIOD = {"current_period_start": 1_800_000_000, "current_period_end": 1_802_592_000}


def failing(*names: str) -> Any:
    return pytest.mark.parametrize("failure", [FAILURES[name] for name in names], ids=names)


EACH_FAILURE = failing(*FAILURES)


def owed(customer_id: UUID, *, payment_ref: str) -> UUID:
    """Return a refund that Stripe has not made."""
    with on_the_sandbox():
        checkout = bought(customer_id)
    Checkout.objects.filter(pk=checkout.pk).update(state="expired")
    row = Refund.objects.create(
        id=new_id(),
        checkout=checkout,
        provider="stripe",
        payment_ref=payment_ref,
        minor=7000,
        currency="EUR",
        reason="second_purchase",
        state="wanted",
        created_at=now(),
        looked_at=now(),
    )
    return UUID(str(row.pk))


class TestARefund:
    def test_of_a_pack_gives_the_charge_back_under_its_own_key(
        self, customer_id: UUID, stripe_server: StripeServer
    ) -> None:
        refund_id = owed(customer_id, payment_ref="ch_1")
        stripe_server.on(f"POST {REFUNDS}", {"id": "re_1", "object": "refund"})

        api.make_refund(refund_id=refund_id, now=now())
        api.make_refund(refund_id=refund_id, now=now())

        [asked] = stripe_server.asked(f"POST {REFUNDS}")
        assert (asked.form, asked.key) == ({"charge": "ch_1"}, str(refund_id))
        assert Refund.objects.get().state == "done"
        assert LedgerTransaction.objects.get().cause == f"refunded:{refund_id}"

    @pytest.mark.parametrize(
        ("ref", "form"),
        [("pi_1", {"payment_intent": "pi_1"}), ("in_1", {"payment_intent": "pi_2"})],
        ids=["a payment without a charge", "an invoice of a subscription"],
    )
    def test_finds_the_payment(
        self, customer_id: UUID, stripe_server: StripeServer, ref: str, form: dict[str, str]
    ) -> None:
        paid = {"payment": {"type": "payment_intent", "payment_intent": "pi_2"}}
        stripe_server.on("GET /v1/invoice_payments", {"object": "list", "data": [paid]})
        stripe_server.on(f"POST {REFUNDS}", {"id": "re_1", "object": "refund"})

        api.make_refund(refund_id=owed(customer_id, payment_ref=ref), now=now())

        [asked] = stripe_server.asked(f"POST {REFUNDS}")
        assert asked.form == form

    def test_that_stripe_made_before_is_done(
        self, customer_id: UUID, stripe_server: StripeServer
    ) -> None:
        made = error(400, "invalid_request_error", "charge_already_refunded")
        stripe_server.on(f"POST {REFUNDS}", made)

        api.make_refund(refund_id=owed(customer_id, payment_ref="ch_1"), now=now())

        assert Refund.objects.get().state == "done"

    @pytest.mark.parametrize(
        "failure", [*FAILURES.values(), DECLINED], ids=[*FAILURES, "card error"]
    )
    def test_that_fails_is_still_owed_and_made_by_the_sweep_under_the_same_key(
        self, customer_id: UUID, stripe_server: StripeServer, failure: Any
    ) -> None:
        refund_id = owed(customer_id, payment_ref="ch_1")
        stripe_server.on(f"POST {REFUNDS}", failure)

        with pytest.raises(api.PaymentsUnavailable):
            api.make_refund(refund_id=refund_id, now=now())
        state, booked = Refund.objects.get().state, LedgerTransaction.objects.count()
        stripe_server.on(f"POST {REFUNDS}", {"id": "re_1", "object": "refund"})
        api.sweep(now=now() + DAY)

        assert (state, booked) == ("wanted", 0)
        assert Refund.objects.get().state == "done"
        assert {one.key for one in stripe_server.asked(f"POST {REFUNDS}")} == {str(refund_id)}
        assert LedgerTransaction.objects.count() == 1

    @failing("server error", "connection lost", "no answer in time")
    def test_is_tried_twice_at_once_under_the_same_key(
        self, customer_id: UUID, stripe_server: StripeServer, failure: Any
    ) -> None:
        refund_id = owed(customer_id, payment_ref="ch_1")
        stripe_server.on(f"POST {REFUNDS}", failure, {"id": "re_1", "object": "refund"})

        api.make_refund(refund_id=refund_id, now=now())

        keys = [one.key for one in stripe_server.asked(f"POST {REFUNDS}")]
        assert keys == [str(refund_id)] * 2
        assert Refund.objects.get().state == "done"


@pytest.fixture
def subscription(customer_id: UUID, stripe_server: StripeServer) -> Subscription:
    """A subscription on Stripe that its customer has canceled."""
    with on_the_sandbox():
        checkout = subscribed(customer_id, subscription_id=new_id())
    Checkout.objects.filter(pk=checkout.pk).update(provider="stripe", provider_ref="cs_1")
    mine = Subscription.objects.filter(checkout=checkout)
    mine.update(provider="stripe", provider_ref="sub_1", state="canceled")
    stripe_server.on("GET /v1/invoices", {"object": "list", "data": []})
    stripe_server.on(f"GET {SUBSCRIPTION}", found(checkout.pk))
    return mine.get()


def found(checkout_id: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": "sub_1",
        "object": "subscription",
        "status": "active",
        "start_date": 1_800_000_000,
        "metadata": {"checkout": str(checkout_id)},
        "cancel_at_period_end": False,
        "items": {"object": "list", "data": [{"id": "si_1", **PERIOD}]},
        **more,
    }


def resume(subscription: Subscription) -> None:
    api.resume_subscription(
        subscription_id=subscription.pk, customer_id=subscription.customer_id, now=now()
    )


class TestAResumption:
    def test_tells_stripe_to_go_on(
        self, subscription: Subscription, stripe_server: StripeServer
    ) -> None:
        stripe_server.on(f"POST {SUBSCRIPTION}", found(subscription.checkout_id))

        resume(subscription)

        [asked] = stripe_server.asked(f"POST {SUBSCRIPTION}")
        assert asked.form == {"cancel_at_period_end": "false"}
        subscription.refresh_from_db()
        assert (subscription.state, subscription.cancel_wanted) == ("active", "")

    @EACH_FAILURE
    def test_that_fails_stays_wanted_and_is_made_by_the_sweep(
        self, subscription: Subscription, stripe_server: StripeServer, failure: Any
    ) -> None:
        stripe_server.on(f"POST {SUBSCRIPTION}", failure)

        with pytest.raises(api.PaymentsUnavailable):
            resume(subscription)
        subscription.refresh_from_db()
        between = subscription.state, subscription.cancel_wanted
        stripe_server.on(f"POST {SUBSCRIPTION}", found(subscription.checkout_id))
        api.sweep(now=now() + DAY)

        assert between == ("canceled", "no")
        subscription.refresh_from_db()
        assert (subscription.state, subscription.cancel_wanted) == ("active", "")

    @EACH_FAILURE
    def test_whose_answer_cannot_be_read_stays_wanted(
        self, subscription: Subscription, stripe_server: StripeServer, failure: Any
    ) -> None:
        stripe_server.on(f"POST {SUBSCRIPTION}", found(subscription.checkout_id))
        stripe_server.on(f"GET {SUBSCRIPTION}", failure)

        with pytest.raises(api.PaymentsUnavailable):
            resume(subscription)

        subscription.refresh_from_db()
        assert subscription.cancel_wanted == "no"


class TestADuePage:
    def _due(self, subscription: Subscription) -> str:
        Subscription.objects.update(state="past_due")
        return api.due_page(
            subscription_id=subscription.pk, customer_id=subscription.customer_id, now=now()
        )

    def test_is_the_page_of_the_open_invoice(
        self, subscription: Subscription, stripe_server: StripeServer
    ) -> None:
        url = "https://invoice.stripe.com/i/1"
        invoice = {"id": "in_2", "status": "open", "hosted_invoice_url": url}
        stripe_server.on(f"GET {SUBSCRIPTION}", found("x", latest_invoice=invoice))

        assert self._due(subscription) == url

        [asked] = stripe_server.asked(f"GET {SUBSCRIPTION}")
        assert asked.form == {"expand[0]": "latest_invoice"}

    @pytest.mark.parametrize("status", ["paid", "void", "uncollectible", "draft"])
    def test_is_missing_if_nothing_is_open(
        self, subscription: Subscription, stripe_server: StripeServer, status: str
    ) -> None:
        invoice = {"id": "in_2", "status": status, "hosted_invoice_url": "https://x"}
        stripe_server.on(f"GET {SUBSCRIPTION}", found("x", latest_invoice=invoice))

        with pytest.raises(api.NothingDue):
            self._due(subscription)

    @EACH_FAILURE
    def test_cannot_be_given_while_stripe_fails(
        self, subscription: Subscription, stripe_server: StripeServer, failure: Any
    ) -> None:
        stripe_server.on(f"GET {SUBSCRIPTION}", failure)

        with pytest.raises(api.PaymentsUnavailable):
            self._due(subscription)

        subscription.refresh_from_db()
        assert subscription.state == "past_due"
