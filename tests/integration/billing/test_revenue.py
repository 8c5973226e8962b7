"""Revenue that is paid in advance is earned when its period is over."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from contexts.billing import api
from contexts.billing.models import LedgerEntry, Subscription, UnearnedRevenue
from contexts.shared.kernel import new_id, now
from tests.factories.billing import CustomerFactory, bought, pay

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


def balances() -> dict[str, int]:
    sums = LedgerEntry.objects.values_list("account__code").annotate(Sum("minor"))
    return {code: sum_ for code, sum_ in sums if sum_}


@pytest.fixture
def subscription() -> Subscription:
    """A subscription paid for a month: 9.99, of which 1.73 is tax."""
    checkout = bought(CustomerFactory().pk, "premium-monthly")
    pay(checkout)
    api.refresh_checkout(checkout_id=checkout.pk, now=now())
    found: Subscription = Subscription.objects.get()
    return found


class TestASubscription:
    def test_is_deferred_until_its_month_is_over(self, subscription: Subscription) -> None:
        before = api.earn_revenue(now=subscription.period_end - MOMENT)

        assert before == 0
        assert balances() == {"cash": 999, "tax_payable": -173, "deferred_revenue": -826}

    def test_is_earned_once_after_it(self, subscription: Subscription) -> None:
        over = subscription.period_end

        earned = [api.earn_revenue(now=over) for _ in range(2)]

        assert earned == [1, 0]
        assert balances() == {"cash": 999, "tax_payable": -173, "subscription_revenue": -826}
        assert not UnearnedRevenue.objects.exists()
        assert api.check_ledger() == []


class TestAPackOfLessons:
    def test_is_owed_as_credits(self) -> None:
        checkout = bought(new_id(), "lessons-5")
        pay(checkout)

        api.refresh_checkout(checkout_id=checkout.pk, now=now())

        assert not UnearnedRevenue.objects.exists()
        assert "deferred_revenue" not in balances()
