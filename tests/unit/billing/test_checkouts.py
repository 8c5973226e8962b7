"""The amount of a checkout's first payment, and of each later one."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from contexts.billing.domain.checkouts import Checkout, CheckoutState, PaidWrong
from contexts.shared.kernel import Money


def checkout(*, amount: int) -> Checkout:
    return Checkout(
        id=UUID(int=1),
        customer_id=UUID(int=2),
        product="premium-monthly",
        price=Money(999, "EUR"),
        amount=Money(amount, "EUR"),
        country="ES",
        language="es",
        trial_days=0,
        voucher="HALF",
        state=CheckoutState.OPEN,
        provider="sandbox",
        provider_ref="cs_1",
        url="",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


class TestAPayment:
    @pytest.mark.parametrize(
        ("amount", "paid", "first"),
        [(500, 500, True), (500, 999, False), (999, 999, True), (0, 999, True), (0, 999, False)],
    )
    def test_is_what_was_agreed(self, amount: int, paid: int, first: bool) -> None:
        checkout(amount=amount).check_paid(Money(paid, "EUR"), first=first)

    @pytest.mark.parametrize(
        ("amount", "paid", "first"),
        [(500, 999, True), (500, 500, False), (999, 998, True), (0, 0, True), (999, 0, False)],
    )
    def test_of_another_amount_is_wrong(self, amount: int, paid: int, first: bool) -> None:
        with pytest.raises(PaidWrong):
            checkout(amount=amount).check_paid(Money(paid, "EUR"), first=first)

    def test_in_another_currency_is_wrong(self) -> None:
        with pytest.raises(PaidWrong):
            checkout(amount=999).check_paid(Money(999, "USD"), first=True)
