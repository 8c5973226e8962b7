"""After any history of a wallet, the books sum to zero and agree with it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from contexts.billing.domain import accounts
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import Transaction, balances, sums
from contexts.billing.domain.wallets import HoldSettled, NotEnoughCredits, Wallet
from contexts.shared.kernel import Money

START = datetime(2026, 1, 1, tzinfo=UTC)
TUTOR = UUID(int=7)
HOUR = timedelta(hours=1)
PAY = Money(801, "GBP")

_credits = st.integers(min_value=1, max_value=6)
_minor = st.integers(min_value=0, max_value=10_000)
_percent = st.integers(min_value=0, max_value=100)
_lesson = st.integers(min_value=1, max_value=6)
_kinds = st.sampled_from([*GrantKind])
_currencies = st.sampled_from(["EUR", "USD", "JPY"])
_steps = st.one_of(
    st.tuples(st.just("grant"), _credits, _minor, _kinds, _currencies),
    st.tuples(st.just("hold"), _lesson),
    st.tuples(st.just("confirm"), _lesson),
    st.tuples(st.just("settle"), _lesson, _percent),
    st.tuples(st.just("revoke"), st.integers(min_value=1, max_value=3)),
    st.tuples(st.just("pass"), st.integers(min_value=1, max_value=100)),
)


class History:
    """One wallet, and all its transactions."""

    def __init__(self) -> None:
        self.wallet = Wallet(customer_id=UUID(int=1))
        self.now = START
        self.grants = 0

    def do(self, step: tuple[object, ...]) -> None:
        name, *arguments = step
        with suppress(NotEnoughCredits, HoldSettled):
            getattr(self, f"_{name}")(*arguments)

    @property
    def posted(self) -> list[Transaction]:
        return self.wallet.posted

    def _grant(self, count: int, minor: int, kind: GrantKind, currency: str) -> None:
        self.grants += 1
        grant = Grant(
            id=UUID(int=1000 + self.grants),
            source=f"test:{self.grants}",
            kind=kind,
            granted=count * accounts.ONE_CREDIT,
            available=count * accounts.ONE_CREDIT,
            value=Money(minor, currency),
            expires_at=self.now + 50 * HOUR if self.grants % 2 else None,
            granted_at=self.now,
        )
        self.wallet.grant(grant, now=self.now)

    def _hold(self, lesson: int) -> None:
        self.wallet.hold(
            UUID(int=lesson),
            amount=25 * (1 + lesson % 7),
            expires_at=self.now + HOUR,
            now=self.now,
        )

    def _confirm(self, lesson: int) -> None:
        self.wallet.confirm(UUID(int=lesson), now=self.now)

    def _settle(self, lesson: int, percent: int) -> None:
        self.wallet.settle(
            UUID(int=lesson),
            spent_percent=percent,
            tutor_id=TUTOR,
            pay=PAY,
            keep_until=self.now + 10 * HOUR,
            now=self.now,
        )

    def _revoke(self, grant: int) -> None:
        self.wallet.revoke(f"test:{grant}", now=self.now)

    def _pass(self, hours: int) -> None:
        self.now += hours * HOUR
        self.wallet.expire(now=self.now)


@settings(max_examples=500, deadline=None)
@given(st.lists(_steps, max_size=40))
def test_every_history_leaves_the_books_balanced(steps: list[tuple[object, ...]]) -> None:
    history = History()

    for step in steps:
        history.do(step)

    wallet, held = history.wallet, balances(history.posted)
    everything = [posting for one in history.posted for posting in one.postings]
    assert set(sums(everything).values()) <= {0}
    assert wallet.available == held.get(accounts.credits_available(wallet.customer_id), 0)
    assert wallet.held == held.get(accounts.credits_held(wallet.customer_id), 0)
    assert min((wallet.available, wallet.held)) >= 0
    assert not any(one.available for one in wallet.grants.values() if one.is_revoked)
    for currency in ("EUR", "USD", "JPY"):
        worth = sum(
            one.value.minor
            for one in wallet.grants.values()
            if one.value.currency == currency and one.kind.is_paid_for
        )
        owed = sum(
            one.worth.minor
            for one in wallet.grants.values()
            if one.value.currency == currency and one.is_owed_for
        )
        assert held.get(accounts.credit_liability(currency), 0) == worth - owed


@settings(max_examples=100, deadline=None)
@given(st.lists(_steps, max_size=40))
def test_no_cause_is_posted_twice(steps: list[tuple[object, ...]]) -> None:
    history = History()

    for step in steps:
        history.do(step)

    causes = [one.cause for one in history.posted]
    assert len(causes) == len(set(causes))
