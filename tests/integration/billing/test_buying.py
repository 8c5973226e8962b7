"""Buying on the sandbox provider, from the intent to what was bought."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum

from contexts.billing import api
from contexts.billing.adapters.sandbox import paying
from contexts.billing.adapters.sandbox.provider import SandboxProvider
from contexts.billing.api import parts, sandbox
from contexts.billing.domain.checkout import PaidWrong
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Customer,
    Entitlement,
    EntitlementSource,
    Invoice,
    LedgerEntry,
    SandboxCharge,
    SandboxEvent,
    SandboxSession,
    SandboxSubscription,
    Subscription,
    Voucher,
    VoucherUse,
    Wallet,
    Webhook,
)
from contexts.shared.database.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import (
    DECLINED_CARD,
    DISPUTED_CARD,
    FAILING_CARD,
    CustomerFactory,
    VoucherFactory,
    bought,
    pay,
)

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


def balance(code: str) -> int:
    entries = LedgerEntry.objects.filter(account__code=code)
    return entries.aggregate(sum_=Sum("minor"))["sum_"] or 0


def sweep(after: timedelta = LATER) -> None:
    api.sweep(now=now() + after)


def assert_five_credits_once(customer_id: UUID) -> None:
    """All that buying five lessons in Spain brings about, and no more of it."""
    assert Wallet.objects.get(pk=customer_id).available == 500
    assert CreditGrant.objects.count() == SandboxCharge.objects.count() == 1
    invoice = Invoice.objects.get()
    assert (invoice.gross_minor, invoice.tax_minor, invoice.net_minor) == (7000, 1214, 5786)
    assert balance("cash") == 7000
    assert balance("tax_payable") == -1214
    assert balance("credit_liability") == -5786
    assert Checkout.objects.get().state == "fulfilled"
    assert api.check_ledger() == []


@pytest.fixture
def customer_id() -> UUID:
    customer: Any = CustomerFactory()
    return UUID(str(customer.pk))


class TestAPackOfLessons:
    def test_is_there_once_it_is_paid(
        self, customer_id: UUID, deliver: Callable[[], int], settings: Any
    ) -> None:
        settings.BILLING = {
            **settings.BILLING,
            "SANDBOX_SENDER": "tests.integration.billing.ourselves.post",
        }
        checkout = bought(customer_id)

        pay(checkout, by_itself=True)
        deliver()

        assert Webhook.objects.get().state == "done"
        assert_five_credits_once(customer_id)

    def test_is_there_once_however_often_and_late_the_webhook_comes(
        self, customer_id: UUID, deliver: Callable[[], int], settings: Any
    ) -> None:
        settings.BILLING = {
            **settings.BILLING,
            "SANDBOX_SENDER": "tests.integration.billing.ourselves.post",
        }
        pay(bought(customer_id))
        event = SandboxEvent.objects.get()

        for _ in range(2):
            assert sandbox.send_sandbox_event(event.pk, now=now()) == 200
            deliver()
        sweep()
        sandbox.send_sandbox_event(event.pk, now=now())
        deliver()

        assert Webhook.objects.count() == 1
        assert_five_credits_once(customer_id)

    def test_is_worth_what_was_paid_to_the_last_cent(self, customer_id: UUID) -> None:
        pay(bought(customer_id))
        sweep()
        tutor_id = new_id()

        for _ in range(5):
            hold_id = api.hold_credit(
                hold_id=new_id(), customer_id=customer_id, expires_at=now() + LATER, now=now()
            )
            api.settle_hold(
                hold_id=hold_id,
                customer_id=customer_id,
                tutor_id=tutor_id,
                spent_percent=100,
                in_fault=True,
                now=now(),
            )

        assert balance("credit_liability") == 0
        assert balance("payable") + balance("commission_revenue") == -5786
        assert api.check_ledger() == []

    def test_costs_what_it_cost_when_it_was_bought(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)

        assert (checkout.amount_minor, checkout.currency) == (7000, "EUR")

    def test_can_be_tried_again_with_another_card(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        with pytest.raises(sandbox.CardDeclined):
            pay(checkout, DECLINED_CARD)
        declined = SandboxCharge.objects.count()

        pay(checkout)
        sweep()

        assert declined == 0
        assert_five_credits_once(customer_id)

    def test_cannot_be_paid_twice(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        pay(checkout)

        with pytest.raises(sandbox.SessionClosed):
            pay(checkout)

        assert SandboxCharge.objects.count() == 1

    def test_that_nobody_pays_for_expires_and_gives_its_voucher_back(
        self, customer_id: UUID
    ) -> None:
        voucher: Any = VoucherFactory()
        bought(customer_id, voucher=voucher.code)
        used = Voucher.objects.get().used
        SandboxSession.objects.update(expires_at=now())

        sweep()

        assert used == 1
        assert Checkout.objects.get().state == "expired"
        assert Voucher.objects.get().used == VoucherUse.objects.count() == 0

    def test_that_is_disputed_is_taken_back(self, customer_id: UUID, settings: Any) -> None:
        settings.BILLING = {
            **settings.BILLING,
            "SANDBOX_SENDER": "tests.integration.billing.ourselves.post",
        }
        pay(bought(customer_id), DISPUTED_CARD)
        sweep()
        held = Wallet.objects.get().available

        sweep(timedelta(days=2))
        event = SandboxEvent.objects.get(kind="charge.disputed")
        sandbox.send_sandbox_event(event.pk, now=now())
        api.act_on_webhook(webhook_id=Webhook.objects.get().pk, now=now())

        assert (held, Wallet.objects.get().available) == (500, 0)
        assert (balance("cash"), balance("disputed")) == (0, 7000)
        assert Checkout.objects.get().state == "disputed"
        assert api.check_ledger() == []


class TestAVoucher:
    def test_takes_a_share_off(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()

        checkout = bought(customer_id, voucher=voucher.code)
        pay(checkout)
        sweep()

        assert checkout.amount_minor == 3500
        assert balance("cash") == 3500

    @pytest.mark.parametrize(("percent", "paid"), [(50, [500, 999]), (100, [999])])
    def test_counts_for_the_first_payment_of_a_subscription(
        self, customer_id: UUID, percent: int, paid: list[int]
    ) -> None:
        voucher: Any = VoucherFactory(percent=percent)
        pay(bought(customer_id, "premium-monthly", voucher=voucher.code))
        sweep()

        sweep(timedelta(days=32))

        found = Invoice.objects.order_by("sequence").values_list("gross_minor", flat=True)
        assert list(found) == paid
        assert balance("cash") == sum(paid)

    def test_that_the_provider_forgets_is_left_to_people(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()
        checkout = bought(customer_id, "premium-monthly", voucher=voucher.code)
        pay(checkout)
        SandboxCharge.objects.update(minor=999)

        with pytest.raises(PaidWrong):
            api.look_at_checkout(checkout_id=checkout.pk, now=now())

        assert not Subscription.objects.exists()
        assert balance("cash") == 0

    def test_of_the_whole_price_needs_no_payment(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(percent=100)

        checkout = bought(customer_id, voucher=voucher.code)

        assert checkout.state == "fulfilled"
        assert Wallet.objects.get().available == 500
        assert not SandboxSession.objects.exists()
        assert not Invoice.objects.exists()
        assert api.check_ledger() == []

    @pytest.mark.parametrize(
        ("voucher", "why"),
        [
            ({"valid_from": now() + timedelta(days=1)}, "not_yet"),
            ({"valid_until": now() - timedelta(days=1)}, "over"),
            ({"max_uses": 0}, "used_up"),
            ({"kind": "fixed", "minor": 100, "currency": "USD"}, "other_currency"),
            ({"kind": "free_days", "days": 30}, "other_use"),
        ],
    )
    def test_that_does_not_hold_is_refused(
        self, customer_id: UUID, voucher: dict[str, Any], why: str
    ) -> None:
        made: Any = VoucherFactory(**voucher)

        with pytest.raises(api.VoucherRefused, match=why):
            bought(customer_id, voucher=made.code)

        assert not Checkout.objects.exists()
        assert Voucher.objects.get().used == 0

    def test_of_free_days_gives_premium_behind_what_there_is(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        at = now()
        api.give_days(customer_id=customer_id, source="x", kind="goodwill", days=3, now=at)

        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=at)

        found = Entitlement.objects.get()
        assert found.until == at + timedelta(days=33)
        assert found.revision == StoredEvent.objects.count() == 2

    def test_is_taken_however_it_is_typed(self, customer_id: UUID) -> None:
        VoucherFactory(code="HALF")

        checkout = bought(customer_id, voucher=" half ")

        assert checkout.amount_minor == 3500

    def test_of_free_days_that_waited_begins_when_what_was_before_it_is_gone(
        self, customer_id: UUID
    ) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())

        api.cancel_subscription(
            subscription_id=Subscription.objects.get().pk,
            customer_id=customer_id,
            at_once=True,
            now=now(),
        )

        until = Entitlement.objects.get().until
        assert until
        assert timedelta(days=29, hours=23) < until - now() < timedelta(days=30, minutes=1)

    def test_is_used_once_by_a_person(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())
        before = Entitlement.objects.get().until

        with pytest.raises(api.VoucherRefused, match="used_before"):
            api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())

        assert Entitlement.objects.get().until == before


class TestPremium:
    def test_begins_with_a_trial_and_renews_at_the_price_it_was_bought_for(
        self, customer_id: UUID
    ) -> None:
        pay(bought(customer_id, "premium-monthly", trial=True))
        sweep()
        trial = Subscription.objects.get()
        state, paid = trial.state, balance("cash")

        sweep(timedelta(days=8))
        sweep(timedelta(days=45))

        assert (state, paid) == ("trialing", 0)
        renewed = Subscription.objects.get()
        assert renewed.state == "active"
        assert balance("cash") == 999 * 2
        assert Invoice.objects.count() == 2
        assert api.check_ledger() == []

    def test_is_entitled_to_while_it_lasts(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        found = Entitlement.objects.get()

        period_end = Subscription.objects.get().period_end
        assert found.until == period_end + timedelta(days=1)
        told = StoredEvent.objects.get(name="billing.entitlement_changed.v1")
        assert told.data["revision"] == 1

    def test_ends_with_what_is_paid_when_canceled(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        subscription = Subscription.objects.get()

        api.cancel_subscription(subscription_id=subscription.pk, customer_id=customer_id, now=now())
        canceled = Subscription.objects.get().state
        sweep(timedelta(days=40))

        assert canceled == "canceled"
        assert Entitlement.objects.get().until in {None, subscription.period_end}
        assert Subscription.objects.get().state == "expired"
        assert balance("cash") == 999

    def test_ends_at_once_when_asked_to(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        api.cancel_subscription(
            subscription_id=Subscription.objects.get().pk,
            customer_id=customer_id,
            at_once=True,
            now=now(),
        )

        assert Subscription.objects.get().state == "expired"
        assert Entitlement.objects.get().until is None

    def test_of_somebody_else_cannot_be_canceled(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        with pytest.raises(api.SubscriptionNotFound):
            api.cancel_subscription(
                subscription_id=Subscription.objects.get().pk, customer_id=new_id(), now=now()
            )

        assert Subscription.objects.get().state == "active"

    def test_whose_renewal_fails_is_past_due_and_then_over(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"), FAILING_CARD)
        sweep()

        sweep(timedelta(days=32))
        due = Subscription.objects.get().state
        sweep(timedelta(days=60))

        assert due == "past_due"
        assert Subscription.objects.get().state == "expired"
        assert balance("cash") == 999

    def test_is_not_sold_twice_nor_tried_twice(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly", trial=True))
        sweep()

        with pytest.raises(api.AlreadySubscribed):
            bought(customer_id, "premium-yearly")
        api.cancel_subscription(
            subscription_id=Subscription.objects.get().pk,
            customer_id=customer_id,
            at_once=True,
            now=now(),
        )
        with pytest.raises(api.NoTrial):
            bought(customer_id, "premium-yearly", trial=True)

        assert Checkout.objects.count() == 1


class TestATrial:
    def _checkouts(self, customer_id: UUID, count: int) -> list[Checkout]:
        return [bought(customer_id, "premium-monthly", trial=True) for _ in range(count)]

    def test_is_had_once_however_many_pages_are_open(self, customer_id: UUID) -> None:
        for checkout in self._checkouts(customer_id, 3):
            pay(checkout)

        sweep()
        sweep(timedelta(hours=2))

        states = Subscription.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["expired", "expired", "trialing"]
        assert EntitlementSource.objects.count() == 1
        assert SandboxSubscription.objects.filter(ended_at=None).count() == 1
        assert not Subscription.objects.exclude(cancel_wanted="").exists()
        until = Entitlement.objects.get().until
        assert until
        assert until < now() + timedelta(days=9)

    def test_is_not_had_after_another_subscription_began(self, customer_id: UUID) -> None:
        (trial,) = self._checkouts(customer_id, 1)
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        pay(trial)

        sweep(LATER * 2)

        assert Subscription.objects.get(checkout=trial).state == "expired"
        assert Subscription.objects.filter(state="active").count() == 1

    def test_that_was_paid_on_before_we_heard_of_it_is_kept(self, customer_id: UUID) -> None:
        first, second = self._checkouts(customer_id, 2)
        pay(first)
        sweep()
        pay(second)
        paying.pass_time(now=now() + timedelta(days=9))

        sweep(timedelta(days=9))

        assert Subscription.objects.get(checkout=second).state == "active"
        assert balance("cash") == 2 * 999

    def test_is_followed_by_a_first_payment_that_a_voucher_counts_for(
        self, customer_id: UUID
    ) -> None:
        voucher: Any = VoucherFactory()
        pay(bought(customer_id, "premium-monthly", trial=True, voucher=voucher.code))
        sweep()

        for days in (8, 45):
            sweep(timedelta(days=days))

        paid = Invoice.objects.order_by("sequence").values_list("gross_minor", flat=True)
        assert list(paid) == [500, 999]


class TestErasure:
    def test_ends_what_would_renew_and_forgets_the_name(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        api.erase_person(person_id=customer_id, now=now())
        sweep(timedelta(hours=2))

        assert not Customer.objects.exists()
        assert Subscription.objects.get().state == "expired"
        assert SandboxSubscription.objects.get().ended_at is not None
        assert not Checkout.objects.exclude(url="").exists()
        assert Invoice.objects.count() == 1


class Crashed(Exception):
    pass


class CrashingInvoices:
    def issue(self, **_: Any) -> None:
        raise Crashed


class TestACrash:
    """After each step from the intent to what was bought; the sweep goes on from there."""

    def _begun(self, customer_id: UUID) -> UUID:
        api.load_prices(now=now())
        begin = for_context("billing")(parts.purchases.begin)
        return begin(
            checkout_id=new_id(),
            customer_id=customer_id,
            product="lessons-5",
            voucher=None,
            trial=False,
            provider="sandbox",
            now=now(),
        )

    def test_after_the_intent_is_gone_on_with(self, customer_id: UUID) -> None:
        checkout_id = self._begun(customer_id)

        sweep()
        pay(Checkout.objects.get(pk=checkout_id))
        sweep(LATER * 2)

        assert_five_credits_once(customer_id)

    def test_after_the_provider_was_asked_asks_for_no_second_page(self, customer_id: UUID) -> None:
        checkout_id = self._begun(customer_id)
        api.open_checkout(checkout_id=checkout_id, now=now())
        page = SandboxSession.objects.get().pk
        # What the provider said was not kept.
        Checkout.objects.update(state="begun", provider_ref=None, url="")

        sweep()
        pay(Checkout.objects.get())
        sweep(LATER * 2)

        assert SandboxSession.objects.get().pk == page
        assert_five_credits_once(customer_id)

    def test_that_loses_the_webhook_is_made_good(self, customer_id: UUID) -> None:
        pay(bought(customer_id))

        sweep()

        assert_five_credits_once(customer_id)

    def test_after_the_webhook_is_stored_is_acted_on(
        self, customer_id: UUID, settings: Any
    ) -> None:
        settings.BILLING = {
            **settings.BILLING,
            "SANDBOX_SENDER": "tests.integration.billing.ourselves.post",
        }
        pay(bought(customer_id))
        sandbox.send_sandbox_event(SandboxEvent.objects.get().pk, now=now())
        Checkout.objects.update(looked_at=now() + timedelta(days=9))

        sweep()

        assert Webhook.objects.get().state == "done"
        assert_five_credits_once(customer_id)

    def test_while_fulfilling_leaves_nothing_half_done(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        pay(checkout)
        bookings = dataclasses.replace(parts.bookings, invoices=CrashingInvoices())
        purchases = dataclasses.replace(parts.purchases, bookings=bookings)
        provider = SandboxProvider()
        seen = provider.fetch_checkout(str(checkout.provider_ref))

        with pytest.raises(Crashed):
            for_context("billing")(purchases.settle)(checkout_id=checkout.pk, seen=seen, now=now())
        half = LedgerEntry.objects.count(), CreditGrant.objects.count()
        sweep()

        assert half == (0, 0)
        assert_five_credits_once(customer_id)

    def test_after_everything_changes_nothing_any_more(self, customer_id: UUID) -> None:
        pay(bought(customer_id))
        sweep()

        api.look_at_checkout(checkout_id=Checkout.objects.get().pk, now=now())
        sweep(LATER * 2)

        assert_five_credits_once(customer_id)


class TestInvoices:
    def test_are_numbered_without_a_gap(self) -> None:
        for _ in range(3):
            customer: Any = CustomerFactory()
            pay(bought(customer.pk))
        checkout = Checkout.objects.first()
        assert checkout
        bookings = dataclasses.replace(parts.bookings, wallets=None)
        with pytest.raises(AttributeError):
            for_context("billing")(bookings.fulfill_pack)(
                parts.checkouts.take(checkout.pk),
                _paid(checkout),
                now=now(),
            )

        sweep()

        numbers = Invoice.objects.order_by("sequence").values_list("sequence", flat=True)
        assert list(numbers) == [1, 2, 3]


def _paid(checkout: Checkout) -> Any:
    seen = SandboxProvider().fetch_checkout(str(checkout.provider_ref))
    return seen and seen.payment
