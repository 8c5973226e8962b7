"""Subscriptions on the sandbox provider: begun, renewed, ended."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import paying, renewals
from busuu.sandbox.cards import CardDeclined
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.billing.models import (
    Checkout,
    Customer,
    Entitlement,
    EntitlementSource,
    Invoice,
    Refund,
    Subscription,
)
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import (
    DECLINED_CARD,
    FAILING_CARD,
    GOOD_CARD,
    VoucherFactory,
    bought,
    pay,
)
from tests.integration.billing.outcomes import LATER, balance, sweep

pytestmark = pytest.mark.django_db


class TestPremium:
    def test_begins_with_a_trial_and_renews_at_its_first_price(self, customer_id: UUID) -> None:
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

    def test_entitles_to_premium_until_it_ends(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        found = Entitlement.objects.get()

        period_end = Subscription.objects.get().period_end
        assert found.until == period_end + timedelta(days=1)
        change = StoredEvent.objects.get(name="billing.entitlement_changed.v1")
        assert change.data["revision"] == 1

    def test_ends_with_its_paid_period_after_a_cancellation(self, customer_id: UUID) -> None:
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

    def test_ends_at_once_on_request(self, customer_id: UUID) -> None:
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

    def test_of_another_person_cannot_be_canceled(self, customer_id: UUID) -> None:
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

        sweep(Subscription.objects.get().period_end - now() + timedelta(days=1))
        due = Subscription.objects.get().state
        sweep(timedelta(days=60))

        assert due == "past_due"
        assert Subscription.objects.get().state == "expired"
        assert balance("cash") == 999

    def test_has_no_second_sale_and_no_second_trial(self, customer_id: UUID) -> None:
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

    def test_begins_once_on_several_open_pages(self, customer_id: UUID) -> None:
        for checkout in self._checkouts(customer_id, 3):
            pay(checkout)

        sweep()
        sweep(timedelta(hours=2))

        states = Subscription.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["expired", "expired", "trialing"]
        assert EntitlementSource.objects.count() == 1
        assert vendor.Subscription.objects.filter(ended_at=None).count() == 1
        assert not Subscription.objects.exclude(cancel_wanted="").exists()
        until = Entitlement.objects.get().until
        assert until
        assert until < now() + timedelta(days=9)

    def test_is_refused_after_another_subscription_began(self, customer_id: UUID) -> None:
        (trial,) = self._checkouts(customer_id, 1)
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        pay(trial)

        sweep(LATER * 2)

        assert Subscription.objects.get(checkout=trial).state == "expired"
        assert Subscription.objects.filter(state="active").count() == 1

    def test_that_was_paid_before_we_knew_of_it_counts(self, customer_id: UUID) -> None:
        first, second = self._checkouts(customer_id, 2)
        pay(first)
        sweep()
        pay(second)
        renewals.pass_time(now=now() + timedelta(days=9))

        sweep(timedelta(days=9))
        sweep(timedelta(days=10))

        assert Subscription.objects.get(checkout=second).state == "expired"
        assert Subscription.objects.get(checkout=first).state == "active"
        assert (balance("cash"), balance("refunds_owed")) == (999, 0)

    def test_is_followed_by_a_payment_with_the_voucher(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()
        pay(bought(customer_id, "premium-monthly", trial=True, voucher=voucher.code))
        sweep()

        for days in (8, 45):
            sweep(timedelta(days=days))

        paid = Invoice.objects.order_by("year", "sequence").values_list("gross_minor", flat=True)
        assert list(paid) == [500, 999]


class TestErasure:
    def test_ends_subscriptions_and_deletes_the_name(self, customer_id: UUID) -> None:
        pay(bought(customer_id, "premium-monthly"))
        sweep()

        api.PEOPLE.erase_person(person_id=customer_id, now=now())
        sweep(timedelta(hours=2))

        assert not Customer.objects.exists()
        assert Subscription.objects.get().state == "expired"
        assert vendor.Subscription.objects.get().ended_at is not None
        assert not Checkout.objects.exclude(url="").exists()
        assert Invoice.objects.count() == 1


class TestASecondPaidPage:
    def _both_paid(self, customer_id: UUID) -> list[Checkout]:
        products = ("premium-monthly", "premium-yearly")
        pages = [bought(customer_id, product) for product in products]
        for page in pages:
            pay(page)
        return pages

    def test_is_refunded_by_itself(self, customer_id: UUID) -> None:
        first, second = self._both_paid(customer_id)

        sweep()
        sweep(timedelta(hours=2))

        assert Subscription.objects.get(checkout=first).state == "active"
        assert Subscription.objects.get(checkout=second).state == "expired"
        assert vendor.Charge.objects.get(status="refunded").session_id == second.provider_ref
        assert vendor.Subscription.objects.filter(ended_at=None).count() == 1
        assert Refund.objects.get().state == "done"
        assert (balance("cash"), balance("refunds_owed"), balance("tax_payable")) == (999, 0, -173)
        taken_back = Invoice.objects.exclude(corrects="").get()
        assert taken_back.gross_minor == -second.amount_minor
        assert taken_back.corrects == Invoice.objects.get(gross_minor=second.amount_minor).number
        until = Entitlement.objects.get().until
        assert until
        assert until < now() + timedelta(days=33)
        assert api.check_ledger() == []

    def test_is_refunded_once(self, customer_id: UUID) -> None:
        self._both_paid(customer_id)

        for hours in range(1, 6):
            sweep(timedelta(hours=2 * hours))
            for refund_id in Refund.objects.values_list("pk", flat=True):
                api.make_refund(refund_id=refund_id, now=now())

        assert Refund.objects.count() == 1
        assert balance("cash") == 999
        assert api.check_ledger() == []

    def test_balances_while_the_provider_is_away(self, customer_id: UUID, settings: Any) -> None:
        self._both_paid(customer_id)
        settings.BILLING = {**settings.BILLING, "SANDBOX": f"{__name__}.Away"}

        sweep()
        sweep(timedelta(hours=2))

        assert Refund.objects.get().state == "wanted"
        assert balance("refunds_owed") == -6999
        assert api.check_ledger() == []


class Away(SandboxProvider):
    """A vendor that gives nothing back today."""

    def refund(self, payment_ref: str, *, key: str, now: datetime) -> None:
        raise PaymentsUnavailable


def _subscribed(customer_id: UUID, card: str = GOOD_CARD) -> UUID:
    pay(bought(customer_id, "premium-monthly"), card)
    sweep()
    return Subscription.objects.get().pk


class TestResuming:
    def test_goes_on_with_the_period(self, customer_id: UUID) -> None:
        subscription_id = _subscribed(customer_id)
        about: dict[str, Any] = {"subscription_id": subscription_id, "customer_id": customer_id}
        api.cancel_subscription(**about, now=now())
        assert Subscription.objects.get().state == "canceled"

        api.resume_subscription(**about, now=now())

        row = Subscription.objects.get()
        assert (row.state, row.cancel_wanted) == ("active", "")
        sweep(timedelta(days=32))
        assert vendor.Charge.objects.count() == 2

    def test_withdraws_a_cancellation_that_is_on_its_way(self, customer_id: UUID) -> None:
        about: dict[str, Any] = {
            "subscription_id": _subscribed(customer_id),
            "customer_id": customer_id,
        }
        api.ask_to_cancel(**about, now=now())

        api.resume_subscription(**about, now=now())

        assert Subscription.objects.get().state == "active"
        assert not vendor.Subscription.objects.get().cancel_at_end

    def test_is_refused_without_a_cancellation_or_after_the_end(self, customer_id: UUID) -> None:
        about: dict[str, Any] = {
            "subscription_id": _subscribed(customer_id),
            "customer_id": customer_id,
        }
        with pytest.raises(api.NotCanceled):
            api.resume_subscription(**about, now=now())
        api.cancel_subscription(**about, now=now())

        with pytest.raises(api.NotCanceled):
            api.resume_subscription(**about, now=now() + timedelta(days=32))
        with pytest.raises(api.SubscriptionNotFound):
            api.resume_subscription(
                subscription_id=about["subscription_id"], customer_id=new_id(), now=now()
            )

        assert Subscription.objects.get().state == "canceled"


class TestWhatIsDue:
    def test_can_be_paid_by_another_card(self, customer_id: UUID) -> None:
        subscription_id = _subscribed(customer_id, FAILING_CARD)
        about: dict[str, Any] = {"subscription_id": subscription_id, "customer_id": customer_id}
        with pytest.raises(api.NothingDue):
            api.due_page(**about, now=now())
        late = timedelta(days=32)
        sweep(late)
        assert Subscription.objects.get().state == "past_due"
        told = StoredEvent.objects.filter(name="billing.payment_failed.v1")
        assert told.count() == 1

        url = api.due_page(**about, now=now() + late)
        ref = url.rsplit("/", 1)[1]
        with pytest.raises(CardDeclined):
            paying.pay_due(
                subscription_id=ref, number=DECLINED_CARD, by_itself=False, now=now() + late
            )
        paying.pay_due(subscription_id=ref, number=GOOD_CARD, by_itself=False, now=now() + late)
        api.refresh_subscription(subscription_id=subscription_id, now=now() + late)

        assert Subscription.objects.get().state == "active"
        assert Invoice.objects.count() == 2
        sweep(timedelta(days=64))
        assert Subscription.objects.get().state == "active"
        assert api.check_ledger() == []

    def test_is_nothing_of_another_person(self, customer_id: UUID) -> None:
        with pytest.raises(api.SubscriptionNotFound):
            api.due_page(subscription_id=_subscribed(customer_id), customer_id=new_id(), now=now())
