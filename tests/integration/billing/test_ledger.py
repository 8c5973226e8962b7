"""`ledger check` finds each kind of error."""

from datetime import timedelta
from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.domain import accounts
from contexts.billing.domain.ledger import transfer
from contexts.billing.models import Checkout, CreditGrant, Subscription, UnearnedRevenue
from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from tests.factories.billing import bought, pay

pytestmark = pytest.mark.django_db


def have(customer_id: UUID, product: str) -> Checkout:
    checkout = bought(customer_id, product)
    pay(checkout)
    api.refresh_checkout(checkout_id=checkout.pk, now=now())
    assert api.check_ledger() == []
    return checkout


def found() -> list[tuple[str, int]]:
    return [(one.where, one.off) for one in api.check_ledger()]


class TestTheCheck:
    def test_finds_a_dispute_without_a_payment(self) -> None:
        gone = transfer(
            cause="disputed:sandbox:ch_1",
            kind="disputed",
            minor=7000,
            source=accounts.cash("EUR"),
            target=accounts.disputed("EUR"),
            at=now(),
        )

        for_context("billing")(wiring.ledger.post)([gone])

        assert found() == [
            ("cash EUR", -7000),
            ("transaction disputed:sandbox:ch_1 without its payment", 7000),
        ]

    def test_finds_deferred_revenue_without_its_row(self, customer_id: UUID) -> None:
        have(customer_id, "premium-monthly")

        UnearnedRevenue.objects.all().delete()

        assert found() == [("deferred revenue EUR", -826)]

    @pytest.mark.parametrize("held", [False, True])
    def test_finds_credits_of_a_disputed_payment(self, customer_id: UUID, held: bool) -> None:
        checkout = have(customer_id, "lessons-5")
        if held:
            for _ in range(5):
                api.hold_credit(
                    hold_id=new_id(),
                    customer_id=customer_id,
                    tutor_id=UUID(int=7),
                    expires_at=now() + timedelta(hours=1),
                    now=now(),
                )

        Checkout.objects.filter(pk=checkout.pk).update(state="disputed")

        grant = CreditGrant.objects.get()
        assert found() == [(f"grant {grant.pk} of a disputed payment", 500)]

    def test_finds_a_live_subscription_of_a_disputed_payment(self, customer_id: UUID) -> None:
        checkout = have(customer_id, "premium-monthly")

        Checkout.objects.filter(pk=checkout.pk).update(state="disputed")

        subscription = Subscription.objects.get()
        assert found() == [(f"subscription {subscription.pk} of a disputed payment", 999)]
