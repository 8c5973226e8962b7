"""Premium on the sandbox provider: begun, renewed, ended, erased."""

from datetime import timedelta
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.billing.models import Checkout, Customer, Entitlement, Invoice, Subscription
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import FAILING_CARD, bought, pay
from tests.integration.billing.outcomes import balance, sweep

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
