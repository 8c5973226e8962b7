"""A payment brings its goods once, and a crash at any point leaves all of them or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from contexts.billing.domain.checkouts import CheckoutState, PaidWrong
from contexts.billing.domain.subscriptions import Seen
from contexts.billing.events import CancellationAsked, EntitlementChanged
from tests.fakes.billing.use_cases import Billing
from tests.fakes.crashes import Calls, Crashed
from tests.unit.billing.stories import (
    CALLS,
    CHECKOUT,
    CUSTOMER,
    FIRST,
    MONTH,
    NOW,
    SECOND,
    begun,
    disputed,
    paid,
    payment,
    snapshot,
)


@dataclass(frozen=True)
class Story:
    """A use case about a checkout, and what it leaves."""

    before: Callable[[Billing], object]
    act: Callable[[Billing, Calls], None]
    left: dict[str, Any]


def _settle(billing: Billing, calls: Calls) -> None:
    calls.watch(billing.checkouts).settle(checkout_id=CHECKOUT, seen=paid(), now=NOW)


def _follow(*payments: Any, **options: Any) -> Callable[[Billing, Calls], None]:
    def act(billing: Billing, calls: Calls) -> None:
        calls.watch(billing.fulfillment).follow(
            snapshot=snapshot(*payments, **options), checkout_id=CHECKOUT, now=NOW
        )

    return act


def _subscribed(billing: Billing) -> None:
    begun(billing, "premium-monthly")
    _follow(FIRST)(billing, Calls())


def _packed(billing: Billing) -> None:
    begun(billing)
    _settle(billing, Calls())


def _dispute_pack(billing: Billing, calls: Calls) -> None:
    charge = disputed(payment())
    use = calls.watch(billing.disputes)
    use.take_back(checkout_id=CHECKOUT, charge=charge, snapshot=None, now=NOW)


def _dispute_subscription(billing: Billing, calls: Calls) -> None:
    charge = disputed(FIRST, subscription_ref="sub_1")
    use = calls.watch(billing.disputes)
    use.take_back(checkout_id=CHECKOUT, charge=charge, snapshot=snapshot(FIRST), now=NOW)


STORIES = {
    "pack": Story(
        before=begun,
        act=_settle,
        left={
            "state": "fulfilled",
            "credits": 500,
            "invoices": [(1, "payment:sandbox:ch_1")],
            "money": {"cash": 7000, "tax_payable": -1215, "credit_liability": -5785},
        },
    ),
    "subscription": Story(
        before=lambda billing: begun(billing, "premium-monthly"),
        act=_follow(FIRST),
        left={
            "state": "fulfilled",
            "subscription": "active",
            "revision": 1,
            "deferred": [826],
            "invoices": [(1, "payment:sandbox:in_1")],
            "money": {"cash": 999, "tax_payable": -173, "deferred_revenue": -826},
        },
    ),
    "trial": Story(
        before=lambda billing: begun(billing, "premium-monthly", trial=True),
        act=_follow(seen=Seen.TRIAL),
        left={"state": "fulfilled", "subscription": "trialing", "revision": 1},
    ),
    "renewal": Story(
        before=_subscribed,
        act=_follow(FIRST, SECOND, version=2),
        left={
            "state": "fulfilled",
            "subscription": "active",
            "revision": 2,
            "deferred": [826, 826],
            "invoices": [(1, "payment:sandbox:in_1"), (2, "payment:sandbox:in_2")],
            "money": {"cash": 1998, "tax_payable": -346, "deferred_revenue": -1652},
        },
    ),
    "disputed pack": Story(
        before=_packed,
        act=_dispute_pack,
        left={
            "state": "disputed",
            "invoices": [(1, "payment:sandbox:ch_1")],
            "money": {"disputed": 7000, "tax_payable": -1215, "revoked": -5785},
        },
    ),
    "disputed subscription": Story(
        before=_subscribed,
        act=_dispute_subscription,
        left={
            "state": "disputed",
            "subscription": "expired",
            "revision": 2,
            "invoices": [(1, "payment:sandbox:in_1")],
            "money": {"disputed": 999, "tax_payable": -173, "revoked": -826},
        },
    ),
}
_POINTS = [(name, point) for name in STORIES for point in range(1, len(CALLS[name]) + 1)]


def _staged(story: Story) -> Billing:
    billing = Billing()
    story.before(billing)
    return billing


def _left(billing: Billing) -> dict[str, Any]:
    """Return what a story has left. Nothing empty is shown."""
    rows = billing.rows
    subscription = rows.subscriptions.get(CHECKOUT)
    entitlement = rows.entitlements.get((CUSTOMER, "premium"))
    found = {
        "state": rows.checkouts[CHECKOUT].state.value,
        "credits": sum(wallet.available for wallet in rows.wallets.values()),
        "subscription": subscription.state.value if subscription else "",
        "revision": entitlement.revision if entitlement else 0,
        "deferred": [net.minor for net in rows.deferred.values()],
        "invoices": list(rows.invoices),
        "money": billing.balances(),
    }
    changes = [one for one in rows.events if isinstance(one, EntitlementChanged)]
    assert len(changes) == found["revision"]
    return {name: value for name, value in found.items() if value}


class TestACrash:
    @pytest.mark.parametrize("name", STORIES)
    def test_may_come_after_each_of_these_calls(self, name: str) -> None:
        story, calls = STORIES[name], Calls()
        billing = _staged(story)

        story.act(billing, calls)

        assert calls.made == CALLS[name]
        assert _left(billing) == story.left

    @pytest.mark.parametrize(("name", "point"), _POINTS)
    def test_leaves_nothing_and_is_made_good_by_a_second_attempt(
        self, name: str, point: int
    ) -> None:
        story = STORIES[name]
        billing = _staged(story)
        before = _left(billing)

        with pytest.raises(Crashed), billing.transaction():
            story.act(billing, Calls(last=point))
        half = _left(billing)
        story.act(billing, Calls())

        assert half == before
        assert _left(billing) == story.left


class TestASecondAttempt:
    @pytest.mark.parametrize("name", STORIES)
    def test_changes_nothing(self, name: str) -> None:
        story = STORIES[name]
        billing = _staged(story)

        for _ in range(3):
            story.act(billing, Calls())

        assert _left(billing) == story.left


class TestAPack:
    def test_without_a_price_needs_no_payment(self) -> None:
        billing = Billing()
        begun(billing)

        billing.checkouts.settle_free(checkout_id=CHECKOUT, now=NOW)

        assert _left(billing) == {"state": "fulfilled", "credits": 500}

    def test_is_refused_for_another_amount(self) -> None:
        billing = Billing()
        begun(billing)

        with pytest.raises(PaidWrong), billing.transaction():
            billing.checkouts.settle(checkout_id=CHECKOUT, seen=paid(6999), now=NOW)

        assert _left(billing) == {"state": "begun"}


class TestASubscription:
    def test_with_an_old_snapshot_stays(self) -> None:
        billing = Billing()
        _subscribed(billing)
        _follow(FIRST, SECOND, version=3)(billing, Calls())
        newest = _left(billing)

        _follow(FIRST, version=2, seen=Seen.UNPAID)(billing, Calls())

        assert _left(billing) == newest

    def test_of_another_amount_is_refused(self) -> None:
        billing = Billing()
        begun(billing, "premium-monthly")

        with pytest.raises(PaidWrong), billing.transaction():
            _follow(payment(998, ref="in_1", period=0))(billing, Calls())

        assert _left(billing) == {"state": "begun"}

    def test_on_trial_beside_another_one_ends_before_it_begins(self) -> None:
        billing, other = Billing(), UUID(int=3)
        begun(billing, "premium-monthly", trial=True)
        begun(billing, "premium-monthly", trial=True, checkout_id=other)
        _follow(seen=Seen.TRIAL)(billing, Calls())

        billing.fulfillment.follow(
            snapshot=snapshot(seen=Seen.TRIAL, ref="sub_2"), checkout_id=other, now=NOW
        )

        second = billing.rows.subscriptions[other]
        assert (second.state.value, second.ended_at, second.cancel_wanted) == (
            "expired",
            second.started_at,
            "now",
        )
        assert billing.rows.entitlements[CUSTOMER, "premium"].revision == 1
        canceled = [one for one in billing.rows.events if isinstance(one, CancellationAsked)]
        assert [one.subscription_id for one in canceled] == [second.id]

    def test_that_was_disputed_stays_so_after_a_late_webhook(self) -> None:
        billing = Billing()
        _subscribed(billing)
        _dispute_subscription(billing, Calls())

        _follow(FIRST, version=2)(billing, Calls())

        assert billing.rows.checkouts[CHECKOUT].state is CheckoutState.DISPUTED
        assert billing.rows.subscriptions[CHECKOUT].state.value == "expired"

    def test_entitles_to_its_feature_until_its_period_is_over(self) -> None:
        billing = Billing()

        _subscribed(billing)

        until = billing.rows.subscriptions[CHECKOUT].entitled_until
        assert billing.rows.entitlements[CUSTOMER, "premium"].until == until
        assert until > NOW + MONTH


class TestADispute:
    def test_may_be_heard_of_before_the_payment(self) -> None:
        billing = Billing()
        begun(billing)

        _dispute_pack(billing, Calls())

        assert _left(billing) == STORIES["disputed pack"].left

    def test_of_a_payment_that_is_not_the_checkouts_is_refused(self) -> None:
        billing = Billing()
        _packed(billing)
        charge = disputed(payment(ref="ch_2"))

        with pytest.raises(PaidWrong), billing.transaction():
            billing.disputes.take_back(checkout_id=CHECKOUT, charge=charge, snapshot=None, now=NOW)

        assert _left(billing) == STORIES["pack"].left
