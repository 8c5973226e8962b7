"""A subscription follows its provider's snapshots in any order."""

from datetime import UTC, datetime, timedelta
from itertools import permutations, product
from uuid import UUID

import pytest

from contexts.billing.domain.entitlements import Entitlement, Source
from contexts.billing.domain.subscriptions import (
    PAYMENT_LEEWAY,
    RENEWAL_LEEWAY,
    TRANSITIONS,
    Seen,
    Snapshot,
    Subscription,
    SubscriptionState,
)
from contexts.billing.events import CancellationAsked, EntitlementChanged

START = datetime(2026, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
CUSTOMER = UUID(int=1)

EXPECTED = {
    (SubscriptionState.TRIALING, Seen.TRIAL): "trialing",
    (SubscriptionState.TRIALING, Seen.PAID): "active",
    (SubscriptionState.TRIALING, Seen.UNPAID): "past_due",
    (SubscriptionState.TRIALING, Seen.WILL_END): "canceled",
    (SubscriptionState.TRIALING, Seen.ENDED): "expired",
    (SubscriptionState.ACTIVE, Seen.TRIAL): "active",
    (SubscriptionState.ACTIVE, Seen.PAID): "active",
    (SubscriptionState.ACTIVE, Seen.UNPAID): "past_due",
    (SubscriptionState.ACTIVE, Seen.WILL_END): "canceled",
    (SubscriptionState.ACTIVE, Seen.ENDED): "expired",
    (SubscriptionState.PAST_DUE, Seen.TRIAL): "past_due",
    (SubscriptionState.PAST_DUE, Seen.PAID): "active",
    (SubscriptionState.PAST_DUE, Seen.UNPAID): "past_due",
    (SubscriptionState.PAST_DUE, Seen.WILL_END): "canceled",
    (SubscriptionState.PAST_DUE, Seen.ENDED): "expired",
    (SubscriptionState.CANCELED, Seen.TRIAL): "trialing",
    (SubscriptionState.CANCELED, Seen.PAID): "active",
    (SubscriptionState.CANCELED, Seen.UNPAID): "past_due",
    (SubscriptionState.CANCELED, Seen.WILL_END): "canceled",
    (SubscriptionState.CANCELED, Seen.ENDED): "expired",
    (SubscriptionState.EXPIRED, Seen.TRIAL): "expired",
    (SubscriptionState.EXPIRED, Seen.PAID): "expired",
    (SubscriptionState.EXPIRED, Seen.UNPAID): "expired",
    (SubscriptionState.EXPIRED, Seen.WILL_END): "expired",
    (SubscriptionState.EXPIRED, Seen.ENDED): "expired",
}


def subscription(state: SubscriptionState = SubscriptionState.TRIALING) -> Subscription:
    return Subscription(
        id=UUID(int=2),
        customer_id=CUSTOMER,
        checkout_id=UUID(int=3),
        product="premium-monthly",
        feature="premium",
        provider="sandbox",
        provider_ref="sub_1",
        started_at=START,
        period_start=START,
        period_end=START + MONTH,
        state=state,
    )


def snapshot(version: int, seen: Seen, *, periods: int = 0) -> Snapshot:
    begin = START + periods * MONTH
    return Snapshot(
        ref="sub_1",
        reference="checkout",
        version=version,
        seen=seen,
        started_at=START,
        period_start=begin,
        period_end=begin + MONTH,
        ended_at=begin + MONTH if seen is Seen.ENDED else None,
    )


class TestTheTable:
    def test_has_every_pair(self) -> None:
        assert set(TRANSITIONS) == set(product(SubscriptionState, Seen))
        assert TRANSITIONS == EXPECTED

    @pytest.mark.parametrize(("state", "seen"), list(product(SubscriptionState, Seen)))
    def test_is_what_a_subscription_follows(self, state: SubscriptionState, seen: Seen) -> None:
        followed = subscription(state)

        assert followed.follow(snapshot(1, seen))
        assert followed.state == EXPECTED[state, seen]

    def test_ignores_an_old_snapshot(self) -> None:
        followed = subscription()
        followed.follow(snapshot(2, Seen.PAID))

        assert not followed.follow(snapshot(2, Seen.UNPAID))
        assert not followed.follow(snapshot(1, Seen.UNPAID))
        assert followed.state is SubscriptionState.ACTIVE


class TestAccess:
    def test_lasts_over_a_slow_renewal(self) -> None:
        followed = subscription(SubscriptionState.ACTIVE)

        assert followed.entitled_until == START + MONTH + RENEWAL_LEEWAY

    def test_ends_with_the_paid_period_once_canceled(self) -> None:
        followed = subscription(SubscriptionState.CANCELED)

        assert followed.entitled_until == START + MONTH

    def test_waits_a_week_for_a_payment(self) -> None:
        followed = subscription()
        followed.follow(snapshot(1, Seen.UNPAID, periods=1))

        assert followed.entitled_until == START + MONTH + PAYMENT_LEEWAY


class TestEndingIt:
    def test_ends_access_at_once_and_asks_the_provider_to_cancel(self) -> None:
        followed = subscription(SubscriptionState.ACTIVE)
        at = START + timedelta(days=3)

        assert followed.end(now=at)

        assert followed.state is SubscriptionState.EXPIRED
        assert followed.entitled_until == at
        (event,) = followed.collect_events()
        assert isinstance(event, CancellationAsked)
        assert followed.cancel_wanted == "now"

    def test_extends_no_access(self) -> None:
        followed = subscription(SubscriptionState.CANCELED)

        followed.end(now=START + 2 * MONTH)

        assert followed.entitled_until == START + MONTH

    def test_is_final_and_wanted_until_the_provider_has_ended_it(self) -> None:
        followed = subscription(SubscriptionState.ACTIVE)
        followed.end(now=START)

        followed.follow(snapshot(1, Seen.PAID))
        wanted = followed.cancel_wanted
        followed.follow(snapshot(2, Seen.ENDED))

        assert (wanted, followed.cancel_wanted) == ("now", "")
        assert followed.state is SubscriptionState.EXPIRED
        assert followed.entitled_until == START

    def test_of_an_ended_subscription_changes_nothing(self) -> None:
        followed = subscription(SubscriptionState.EXPIRED)

        assert not followed.end(now=START)

        assert followed.collect_events() == []

    def test_before_it_began_entitles_to_nothing(self) -> None:
        followed, entitlement = subscription(), _entitlement()
        followed.refuse(now=START + timedelta(hours=1))

        _hear(followed, entitlement, snapshot(1, Seen.TRIAL))

        assert (entitlement.until, entitlement.sources) == (None, {})
        assert followed.cancel_wanted == "now"


HISTORY = (
    snapshot(1, Seen.TRIAL),
    snapshot(2, Seen.PAID, periods=1),
    snapshot(3, Seen.UNPAID, periods=2),
    snapshot(4, Seen.PAID, periods=2),
    snapshot(5, Seen.WILL_END, periods=2),
)


class TestAnyOrder:
    def test_of_five_snapshots_each_applied_twice_ends_the_same(self) -> None:
        ends = {_end(order) for order in permutations(HISTORY)}

        assert ends == {(SubscriptionState.CANCELED, 5, START + 3 * MONTH, START + 3 * MONTH)}

    def test_never_lowers_the_revision(self) -> None:
        for order in permutations(HISTORY):
            followed, entitlement = subscription(), _entitlement()
            for word in order:
                _hear(followed, entitlement, word)
            events = [
                one for one in entitlement.collect_events() if isinstance(one, EntitlementChanged)
            ]
            revisions = [one.revision for one in events]

            assert revisions == list(range(1, len(events) + 1))
            assert events[-1].until == entitlement.until


def _end(order: tuple[Snapshot, ...]) -> tuple[SubscriptionState, int, datetime, datetime | None]:
    followed, entitlement = subscription(), _entitlement()
    for word in (*order, *order[::-1]):
        _hear(followed, entitlement, word)
    return followed.state, followed.version, followed.period_end, entitlement.until


def _entitlement() -> Entitlement:
    return Entitlement(customer_id=CUSTOMER, feature="premium")


def _hear(followed: Subscription, entitlement: Entitlement, word: Snapshot) -> None:
    if followed.follow(word):
        source = Source(
            source="subscription:2",
            kind="subscription",
            starts_at=followed.started_at,
            ends_at=followed.entitled_until,
        )
        entitlement.put(source, now=START)


class TestAnEntitlement:
    def test_adds_free_days_after_paid_time(self) -> None:
        entitlement = _entitlement()
        paid = Source(source="a", kind="subscription", starts_at=START, ends_at=START + MONTH)
        entitlement.put(paid, now=START)

        entitlement.add_days(source="voucher:X", kind="voucher", days=7, now=START)

        assert entitlement.until == START + MONTH + timedelta(days=7)
        assert entitlement.revision == 2

    def test_gives_days_once_for_a_source(self) -> None:
        entitlement = _entitlement()

        entitlement.add_days(source="gift:1", kind="gift", days=7, now=START)
        entitlement.add_days(source="gift:1", kind="gift", days=7, now=START)

        assert (entitlement.until, entitlement.revision) == (START + timedelta(days=7), 1)

    def test_starts_waiting_days_when_the_time_before_them_ends(self) -> None:
        entitlement = _entitlement()
        paid = Source(source="a", kind="subscription", starts_at=START, ends_at=START + MONTH)
        entitlement.put(paid, now=START)
        entitlement.add_days(source="gift:1", kind="gift", days=7, now=START)
        gone = Source(source="a", kind="subscription", starts_at=START, ends_at=START)

        entitlement.put(gone, now=START + timedelta(days=1))

        assert entitlement.until == START + timedelta(days=8)
