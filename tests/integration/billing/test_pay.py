"""A tutor earns by the list price, in one currency of their own, whatever the buyer paid."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.models import CreditGrant, LedgerEntry, Payee
from contexts.shared.kernel import new_id, now
from tests.factories.billing import (
    DISPUTED_CARD,
    GOOD_CARD,
    CustomerFactory,
    VoucherFactory,
    bought,
    pay,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def earned_by(tutor_id: UUID) -> dict[str, int]:
    """Return what a tutor has earned, by currency."""
    found: dict[str, int] = {}
    entries = LedgerEntry.objects.filter(account__tutor_id=tutor_id)
    for currency, minor in entries.values_list("account__currency", "minor"):
        found[currency] = found.get(currency, 0) - minor
    return found


def teach(customer_id: UUID, tutor_id: UUID, *, percent: int = 100, amount: int = 100) -> UUID:
    about = {"hold_id": new_id(), "customer_id": customer_id, "tutor_id": tutor_id}
    hold_id = api.hold_credit(**about, amount=amount, expires_at=now() + HOUR, now=now())
    api.settle_hold(**about, spent_percent=percent, in_fault=True, now=now())
    return hold_id


def buyer(country: str = "ES", *, voucher: str | None = None, card: str = GOOD_CARD) -> UUID:
    """Return a customer who has bought five lessons."""
    customer_id = CustomerFactory(country=country).pk
    checkout = bought(customer_id, voucher=voucher)
    if checkout.amount_minor:
        pay(checkout, card)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
    assert CreditGrant.objects.filter(wallet_id=customer_id).exists()
    return customer_id


@pytest.fixture
def tutor_id() -> UUID:
    """A tutor who lives in Britain."""
    return CustomerFactory(country="GB").pk


class TestATutor:
    @pytest.mark.parametrize("country", ["ES", "CO", "JP", "US"])
    def test_earns_the_same_by_buyers_of_all_countries(self, country: str, tutor_id: UUID) -> None:
        teach(buyer(country), tutor_id)

        assert earned_by(tutor_id) == {"GBP": 840}
        assert api.check_ledger() == []

    @pytest.mark.parametrize("percent", [100, 50, 1])
    def test_earns_the_same_by_a_voucher(self, percent: int, tutor_id: UUID) -> None:
        VoucherFactory(code="LESS", percent=percent)

        teach(buyer(voucher="LESS"), tutor_id)

        assert earned_by(tutor_id) == {"GBP": 840}
        assert api.check_ledger() == []

    @pytest.mark.parametrize(
        ("how", "minor"),
        [({"percent": 50}, 420), ({"amount": 25}, 210), ({"amount": 150}, 1260)],
    )
    def test_earns_by_length_and_policy(
        self, how: dict[str, Any], minor: int, tutor_id: UUID
    ) -> None:
        teach(buyer(), tutor_id, **how)

        assert earned_by(tutor_id) == {"GBP": minor}
        assert api.check_ledger() == []

    def test_keeps_the_currency_when_the_country_changes(self, tutor_id: UUID) -> None:
        customer_id = buyer()
        teach(customer_id, tutor_id)
        CustomerFactory._meta.model.objects.filter(pk=tutor_id).update(country="JP")

        teach(customer_id, tutor_id)

        assert earned_by(tutor_id) == {"GBP": 1680}

    def test_without_a_price_at_home_earns_in_euros(self) -> None:
        tutor_id = new_id()

        teach(buyer(), tutor_id)

        assert earned_by(tutor_id) == {"EUR": 960}
        assert Payee.objects.get(pk=tutor_id).currency == "EUR"

    def test_is_paid_for_a_lesson_whose_payment_was_disputed(
        self, tutor_id: UUID, deliver: Callable[[], int]
    ) -> None:
        customer_id = buyer(card=DISPUTED_CARD)
        about = {"hold_id": new_id(), "customer_id": customer_id}
        api.hold_credit(**about, tutor_id=tutor_id, expires_at=now() + HOUR, now=now())
        api.confirm_hold(**about, now=now())
        wallet_source = CreditGrant.objects.get(wallet_id=customer_id).source
        _revoke(customer_id, wallet_source)

        api.settle_hold(**about, tutor_id=tutor_id, spent_percent=100, in_fault=True, now=now())

        assert earned_by(tutor_id) == {"GBP": 840}


def _revoke(customer_id: UUID, source: str) -> None:
    from contexts.billing.services.wiring import atomic, disputes

    @atomic
    def work() -> None:
        wallet = disputes.wallets.open(customer_id)
        wallet.revoke(source, now=now())
        disputes.wallets.save(wallet)

    work()
