"""A checkout's steps: begun with its price, opened with a page, settled or expired."""

from uuid import UUID

import pytest

from contexts.billing.application.providers import Session, SessionState, order_of
from contexts.billing.domain.checkouts import (
    AlreadySubscribed,
    Checkout,
    CheckoutNotFound,
    CheckoutState,
    NoTrial,
)
from contexts.billing.domain.prices import UnknownProduct
from contexts.billing.domain.vouchers import VoucherRefused
from contexts.shared.kernel import Money
from tests.fakes.billing.catalog import PRODUCTS
from tests.fakes.billing.use_cases import Billing
from tests.fakes.billing.vouchers import voucher
from tests.fakes.crashes import Calls, Crashed
from tests.unit.billing.stories import CHECKOUT, CUSTOMER, FIRST, NOW, begun, paid, snapshot

OTHER = UUID(int=3)
EXPIRED = SessionState(ref="cs_1", reference=str(CHECKOUT), status="expired")


@pytest.fixture
def billing() -> Billing:
    found = Billing()
    found.rows.vouchers["HALF"] = voucher("HALF", max_uses=1)
    return found


def _checkout(billing: Billing) -> Checkout:
    return billing.rows.checkouts[CHECKOUT]


class TestBeginning:
    def test_fixes_the_price_of_the_buyers_country(self, billing: Billing) -> None:
        begun(billing)

        checkout = _checkout(billing)
        assert (checkout.price, checkout.amount) == (Money(7000, "EUR"), Money(7000, "EUR"))
        assert (checkout.country, checkout.language) == ("ES", "es")
        assert (checkout.state, checkout.provider_ref) == (CheckoutState.BEGUN, None)

    def test_uses_a_voucher_however_it_is_typed(self, billing: Billing) -> None:
        begun(billing, voucher=" half ")

        assert _checkout(billing).amount == Money(3500, "EUR")
        assert billing.rows.uses == {("HALF", CUSTOMER): CHECKOUT}
        assert billing.rows.vouchers["HALF"].used == 1

    def test_refuses_the_second_use_of_the_last_voucher(self, billing: Billing) -> None:
        begun(billing, voucher="HALF")

        with pytest.raises(VoucherRefused, match="used_up"):
            begun(billing, voucher="HALF", checkout_id=OTHER, customer_id=UUID(int=9))

        assert OTHER not in billing.rows.checkouts

    def test_refuses_an_unknown_voucher(self, billing: Billing) -> None:
        with pytest.raises(VoucherRefused, match="unknown"):
            begun(billing, voucher=" ")

        assert not billing.rows.checkouts

    def test_refuses_an_unknown_product(self, billing: Billing) -> None:
        with pytest.raises(UnknownProduct):
            begun(billing, "nothing")

        assert not billing.rows.checkouts

    @pytest.mark.parametrize("trial", [False, True])
    def test_refuses_a_second_subscription_to_a_feature(
        self, billing: Billing, trial: bool
    ) -> None:
        begun(billing, "premium-monthly")
        billing.fulfillment.follow(snapshot=snapshot(FIRST), checkout_id=CHECKOUT, now=NOW)

        with pytest.raises(AlreadySubscribed):
            begun(billing, "premium-monthly", trial=trial, checkout_id=OTHER)

        assert OTHER not in billing.rows.checkouts

    def test_refuses_a_trial_of_a_pack(self, billing: Billing) -> None:
        with pytest.raises(NoTrial):
            begun(billing, trial=True)

        assert not billing.rows.checkouts

    def test_refuses_a_trial_after_any_subscription(self, billing: Billing) -> None:
        begun(billing, "premium-monthly")
        billing.fulfillment.follow(snapshot=snapshot(FIRST), checkout_id=CHECKOUT, now=NOW)
        billing.fulfillment.end(_checkout(billing), now=NOW)

        with pytest.raises(NoTrial):
            begun(billing, "premium-monthly", trial=True, checkout_id=OTHER)

        begun(billing, "premium-monthly", checkout_id=OTHER)
        assert billing.rows.checkouts[OTHER].trial_days == 0

    @pytest.mark.parametrize("point", range(1, 7))
    def test_leaves_nothing_after_a_crash(self, billing: Billing, point: int) -> None:
        calls = Calls(last=point)

        with pytest.raises(Crashed), billing.transaction():
            calls.watch(billing.checkouts).begin(
                checkout_id=CHECKOUT,
                customer_id=CUSTOMER,
                product="lessons-5",
                voucher="HALF",
                trial=False,
                provider="sandbox",
                now=NOW,
            )
        left = dict(billing.rows.checkouts), dict(billing.rows.uses)
        begun(billing, voucher="HALF")

        assert left == ({}, {})
        assert billing.rows.vouchers["HALF"].used == 1

    def test_makes_the_calls_that_may_be_the_last_before_a_crash(self, billing: Billing) -> None:
        calls = Calls()

        calls.watch(billing.checkouts).begin(
            checkout_id=CHECKOUT,
            customer_id=CUSTOMER,
            product="lessons-5",
            voucher="HALF",
            trial=False,
            provider="sandbox",
            now=NOW,
        )

        assert calls.made == [
            "customers.buyer",
            "catalog.offer",
            "vouchers.take",
            "vouchers.used_by",
            "checkouts.add",
            "vouchers.save_use",
        ]


