"""Subscriptions that go on: resumed after a cancellation, paid after a failure."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import paying
from busuu.sandbox.cards import CardDeclined
from contexts.billing import api
from contexts.billing.models import Invoice, Subscription
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import DECLINED_CARD, FAILING_CARD, GOOD_CARD, bought, pay
from tests.integration.billing.outcomes import sweep

pytestmark = pytest.mark.django_db


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
