"""A customer's wish to end a subscription is recorded before the provider hears of it."""

from uuid import UUID

import pytest

from contexts.billing.domain.subscriptions import Subscription, SubscriptionNotFound
from tests.fakes.billing.use_cases import Billing
from tests.fakes.crashes import Calls, Crashed
from tests.unit.billing.stories import CHECKOUT, CUSTOMER, FIRST, NOW, begun, snapshot


@pytest.fixture
def billing() -> Billing:
    found = Billing()
    begun(found, "premium-monthly")
    found.fulfillment.follow(snapshot=snapshot(FIRST), checkout_id=CHECKOUT, now=NOW)
    return found


def _subscription(billing: Billing) -> Subscription:
    return billing.rows.subscriptions[CHECKOUT]


def _want_end(billing: Billing, calls: Calls | None = None, **options: object) -> UUID:
    use = (calls or Calls()).watch(billing.subscriptions)
    arguments = {"customer_id": CUSTOMER, "at_once": False, **options}
    subscription_id = _subscription(billing).id
    return use.want_end(subscription_id=subscription_id, now=NOW, **arguments)  # type: ignore[arg-type]


class TestWantingTheEnd:
    @pytest.mark.parametrize(("at_once", "wanted"), [(False, "end"), (True, "now")])
    def test_is_recorded_however_often(self, billing: Billing, at_once: bool, wanted: str) -> None:
        for _ in range(2):
            _want_end(billing, at_once=at_once)

        found = _subscription(billing)
        assert (found.cancel_wanted, found.state.value) == (wanted, "active")

    def test_is_not_for_another_person(self, billing: Billing) -> None:
        with pytest.raises(SubscriptionNotFound):
            _want_end(billing, customer_id=UUID(int=9))

        assert _subscription(billing).cancel_wanted == ""

    def test_finds_no_unknown_subscription(self, billing: Billing) -> None:
        with pytest.raises(SubscriptionNotFound):
            billing.subscriptions.want_end(
                subscription_id=UUID(int=9), customer_id=CUSTOMER, at_once=False, now=NOW
            )

    def test_changes_nothing_after_the_end(self, billing: Billing) -> None:
        billing.fulfillment.end(billing.rows.checkouts[CHECKOUT], now=NOW)

        _want_end(billing)

        assert _subscription(billing).cancel_wanted == "now"

    @pytest.mark.parametrize("point", [1, 2, 3])
    def test_leaves_nothing_after_a_crash(self, billing: Billing, point: int) -> None:
        with pytest.raises(Crashed), billing.transaction():
            _want_end(billing, Calls(last=point))
        left = _subscription(billing).cancel_wanted
        _want_end(billing)

        assert (left, _subscription(billing).cancel_wanted) == ("", "end")