class TestOpening:
    def test_keeps_the_first_page(self, billing: Billing) -> None:
        begun(billing)

        for number in (1, 2):
            session = Session(ref=f"cs_{number}", url=f"https://pay.example/{number}")
            billing.checkouts.open(checkout_id=CHECKOUT, session=session, now=NOW)

        checkout = _checkout(billing)
        assert (checkout.state, checkout.provider_ref) == (CheckoutState.OPEN, "cs_1")
        assert checkout.url == "https://pay.example/1"

    def test_leaves_a_fulfilled_checkout(self, billing: Billing) -> None:
        begun(billing)
        billing.checkouts.settle(checkout_id=CHECKOUT, seen=paid(), now=NOW)

        session = Session(ref="cs_1", url="https://pay.example/1")
        billing.checkouts.open(checkout_id=CHECKOUT, session=session, now=NOW)

        assert _checkout(billing).state is CheckoutState.FULFILLED

    def test_finds_no_unknown_checkout(self, billing: Billing) -> None:
        with pytest.raises(CheckoutNotFound):
            billing.checkouts.open(checkout_id=OTHER, session=Session(ref="cs_1", url=""), now=NOW)


class TestExpiring:
    def test_gives_the_voucher_back_once(self, billing: Billing) -> None:
        begun(billing, voucher="HALF")

        for _ in range(2):
            billing.checkouts.settle(checkout_id=CHECKOUT, seen=EXPIRED, now=NOW)

        assert _checkout(billing).state is CheckoutState.EXPIRED
        assert billing.rows.vouchers["HALF"].used == 0
        assert not billing.rows.uses

    def test_leaves_a_fulfilled_checkout(self, billing: Billing) -> None:
        begun(billing, voucher="HALF")
        billing.checkouts.settle(checkout_id=CHECKOUT, seen=paid(3500), now=NOW)

        billing.checkouts.settle(checkout_id=CHECKOUT, seen=EXPIRED, now=NOW)

        assert _checkout(billing).state is CheckoutState.FULFILLED
        assert billing.rows.vouchers["HALF"].used == 1

    def test_waits_for_a_checkout_that_is_open(self, billing: Billing) -> None:
        begun(billing)
        seen = SessionState(ref="cs_1", reference=str(CHECKOUT), status="open")

        billing.checkouts.settle(checkout_id=CHECKOUT, seen=seen, now=NOW)

        assert _checkout(billing).state is CheckoutState.BEGUN


class TestAnOrder:
    def test_of_a_pack_has_no_renewal(self, billing: Billing) -> None:
        begun(billing, voucher="HALF")

        order = order_of(_checkout(billing), PRODUCTS["lessons-5"], description="Five lessons")

        assert (order.due, order.renewal, order.months) == (Money(3500, "EUR"), Money(0, "EUR"), 0)

    def test_of_a_trial_takes_nothing_at_once(self, billing: Billing) -> None:
        begun(billing, "premium-monthly", trial=True)

        order = order_of(_checkout(billing), PRODUCTS["premium-monthly"], description="Premium")

        assert (order.due, order.first) == (Money(0, "EUR"), Money(999, "EUR"))
        assert (order.renewal, order.months, order.trial_days) == (Money(999, "EUR"), 1, 7)
