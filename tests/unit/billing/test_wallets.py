"""Revoked credits cannot be used again, and the books show the loss."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contexts.billing.domain import accounts
from contexts.billing.domain.commission import Commission
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import balances
from contexts.billing.domain.wallets import NotEnoughCredits, Wallet
from contexts.shared.kernel import Money

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TUTOR = UUID(int=7)
SHARE = Commission(version="test", valid_from=NOW.date(), basis_points=2000)
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
        commission=SHARE,
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
        assert held[accounts.unpaid_lessons("EUR")] == 333
        assert held[accounts.tutor_payable(TUTOR, "EUR")] == -267
        assert held[accounts.commission("EUR")] == -66
        assert held[accounts.credit_liability("EUR")] == 1000

    def test_of_free_credits_still_costs_the_promotion(self) -> None:
        wallet = disputed_wallet(GrantKind.PROMOTIONAL)

        settle(wallet, LESSONS[0], 100)

        held = balances(wallet.posted)
        assert held[accounts.promotion("EUR")] == 333
        assert accounts.revoked("EUR") not in held

    def test_is_revoked_once(self) -> None:
        wallet = disputed_wallet()
        before = len(wallet.posted)

        wallet.revoke("checkout:1", now=LATER)

        assert len(wallet.posted) == before
