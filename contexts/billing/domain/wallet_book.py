"""The book of a wallet: its grants and holds, and the ledger transactions of each change."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contexts.billing.domain import accounts
from contexts.billing.domain.grants import Grant, Hold, Part
from contexts.billing.domain.ledger import Account, Posting, Transaction, moving, transfer
from contexts.billing.domain.pay import share
from contexts.shared.kernel import Aggregate


@dataclass(kw_only=True, eq=False)
class WalletBook(Aggregate):
    """Grants that still have credits, and the holds in use. Amounts are hundredths.

    `posted` are the ledger transactions of the changes.
    """

    customer_id: UUID
    grants: dict[UUID, Grant] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    posted: list[Transaction] = field(default_factory=list)
    changed_grants: set[UUID] = field(default_factory=set)
    changed_holds: set[UUID] = field(default_factory=set)

    @property
    def available(self) -> int:
        return sum(grant.available for grant in self.grants.values())

    @property
    def held(self) -> int:
        return sum(grant.held for grant in self.grants.values())

    def _recognize(
        self, hold: Hold, part: Part, before: int, *, tutor_id: UUID, at: datetime
    ) -> None:
        """Book the buyer's worth as revenue, and the tutor's pay as our cost."""
        grant = self._touched(part)
        worth = grant.spend(part.spent)
        revenue = worth.minor if grant.is_owed_for else 0
        pay = hold.pay or worth
        earned = share(pay, before=before, after=before + part.spent, whole=hold.amount)
        postings = (
            Posting(accounts.credit_liability(worth.currency), revenue),
            Posting(accounts.lesson_revenue(worth.currency), -revenue),
            Posting(_cost_of(grant, earned.currency), earned.minor),
            Posting(accounts.tutor_payable(tutor_id, earned.currency), -earned.minor),
        )
        self._post(f"earned:{hold.id}:{part.grant_id}", "lesson_earned", postings, at=at)

    def _disown(self, grant: Grant, *, at: datetime) -> None:
        worth = grant.worth
        if grant.kind.is_paid_for:
            liability = accounts.credit_liability(worth.currency)
            revoked = accounts.revoked(worth.currency)
            cause = f"revoked:{grant.id}"
            self._move(cause, "revoked", worth.minor, revoked, liability, at=at)
        grant.revoked_at = at
        self.changed_grants.add(grant.id)

    def _expire(self, grant: Grant, *, at: datetime) -> None:
        amount, worth = grant.expire()
        self.changed_grants.add(grant.id)
        cause = f"expired:{grant.id}:{grant.expired}"
        target = accounts.credits_expired()
        self._move(cause, "credits_expired", amount, self._available, target, at=at)
        if worth.minor and grant.is_owed_for:
            liability = accounts.credit_liability(worth.currency)
            revenue = accounts.breakage(worth.currency)
            self._move(f"broken:{cause}", "breakage", worth.minor, revenue, liability, at=at)

    def _touched(self, part: Part) -> Grant:
        self.changed_grants.add(part.grant_id)
        return self.grants[part.grant_id]

    @property
    def _available(self) -> Account:
        return accounts.credits_available(self.customer_id)

    @property
    def _held(self) -> Account:
        return accounts.credits_held(self.customer_id)

    def _move(
        self, cause: str, kind: str, minor: int, source: Account, target: Account, *, at: datetime
    ) -> None:
        if minor:
            self.posted.append(
                transfer(cause=cause, kind=kind, minor=minor, source=source, target=target, at=at)
            )

    def _post(self, cause: str, kind: str, postings: tuple[Posting, ...], *, at: datetime) -> None:
        if not (found := moving(*postings)):
            return
        self.posted.append(Transaction(cause=cause, kind=kind, postings=found, occurred_at=at))


def _cost_of(grant: Grant, currency: str) -> Account:
    """Return the account that pays a tutor for these credits."""
    if not grant.kind.is_paid_for:
        return accounts.promotion(currency)
    return accounts.unpaid_lessons(currency) if grant.is_revoked else accounts.lesson_cost(currency)
