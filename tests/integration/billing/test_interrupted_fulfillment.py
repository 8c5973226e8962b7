"""A crash on the way from a charge to its goods: the sweep finishes the rest."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import renewals, webhooks
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Entitlement,
    Invoice,
    LedgerTransaction,
    Subscription,
    UnearnedRevenue,
    Wallet,
    Webhook,
)
from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import CustomerFactory, bought, charge
from tests.fakes.crashes import Calls, Crashed
from tests.integration.billing.outcomes import HOUR, sweep_at
from tests.unit.billing.stories import CALLS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ourselves")]
MONTH_AND_A_BIT = timedelta(days=32)

STORIES = ("pack", "subscription", "trial", "renewal")


@dataclass
class Story:
    """A customer was charged, and billing does not know yet."""

    what: str
    at: datetime
    checkout: Checkout

    @property
    def later(self) -> datetime:
        return self.at + HOUR

    def hear(self, calls: Calls) -> None:
        """Fulfill, with each call of a collaborator watched."""
        checkout_id, provider = self.checkout.pk, SandboxProvider()
        if self.what == "pack":
            settle = for_context("billing")(calls.watch(wiring.checkouts).settle)
            seen = provider.fetch_checkout(str(self.checkout.provider_ref))
            assert seen
            settle(checkout_id=checkout_id, seen=seen, now=self.at)
            return
        ref = vendor.Subscription.objects.get(session_id=self.checkout.provider_ref).pk
        snapshot = provider.fetch_subscription(ref)
        assert snapshot
        follow = for_context("billing")(calls.watch(wiring.fulfillment).follow)
        follow(snapshot=snapshot, checkout_id=checkout_id, now=self.at)

    def event(self) -> vendor.Event:
        events = vendor.Event.objects.filter(session_id=self.checkout.provider_ref)
        kinds = {"renewal": "subscription.updated"}
        return events.get(kind=kinds.get(self.what, "checkout.completed"))


def charged(what: str) -> Story:
    customer: Any = CustomerFactory()
    at = now()
    product = "lessons-5" if what == "pack" else "premium-monthly"
    checkout = bought(customer.pk, product, trial=what == "trial", now=at)
    charge(checkout, at=at)
    if what == "renewal":
        api.refresh_checkout(checkout_id=checkout.pk, now=at)
        at += MONTH_AND_A_BIT
        renewals.pass_time(now=at)
    return Story(what, at, Checkout.objects.get(pk=checkout.pk))


def there() -> dict[str, Any]:
    """Return all that fulfillment has left."""
    return {
        "checkouts": list(Checkout.objects.values_list("state", flat=True)),
        "credits": list(Wallet.objects.values_list("available", "held")),
        "grants": CreditGrant.objects.count(),
        "subscriptions": list(Subscription.objects.values_list("state", "version")),
        "entitlements": list(Entitlement.objects.values_list("revision")),
        "unearned": list(UnearnedRevenue.objects.order_by("earned_at").values_list("minor")),
        "invoices": invoiced(),
        "posted": sorted(LedgerTransaction.objects.values_list("kind", flat=True)),
        "published": sorted(
            StoredEvent.objects.filter(name="billing.entitlement_changed.v1").values_list(
                "name", flat=True
            )
        ),
    }


def invoiced() -> list[int]:
    """Return the net of each invoice. Assert that each year's numbers have no gap."""
    found = Invoice.objects.order_by("year", "sequence").values_list(
        "year", "sequence", "net_minor"
    )
    years = Counter[int]()
    for year, sequence, _ in found:
        years[year] += 1
        assert sequence == years[year]
    return [net for _, _, net in found]


EXPECTED: dict[str, dict[str, Any]] = {
    "pack": {
        "checkouts": ["fulfilled"],
        "credits": [(500, 0)],
        "grants": 1,
        "invoices": [5785],
        "posted": ["credits_granted", "payment"],
    },
    "subscription": {
        "checkouts": ["fulfilled"],
        "subscriptions": [("active", 1)],
        "entitlements": [(1,)],
        "unearned": [(826,)],
        "invoices": [826],
        "posted": ["payment"],
        "published": ["billing.entitlement_changed.v1"],
    },
    "trial": {
        "checkouts": ["fulfilled"],
        "subscriptions": [("trialing", 1)],
        "entitlements": [(1,)],
        "published": ["billing.entitlement_changed.v1"],
    },
    "renewal": {
        "checkouts": ["fulfilled"],
        "subscriptions": [("active", 2)],
        "entitlements": [(2,)],
        "unearned": [(826,), (826,)],
        "invoices": [826, 826],
        "posted": ["payment", "payment"],
        "published": ["billing.entitlement_changed.v1"] * 2,
    },
}


def expected(what: str) -> dict[str, Any]:
    nothing = {name: 0 if name == "grants" else [] for name in there()}
    return {**nothing, **EXPECTED[what]}


@pytest.mark.parametrize("what", STORIES)
class TestACrashWhileFulfilling:
    """Each point of a crash is tested on fakes. Here the last one shows the database's part."""

    def test_may_come_after_the_calls_that_fakes_see(self, what: str) -> None:
        calls = Calls()

        charged(what).hear(calls)

        assert calls.made == CALLS[what]
        assert there() == expected(what)
        assert api.check_ledger() == []

    def test_leaves_nothing_half_done_and_is_made_good(self, what: str) -> None:
        story = charged(what)
        before = there()

        with pytest.raises(Crashed):
            story.hear(Calls(last=len(CALLS[what])))
        half = there()
        sweep_at(story.later)

        assert half == before
        assert there() == expected(what)
        assert api.check_ledger() == []


@pytest.mark.parametrize("what", STORIES)
class TestACrashAroundIt:
    def test_that_loses_the_webhook_is_made_good(self, what: str) -> None:
        story = charged(what)

        sweep_at(story.later)

        assert there() == expected(what)
        assert api.check_ledger() == []

    def test_after_the_webhook_is_stored_is_made_good_by_it(self, what: str) -> None:
        story = charged(what)
        webhooks.send(story.event().pk, now=now())
        far = story.later + timedelta(days=9)
        Checkout.objects.update(looked_at=far)
        Subscription.objects.update(looked_at=far)

        sweep_at(story.later)

        assert Webhook.objects.get().state == "done"
        assert there() == expected(what)
        assert api.check_ledger() == []

    def test_after_it_and_before_the_webhook_is_closed_changes_nothing_more(
        self, what: str
    ) -> None:
        story = charged(what)
        webhooks.send(story.event().pk, now=now())
        api.act_on_webhook(webhook_id=Webhook.objects.get().pk, now=story.at)
        done = there()
        Webhook.objects.update(state="stored", handled_at=None)

        sweep_at(story.later)

        assert Webhook.objects.get().state == "done"
        assert there() == done == expected(what)
        assert api.check_ledger() == []
