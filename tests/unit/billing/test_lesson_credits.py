"""Lesson credits are granted once, held once, and settled once."""

from datetime import timedelta
from uuid import UUID

import pytest

from contexts.billing.application.wallets import GRACE
from contexts.billing.domain.grants import Grant, HoldState
from contexts.billing.domain.wallets import HoldNotFound, HoldSettled, NotEnoughCredits, Wallet
from contexts.billing.events import HoldLost
from contexts.shared.kernel import Money
from tests.fakes.billing.use_cases import Billing
from tests.fakes.crashes import Calls, Crashed
from tests.unit.billing.stories import CUSTOMER, NOW

HOLD, TUTOR, DAY = UUID(int=4), UUID(int=5), timedelta(days=1)


@pytest.fixture
def billing() -> Billing:
    found = Billing()
    found.wallets.give(customer_id=CUSTOMER, source="gift:1", count=2, days=30, now=NOW)
    return found


def _wallet(billing: Billing) -> Wallet:
    return billing.rows.wallets[CUSTOMER]


def _grant(billing: Billing) -> Grant:
    (grant,) = _wallet(billing).grants.values()
    return grant


def _hold(billing: Billing, customer_id: UUID = CUSTOMER) -> UUID:
    return billing.wallets.hold(
        hold_id=HOLD, customer_id=customer_id, tutor_id=TUTOR, expires_at=NOW + DAY, now=NOW
    )


def _settle(billing: Billing, *, percent: int, in_fault: bool = True, days: int = 1) -> None:
    billing.wallets.settle(
        hold_id=HOLD,
        customer_id=CUSTOMER,
        tutor_id=TUTOR,
        spent_percent=percent,
        in_fault=in_fault,
        now=NOW + days * DAY,
    )


class TestGranting:
    def test_happens_once_for_a_source(self, billing: Billing) -> None:
        billing.wallets.give(customer_id=CUSTOMER, source="gift:1", count=2, days=30, now=NOW)

        assert _wallet(billing).available == 200
        assert list(billing.rows.posted) == ["granted:gift:1"]

    def test_of_a_gift_is_worth_what_a_promotion_pays(self, billing: Billing) -> None:
        assert _grant(billing).value == Money(2000, "EUR")
        assert _grant(billing).expires_at == NOW + 30 * DAY


class TestHolding:
    def test_a_second_time_changes_nothing(self, billing: Billing) -> None:
        assert [_hold(billing), _hold(billing)] == [HOLD, HOLD]

        assert (_wallet(billing).available, _wallet(billing).held) == (100, 100)

    def test_needs_a_wallet(self, billing: Billing) -> None:
        with pytest.raises(NotEnoughCredits):
            _hold(billing, UUID(int=9))

        assert UUID(int=9) not in billing.rows.wallets

    def test_finds_no_hold_of_another_customer(self, billing: Billing) -> None:
        _hold(billing)
        billing.wallets.give(customer_id=TUTOR, source="gift:2", count=1, days=30, now=NOW)

        with pytest.raises(HoldNotFound):
            _hold(billing, TUTOR)

        assert billing.rows.wallets[TUTOR].available == 100

    def test_is_refused_for_a_settled_lesson(self, billing: Billing) -> None:
        _hold(billing)
        _settle(billing, percent=0)

        with pytest.raises(HoldSettled):
            _hold(billing)

        assert _wallet(billing).available == 200

    @pytest.mark.parametrize("point", [1, 2])
    def test_leaves_nothing_after_a_crash(self, billing: Billing, point: int) -> None:
        use = Calls(last=point).watch(billing.wallets)

        with pytest.raises(Crashed), billing.transaction():
            use.hold(
                hold_id=HOLD,
                customer_id=CUSTOMER,
                tutor_id=TUTOR,
                expires_at=NOW + DAY,
                now=NOW,
            )
        held = _wallet(billing).held
        _hold(billing)

        assert (held, _wallet(billing).held) == (0, 100)


class TestConfirming:
    def test_makes_the_hold_firm(self, billing: Billing) -> None:
        _hold(billing)

        billing.wallets.confirm(hold_id=HOLD, customer_id=CUSTOMER, now=NOW)
        billing.wallets.expire(customer_id=CUSTOMER, now=NOW + 2 * DAY)

        assert _wallet(billing).holds[HOLD].state is HoldState.FIRM
        assert _wallet(billing).held == 100

    def test_without_a_wallet_loses_the_hold(self, billing: Billing) -> None:
        billing.wallets.confirm(hold_id=HOLD, customer_id=TUTOR, now=NOW)

        lost = HoldLost(occurred_at=NOW, hold_id=HOLD, customer_id=TUTOR)
        assert [one.hold_id for one in billing.rows.events if isinstance(one, HoldLost)] == [
            lost.hold_id
        ]
        assert TUTOR not in billing.rows.wallets


class TestSettling:
    def test_pays_the_tutor_once(self, billing: Billing) -> None:
        _hold(billing)

        for _ in range(2):
            _settle(billing, percent=100)

        assert billing.balances() == {
            "promotion_expense": 800,
            "payable": -800,
        }
        assert (_wallet(billing).available, _wallet(billing).held) == (100, 0)

    @pytest.mark.parametrize(("in_fault", "lives"), [(False, 40 * DAY + GRACE), (True, 30 * DAY)])
    def test_lets_an_expired_credit_live_on_unless_the_learner_is_the_cause(
        self, billing: Billing, in_fault: bool, lives: timedelta
    ) -> None:
        _hold(billing)
        billing.wallets.confirm(hold_id=HOLD, customer_id=CUSTOMER, now=NOW)

        _settle(billing, percent=0, in_fault=in_fault, days=40)

        assert _grant(billing).expires_at == NOW + lives

    def test_without_a_wallet_does_nothing(self) -> None:
        billing = Billing()

        _settle(billing, percent=100)

        assert (billing.rows.wallets, billing.rows.posted) == ({}, {})


class TestExpiring:
    def test_drops_credits_once(self, billing: Billing) -> None:
        for _ in range(2):
            billing.wallets.expire(customer_id=CUSTOMER, now=NOW + 31 * DAY)

        assert (_wallet(billing).available, _grant(billing).expired) == (0, 200)
        assert len(billing.rows.posted) == 2

    def test_without_a_wallet_does_nothing(self, billing: Billing) -> None:
        billing.wallets.expire(customer_id=TUTOR, now=NOW)

        assert TUTOR not in billing.rows.wallets
