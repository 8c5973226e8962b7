"""Revoked credits cannot be used again, and the books show the loss."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contexts.billing.domain import accounts
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import balances
from contexts.billing.domain.wallets import NotEnoughCredits, Wallet
from contexts.shared.kernel import Money

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TUTOR = UUID(int=7)
PAY = Money(800, "EUR")
LESSONS = [UUID(int=number) for number in (1, 2)]


def disputed_wallet(kind: GrantKind = GrantKind.PURCHASED) -> Wallet:
    """Three credits at a price, two of them held for lessons, when the money goes back."""
    wallet = Wallet(customer_id=UUID(int=9))
    grant = Grant(
        id=UUID(int=100),
        source="checkout:1",
        kind=kind,
        granted=300,
        available=300,
        value=Money(1000, "EUR"),
        expires_at=None,
        granted_at=NOW,
    )
    wallet.grant(grant, now=NOW)
    for lesson in LESSONS:
        wallet.hold(lesson, expires_at=LATER, now=NOW)
        wallet.confirm(lesson, now=NOW)
    wallet.revoke("checkout:1", now=NOW)
    return wallet


def settle(wallet: Wallet, lesson: UUID, percent: int) -> None:
    wallet.settle(
        lesson,
        spent_percent=percent,
        tutor_id=TUTOR,
        pay=PAY,
        keep_until=LATER,
        now=NOW,
    )


class TestARevokedGrant:
    def test_drops_available_credits_and_keeps_held_ones(self) -> None:
        wallet = disputed_wallet()

        assert (wallet.available, wallet.held) == (0, 200)

    @pytest.mark.parametrize(("percent", "spent"), [(0, 0), (50, 50)])
    def test_drops_credits_that_a_lesson_releases(self, percent: int, spent: int) -> None:
        wallet = disputed_wallet()

        settle(wallet, LESSONS[0], percent)

        (grant,) = wallet.grants.values()
        assert (wallet.available, wallet.held) == (0, 100)
        assert (grant.spent, grant.expired) == (spent, 200 - spent)
        with pytest.raises(NotEnoughCredits):
            wallet.hold(UUID(int=3), expires_at=LATER, now=NOW)

    def test_drops_credits_of_a_hold_that_expires(self) -> None:
        wallet = disputed_wallet()
        for hold in wallet.holds.values():
            hold.state, hold.expires_at = hold.state.HELD, LATER

        wallet.expire(now=LATER)

        assert (wallet.available, wallet.held) == (0, 0)

    def test_is_no_longer_a_debt(self) -> None:
        wallet = disputed_wallet()

        held = balances(wallet.posted)
        assert held[accounts.credit_liability("EUR")] == 1000
        assert held[accounts.revoked("EUR")] == -1000
        assert accounts.breakage("EUR") not in held

    def test_still_pays_the_tutor_at_our_loss(self) -> None:
        wallet = disputed_wallet()

        settle(wallet, LESSONS[0], 100)
        settle(wallet, LESSONS[1], 0)

        held = balances(wallet.posted)
        assert held[accounts.unpaid_lessons("EUR")] == 800
        assert held[accounts.tutor_payable(TUTOR, "EUR")] == -800
        assert accounts.lesson_revenue("EUR") not in held
        assert held[accounts.credit_liability("EUR")] == 1000

    def test_of_free_credits_still_costs_the_promotion(self) -> None:
        wallet = disputed_wallet(GrantKind.PROMOTIONAL)

        settle(wallet, LESSONS[0], 100)

        held = balances(wallet.posted)
        assert held[accounts.promotion("EUR")] == 800
        assert accounts.revoked("EUR") not in held

    def test_is_revoked_once(self) -> None:
        wallet = disputed_wallet()
        before = len(wallet.posted)

        wallet.revoke("checkout:1", now=LATER)

        assert len(wallet.posted) == before


def wallet_with(value: Money, credits: int = 3) -> Wallet:  # noqa: A002 - the word of the trade
    """Return a wallet of credits that were bought for this much, net."""
    wallet = Wallet(customer_id=UUID(int=9))
    grant = Grant(
        id=UUID(int=100),
        source="checkout:1",
        kind=GrantKind.PURCHASED,
        granted=credits * 100,
        available=credits * 100,
        value=value,
        expires_at=None,
        granted_at=NOW,
    )
    wallet.grant(grant, now=NOW)
    return wallet


class TestPay:
    @pytest.mark.parametrize("paid", [3000, 1500, 0])
    def test_is_the_same_whatever_the_buyer_paid(self, paid: int) -> None:
        wallet = wallet_with(Money(paid, "USD"))
        wallet.hold(LESSONS[0], pay=Money(960, "GBP"), expires_at=LATER, now=NOW)

        settle(wallet, LESSONS[0], 100)

        held = balances(wallet.posted)
        assert held[accounts.tutor_payable(TUTOR, "GBP")] == -960
        assert held[accounts.lesson_cost("GBP")] == 960
        assert held.get(accounts.lesson_revenue("USD"), 0) == -paid // 3
        assert held.get(accounts.credit_liability("USD"), 0) == paid // 3

    @pytest.mark.parametrize(("percent", "pay"), [(50, 480), (0, 0)])
    def test_is_the_share_of_a_late_cancellation(self, percent: int, pay: int) -> None:
        wallet = wallet_with(Money(3000, "EUR"))
        wallet.hold(LESSONS[0], pay=Money(960, "EUR"), expires_at=LATER, now=NOW)

        settle(wallet, LESSONS[0], percent)

        assert -balances(wallet.posted).get(accounts.tutor_payable(TUTOR, "EUR"), 0) == pay

    def test_over_several_grants_sums_to_what_was_agreed(self) -> None:
        wallet = wallet_with(Money(1000, "EUR"), credits=1)
        second = replace(wallet.grants[UUID(int=100)], id=UUID(int=101), source="checkout:2")
        wallet.grant(second, now=NOW)
        wallet.hold(LESSONS[0], amount=150, pay=Money(1201, "EUR"), expires_at=LATER, now=NOW)

        settle(wallet, LESSONS[0], 100)

        held = balances(wallet.posted)
        assert held[accounts.tutor_payable(TUTOR, "EUR")] == -1201
        assert (wallet.available, wallet.held) == (50, 0)


class TestALength:
    def test_decides_how_much_is_held(self) -> None:
        wallet = wallet_with(Money(3000, "EUR"), credits=1)

        wallet.hold(LESSONS[0], amount=25, expires_at=LATER, now=NOW)
        wallet.hold(LESSONS[1], amount=75, expires_at=LATER, now=NOW)

        assert (wallet.available, wallet.held) == (0, 100)
        with pytest.raises(NotEnoughCredits):
            wallet.hold(UUID(int=3), amount=25, expires_at=LATER, now=NOW)

    def test_is_kept_when_an_expired_hold_is_renewed(self) -> None:
        wallet = wallet_with(Money(3000, "EUR"))
        wallet.hold(LESSONS[0], amount=150, pay=Money(1440, "EUR"), expires_at=LATER, now=NOW)
        wallet.expire(now=LATER)

        wallet.confirm(LESSONS[0], now=LATER)

        assert (wallet.available, wallet.held) == (150, 150)
        assert wallet.holds[LESSONS[0]].pay == Money(1440, "EUR")
