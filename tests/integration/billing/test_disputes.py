"""Disputes: the goods are taken back, and the books show the loss."""

from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest
from django.db.models import Sum

from busuu.sandbox import models as vendor
from busuu.sandbox import webhooks
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.application.providers import ChargeState
from contexts.billing.domain.subscriptions import Seen, Snapshot
from contexts.billing.models import (
    Checkout,
    Entitlement,
    EntitlementSource,
    Invoice,
    LedgerEntry,
    Subscription,
    UnearnedRevenue,
    Wallet,
    Webhook,
)
from contexts.billing.services import disputes
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import DISPUTED_CARD, bought, pay
from tests.integration.billing.outcomes import DAY, HOUR, sweep_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ourselves")]


def balances() -> dict[str, int]:
    """Return minor units by account. Empty accounts are omitted."""
    sums = LedgerEntry.objects.exclude(account__currency="XLC").values_list("account__code")
    return {code: sum_ for code, sum_ in sums.annotate(Sum("minor")) if sum_}


def dispute() -> None:
    """Let two days pass and act on the webhook of the dispute."""
    sweep_at(now() + 2 * DAY)
    for event in vendor.Event.objects.filter(kind="charge.disputed"):
        webhooks.send(event.pk, now=now())
    for webhook in Webhook.objects.filter(state="stored"):
        api.act_on_webhook(webhook_id=webhook.pk, now=now())


def hold(customer_id: UUID) -> UUID:
    hold_id: UUID = api.hold_credit(
        hold_id=new_id(),
        customer_id=customer_id,
        tutor_id=UUID(int=7),
        expires_at=now() + HOUR,
        now=now(),
    )
    api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=now())
    return hold_id


def settle(hold_id: UUID, customer_id: UUID, *, percent: int) -> None:
    api.settle_hold(
        hold_id=hold_id,
        customer_id=customer_id,
        tutor_id=new_id(),
        spent_percent=percent,
        in_fault=True,
        now=now(),
    )


class TestADisputedPack:
    def test_keeps_only_credits_that_lessons_hold(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        sweep_at(now() + HOUR)
        hold(customer_id)

        dispute()

        wallet = Wallet.objects.get()
        assert (wallet.available, wallet.held) == (0, 100)
        assert Checkout.objects.get().state == "disputed"
        assert balances() == {"disputed": 7000, "tax_payable": -1215, "revoked": -5785}
        assert api.check_ledger() == []

    def test_gives_nothing_back_for_lessons_that_are_canceled(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        sweep_at(now() + HOUR)
        holds = [hold(customer_id) for _ in range(5)]
        dispute()

        for hold_id in holds:
            settle(hold_id, customer_id, percent=0)

        with pytest.raises(api.NotEnoughCredits):
            hold(customer_id)
        wallet = Wallet.objects.get()
        assert (wallet.available, wallet.held) == (0, 0)
        assert balances() == {"disputed": 7000, "tax_payable": -1215, "revoked": -5785}
        assert api.check_ledger() == []

    def test_still_pays_for_lessons_that_take_place(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        sweep_at(now() + HOUR)
        hold_id = hold(customer_id)
        dispute()

        settle(hold_id, customer_id, percent=100)

        found = balances()
        assert found["unpaid_lessons"] == -found["payable"] == 960
        assert api.check_ledger() == []


@dataclass
class Lenient(SandboxProvider):
    """A provider that, like Stripe, keeps a subscription whose charge is disputed."""

    canceled: list[str] = field(default_factory=list)

    def fetch_charge(self, ref: str) -> ChargeState | None:
        found = super().fetch_charge(ref)
        return replace(found, disputed=True) if found else None

    def fetch_subscription(self, ref: str) -> Snapshot | None:
        found = super().fetch_subscription(ref)
        return replace(found, seen=Seen.PAID, ended_at=None) if found else None


class TestADisputedSubscription:
    def _subscribed(self, customer_id: UUID) -> Subscription:
        pay(bought(customer_id, "premium-monthly"), DISPUTED_CARD)
        sweep_at(now() + HOUR)
        return Subscription.objects.get()

    def test_ends_with_its_entitlement(self, customer_id: UUID) -> None:
        self._subscribed(customer_id)
        before = Entitlement.objects.get().revision

        dispute()

        assert Subscription.objects.get().state == "expired"
        found = Entitlement.objects.get()
        assert found.until is None or found.until <= now() + 2 * DAY
        assert found.revision == before + 1
        changes = StoredEvent.objects.filter(name="billing.entitlement_changed.v1")
        assert changes.count() == found.revision
        assert Checkout.objects.get().state == "disputed"

    def test_earns_no_more_revenue(self, customer_id: UUID) -> None:
        self._subscribed(customer_id)

        dispute()
        api.earn_revenue(now=now() + 60 * DAY)

        assert balances() == {"disputed": 999, "tax_payable": -173, "revoked": -826}
        assert not UnearnedRevenue.objects.exists()
        assert Invoice.objects.count() == 1
        assert api.check_ledger() == []

    def test_keeps_revenue_that_was_earned(self, customer_id: UUID) -> None:
        self._subscribed(customer_id)
        api.earn_revenue(now=now() + 60 * DAY)

        dispute()

        assert balances() == {"disputed": 999, "tax_payable": -173, "subscription_revenue": -826}
        assert api.check_ledger() == []

    def test_is_canceled_at_a_provider_that_continues_it(self, customer_id: UUID) -> None:
        subscription = self._subscribed(customer_id)
        charge = vendor.Charge.objects.get()
        at = now() + DAY

        disputes.take_back(Lenient(), charge.pk, now=at)
        ended = Subscription.objects.get()
        source = EntitlementSource.objects.get()
        cancellations = StoredEvent.objects.filter(name="billing.cancellation_asked.v1").count()
        api.refresh_subscription(subscription_id=subscription.pk, now=at)

        assert (ended.state, ended.ended_at, ended.cancel_wanted) == ("expired", at, "now")
        assert (source.ends_at, Entitlement.objects.get().until, cancellations) == (at, None, 1)
        assert vendor.Subscription.objects.get().ended_at == at
        assert Subscription.objects.get().cancel_wanted == ""

    def test_is_canceled_there_by_the_sweep_after_a_failure(self, customer_id: UUID) -> None:
        self._subscribed(customer_id)
        disputes.take_back(Lenient(), vendor.Charge.objects.get().pk, now=now())

        sweep_at(now() + 2 * HOUR)
        sweep_at(now() + 9 * HOUR)

        assert vendor.Subscription.objects.get().ended_at is not None
        assert Subscription.objects.get().cancel_wanted == ""

    def test_of_a_pack_does_not_end_a_subscription(self, customer_id: UUID) -> None:
        first, second = bought(customer_id, "lessons-5"), bought(customer_id, "premium-monthly")
        pay(first, DISPUTED_CARD)
        pay(second)
        sweep_at(now() + HOUR)

        dispute()

        assert Subscription.objects.get(checkout=second).state == "active"
        until = Entitlement.objects.get().until
        assert until
        assert until > now() + 20 * DAY
