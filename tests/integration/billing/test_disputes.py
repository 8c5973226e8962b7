"""Money that a bank takes back: what it bought is gone, and the books say what that cost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum

from contexts.billing import api
from contexts.billing.api import sandbox
from contexts.billing.models import Checkout, LedgerEntry, SandboxEvent, Wallet, Webhook
from contexts.shared.kernel import new_id, now
from tests.factories.billing import DISPUTED_CARD, CustomerFactory, bought, pay

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def balances() -> dict[str, int]:
    """Minor units by account; what is zero is left out."""
    sums = LedgerEntry.objects.exclude(account__currency="XLC").values_list("account__code")
    return {code: sum_ for code, sum_ in sums.annotate(Sum("minor")) if sum_}


def dispute() -> None:
    """Two days pass; the webhook of the dispute comes and is acted on."""
    api.sweep(now=now() + 2 * DAY)
    for event in SandboxEvent.objects.filter(kind="charge.disputed"):
        sandbox.send_sandbox_event(event.pk, now=now())
    for webhook in Webhook.objects.filter(state="stored"):
        api.act_on_webhook(webhook_id=webhook.pk, now=now())


def hold(customer_id: UUID) -> UUID:
    hold_id: UUID = api.hold_credit(
        hold_id=new_id(), customer_id=customer_id, expires_at=now() + HOUR, now=now()
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


@pytest.fixture
def customer_id(settings: Any) -> UUID:
    ours = "tests.integration.billing.ourselves.post"
    settings.BILLING = {**settings.BILLING, "SANDBOX_SENDER": ours}
    customer: Any = CustomerFactory()
    return UUID(str(customer.pk))


class TestADisputedPack:
    def test_is_gone_but_for_what_lessons_hold(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        api.sweep(now=now() + HOUR)
        hold(customer_id)

        dispute()

        wallet = Wallet.objects.get()
        assert (wallet.available, wallet.held) == (0, 100)
        assert Checkout.objects.get().state == "disputed"
        assert balances() == {"disputed": 7000, "tax_payable": -1214, "revoked": -5786}
        assert api.check_ledger() == []

    def test_gives_nothing_back_for_lessons_that_are_canceled(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        api.sweep(now=now() + HOUR)
        holds = [hold(customer_id) for _ in range(5)]
        dispute()

        for hold_id in holds:
            settle(hold_id, customer_id, percent=0)

        with pytest.raises(api.NotEnoughCredits):
            hold(customer_id)
        wallet = Wallet.objects.get()
        assert (wallet.available, wallet.held) == (0, 0)
        assert balances() == {"disputed": 7000, "tax_payable": -1214, "revoked": -5786}
        assert api.check_ledger() == []

    def test_pays_for_lessons_that_are_given_all_the_same(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        api.sweep(now=now() + HOUR)
        hold_id = hold(customer_id)
        dispute()

        settle(hold_id, customer_id, percent=100)

        found = balances()
        assert found["unpaid_lessons"] == -found["payable"] - found["commission_revenue"] == 1158
        assert api.check_ledger() == []
